@testable import CampaignEngine

/// No answer of a guest may vanish: each message that came in has one disposition, and what it says
/// is so.
struct DispositionAudit {
  let state: State
  /// Kinds of all events so far, the first one first; nil where nobody kept them.
  let events: [EventKind]?

  static func faults(of state: State, events: [EventKind]? = nil) -> [String] {
    let audit = DispositionAudit(state: state, events: events)
    return audit.messages() + audit.sums()
  }

  private func messages() -> [String] {
    var faults: [String] = []
    for (space, project) in state.projects.rows.enumerated() where !project.row.isDeleted {
      project.messages.forEach { counter, row in
        let id = MessageID(space: UInt32(space), counter: counter)
        let isIndexed = project.needsAttention.contains(counter)
        if let fault = fault(of: row, isIndexed) { faults.append("\(id.wireText) \(fault)") }
      }
    }
    for (index, sender) in state.senders.rows.enumerated() {
      sender.messages.forEach { counter, row in
        let id = MessageID(
          of: SenderID(space: 0, counter: UInt32(index + 1)), counter: counter)
        let isIndexed = sender.needsAttention.contains(counter)
        if let fault = fault(of: row, isIndexed) { faults.append("\(id.wireText) \(fault)") }
      }
    }
    return faults
  }

  private func fault(of row: Message, _ isIndexed: Bool) -> String? {
    guard row.direction == .inbound else {
      return row.disposition == nil && !row.isUnapplied && !isIndexed
        ? nil : "was sent and has a disposition"
    }
    guard let disposition = row.givenDisposition else { return "has no disposition" }
    if (disposition == .needsAttention) != isIndexed || row.needsAttention != isIndexed {
      return "is \(disposition.rawValue) and \(isIndexed ? "" : "not ")listed for attention"
    }
    if row.isUnapplied != (disposition == .waits) {
      return "is \(disposition.rawValue) and unapplied differs"
    }
    switch disposition {
    case .applied: return faultOfCause(row)
    case .waits: return faultOfWait(row)
    case .needsAttention, .optedOut, .optedIn, .noContent:
      return row.appliedBy == 0 ? nil : "is \(disposition.rawValue) and names an event"
    }
  }

  private func faultOfCause(_ row: Message) -> String? {
    guard let cause = row.cause else { return "is applied and names no event" }
    guard let events else { return nil }
    guard cause.sequence <= events.count else {
      return "names event \(cause.sequence), of \(events.count)"
    }
    let kind = events[Int(cause.sequence) - 1]
    return kind == cause.kind
      ? nil : "names \(cause.kind.name) and event \(cause.sequence) is \(kind.name)"
  }

  /// Something is still to come that will say what becomes of it.
  private func faultOfWait(_ row: Message) -> String? {
    guard !row.execution.isNone else { return "waits for no execution" }
    let execution = state[row.execution]
    let campaign = state[execution.campaign]
    guard execution.hasUnappliedReply else { return "waits and its execution does not know" }
    // A late button of an execution that has ended waits for the resume of its campaign.
    if campaign.status == .paused || campaign.progress.sweep != nil { return nil }
    if execution.status.isEnded { return "waits and its execution has ended" }
    if execution.status == .paused || execution.wait?.kind == .turn { return nil }
    return state.isQuestionUnderWay(row.execution) ? nil : "waits for nothing"
  }

  private func sums() -> [String] {
    var faults: [String] = []
    for (space, project) in state.projects.rows.enumerated() {
      let counters = [project.counters.totals] + project.campaigns.rows.map(\.counters)
      for (index, item) in counters.enumerated()
      where item.inboundByDisposition.reduce(0, +) != item.inboundRouted + item.inboundUnrouted {
        faults.append("project \(space + 1), \(index): dispositions do not add up")
      }
      let listed = project.counters.totals.inboundByDisposition[Disposition.needsAttention.index]
      let tests = project.needsAttention.all.filter {
        let campaign = project.messages[$0].campaign
        return !campaign.isNone && !state[campaign].testOf.isNone
      }
      if listed != project.needsAttention.count - tests.count {
        faults.append(
          "project \(space + 1): \(listed) need attention, \(project.needsAttention.count) are listed"
        )
      }
    }
    return faults
  }
}
