/// Whom a reminder may be for: its candidates, numbered from 1, and what is asked of each.
struct ReminderAudience {
  struct Candidate {
    let guest: GuestID
    let execution: ExecutionID

    func subject(in state: State) -> ConditionSubject {
      execution.isNone ? ConditionSubject(guest) : ConditionSubject(execution, in: state)
    }
  }

  private let plan: ReminderPlan
  private let space: UInt32
  private let filter: GuestPredicate?
  private let condition: GuestPredicate?

  init(_ id: ReminderID, in state: State) {
    let plan = state[id].row.plan
    let project = state.project(of: id.space)
    self.plan = plan
    space = id.space
    filter = plan.guestFilter.map { GuestPredicate($0, for: plan.scope, project: project) }
    condition = plan.condition.map { GuestPredicate($0, for: plan.scope, project: project) }
  }

  func candidateCount(in state: State) -> UInt32 {
    guard plan.guestFilter != nil else { return 1 }
    return plan.campaign.isNone
      ? state.project(of: space).guests.count
      : UInt32(truncatingIfNeeded: state.members(of: plan.campaign).count)
  }

  /// Nil for one that the filter does not match.
  func candidate(_ number: UInt32, in state: State) -> Candidate? {
    let candidate: Candidate
    if !plan.guest.isNone {
      candidate = Candidate(guest: plan.guest, execution: .none)
    } else if !plan.execution.isNone {
      candidate = Candidate(guest: state[plan.execution].guest, execution: plan.execution)
    } else if plan.campaign.isNone {
      candidate = Candidate(guest: GuestID(space: space, counter: number), execution: .none)
    } else {
      let execution = state.members(of: plan.campaign)[Int(number) - 1]
      candidate = Candidate(guest: state[execution].guest, execution: execution)
    }
    if state[candidate.guest].isDeleted { return nil }
    // Testers walk tests, and nobody else writes to them.
    if candidate.execution.isNone, state[candidate.guest].isTester { return nil }
    return filter?.matches(candidate.subject(in: state), in: state) ?? true ? candidate : nil
  }

  /// Nobody is told of an event to which they are not invited.
  func invites(_ guest: GuestID, in state: State) -> Bool {
    plan.isMeant(for: guest, in: state)
  }

  func excludes(_ guest: GuestID) -> Bool { filter?.excluded.contains(guest) ?? false }

  func conditionHolds(for candidate: Candidate, in state: State) -> Bool {
    guard let condition else { return true }
    return condition.matches(candidate.subject(in: state), in: state)
      && !condition.excluded.contains(candidate.guest)
  }
}
