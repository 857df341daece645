/// One slice of the work that starts, resumes and cancels leave behind. A slice is one command, so
/// snapshots and restarts may fall between slices.
package struct ContinueCampaigns: Command {
  package static let cause: CauseKind? = .flow
  package init() {}

  package func perform(in engine: inout Engine) {
    guard let campaign = engine.state.busyCampaigns.first else { return }
    if let sweep = engine.state[campaign].progress.sweep {
      engine.advance(sweep, of: campaign)
    } else if engine.state[campaign].migration.migratedMembers != nil {
      engine.advanceMigration(of: campaign)
    } else if engine.state[campaign].progress.review != nil {
      engine.advanceReview(of: campaign)
    } else if let bulk = engine.state.runningBulk(of: campaign) {
      engine.advance(bulk)
    } else if engine.state.hasReady(campaign) {
      engine.runReady(of: campaign)
    } else {
      engine.advanceEnrolment(of: campaign)
    }
  }
}

extension Engine {
  fileprivate mutating func advanceEnrolment(of campaign: CampaignID) {
    guard let enrolment = state[campaign].progress.enrolment else { return }
    if let share = state[campaign].progress.share, share.holdsRest {
      return enrolShare(share, of: campaign)
    }
    guard enrolment.isCounted else { return advanceCount(of: campaign, enrolment) }
    let last = min(enrolment.cursor + Limits.guestsPerSlice, enrolment.lastGuest)
    var audience = Audience(campaign: campaign, in: state)
    var done = enrolment.done
    var counter = enrolment.cursor
    while counter < last {
      counter += 1
      let guest = GuestID(space: campaign.space, counter: counter)
      guard audience.matches(guest, in: state) else {
        forsake(guest, in: campaign)
        continue
      }
      let reasons = audience.judge(guest, in: state)
      // Whoever is in already keeps the execution that they have.
      if reasons.contains(where: { $0.code == .alreadyInCampaign }) { continue }
      done += enrol(guest, into: campaign, leftOutFor: reasons.first, of: &audience)
    }
    emit(EnrolmentAdvanced(campaign: campaign, cursor: counter, done: done))
    completeCampaignIfDone(campaign)
  }

  /// Those for whom a guest is asked join with them, so that the first text can name them.
  /// - Returns: how many joined.
  mutating func enrol(
    _ guest: GuestID, into campaign: CampaignID, leftOutFor reason: LeftOut?,
    of audience: inout Audience
  ) -> Int {
    let members = reason == nil ? audience.joining(with: guest, in: state) : []
    let execution = enter(guest, campaign, leftOutFor: reason)
    for member in members {
      let reason = LeftOut(code: .throughHousehold, guest: guest)
      _ = enter(member, campaign, leftOutFor: reason)
    }
    if reason == nil { takeIn(behind: execution) }
    if state[execution].status == .active { run(execution, .entered) }
    return 1 + members.count
  }

  /// One guest more in the audience, not yet set going.
  /// - Parameter isReady: whoever gives the command leaves that to a slice.
  mutating func enter(
    _ guest: GuestID, _ campaign: CampaignID, leftOutFor reason: LeftOut?, isReady: Bool = false
  ) -> ExecutionID {
    let execution = ExecutionID(
      space: campaign.space, counter: state.project(of: campaign.space).executions.nextCounter)
    let isSpokenFor = reason?.code == .throughHousehold
    emit(
      ExecutionEnrolled(
        campaign: campaign, guest: guest, skipReason: reason?.code.rawValue,
        duplicateOf: isSpokenFor ? .none : reason?.guest ?? .none, isReady: isReady,
        through: isSpokenFor ? reason?.guest ?? .none : .none))
    if reason != nil { passOn(from: execution) }
    return execution
  }

  /// Executions that were retried or reset are set going, a slice at a time.
  fileprivate mutating func runReady(of campaign: CampaignID) {
    for _ in 0..<Limits.guestsPerSlice {
      guard let counter = state.ready(of: campaign).first else { return }
      runIfReady(ExecutionID(space: campaign.space, counter: counter))
      workOffWoken()
    }
  }

  fileprivate mutating func advance(_ sweep: Sweep, of campaign: CampaignID) {
    var sweep = sweep
    let members = state.members(of: campaign)
    let last = min(sweep.done + Limits.executionsPerSlice, members.count)
    for index in sweep.done..<max(last, sweep.done) {
      let execution = members[index]
      putBackMessages(of: execution)
      switch sweep.purpose {
      case .cancel:
        if state[execution].status.isEnded {
          setAsideReplies(of: execution)
        } else {
          let isDeleted = state[campaign].isDeleted
          end(
            execution, .cancelled, reason: isDeleted ? "campaign_deleted" : "campaign_cancelled")
        }
      case .resume: catchUp(execution)
      }
    }
    sweep.done = last
    emit(SweepAdvanced(campaign: campaign, sweep: last < members.count ? sweep : nil))
    completeCampaignIfDone(campaign)
  }

  /// Messages that came up while nothing could be sent return to their lanes.
  mutating func putBackMessages(of execution: ExecutionID) {
    for message in state.messages(of: execution) where state[message].isInLane { putBack(message) }
  }

  /// What came or fell due during a pause takes effect in the order of its own times, so an answer
  /// before the deadline beats the deadline.
  mutating func catchUp(_ execution: ExecutionID) {
    let outer = agenda.beginCatchingUp(execution)
    // Nothing else will ask an execution that has ended.
    defer {
      agenda.endCatchingUp(backTo: outer)
      if state[execution].status.isEnded { setAsideReplies(of: execution) }
    }
    for _ in 0..<Limits.nodesPerSprint {
      let row = state[execution]
      guard row.status != .paused else { return }
      if row.status == .waiting, !row.awaitedMessage.isNone,
        catchUp(execution, sending: row.awaitedMessage)
      {
        continue
      }
      if row.hasUnappliedReply, applyOldestReply(of: execution) { continue }
      guard row.status == .waiting, row.awaitedMessage.isNone, let wait = row.wait else { return }
      if wait.kind == .turn, isFreeToAsk(execution) {
        run(execution, .turn)
      } else if wait.kind == .form, let question = state.openQuestion(of: execution),
        state[question].status == .failed
      {
        run(execution, .failed(question))
      } else if wait.kind.isForGuest, wait.until <= state.now, isStillToAsk(execution) {
        renew(wait, of: execution)
      } else if wait.until > .zero, wait.until <= state.now {
        run(execution, .timeout(wait.kind))
      } else {
        putBackTimer(of: execution)
        return
      }
    }
  }

  /// The turn may have come during the pause, or nobody holds it since a number was corrected.
  private func isFreeToAsk(_ execution: ExecutionID) -> Bool {
    let holder = state.person(of: state[execution].guest).turnHolder
    return holder == execution || holder.isNone
  }

  /// The question has not gone out yet: nobody can have been late with an answer to it.
  func isStillToAsk(_ execution: ExecutionID) -> Bool {
    let step = state[execution].steps.count - 1
    let newest = state.messages(of: execution).first {
      state[$0].direction == .outbound && state[$0].purpose.isOfFlow
    }
    return newest.map { Int(state[$0].step) == step && state[$0].isInLane } ?? false
  }

  /// The clock starts when the question is accepted; until then it runs from here.
  mutating func renew(_ wait: Wait, of execution: ExecutionID) {
    var wait = wait
    let length = wait.until - wait.since
    (wait.since, wait.until) = (state.now, state.now + length)
    emit(ExecutionWaits(execution: execution, wait: wait))
  }

  /// Routed anew, since an earlier reply may have taken the execution elsewhere. Returns false where
  /// the deadline comes first, or where it is not known yet that its question went out.
  private mutating func applyOldestReply(of execution: ExecutionID) -> Bool {
    guard let (reply, areMore) = state.oldestUnappliedReply(of: execution) else { return false }
    let row = state[execution]
    if row.status == .waiting, let until = row.wait?.until, until > .zero,
      state[reply].sentAt > until,
      until <= state.now
    {
      return false
    }
    let route = Routing.route(delayed: state[reply], in: state)
    if case .answer? = route?.effect, state.isQuestionUnderWay(execution) { return false }
    emit(MessageApplied(message: reply, areMoreWaiting: areMore))
    _ = take(reply, by: route)
    return true
  }

  /// Returns false where the message still has to be taken.
  private mutating func catchUp(_ execution: ExecutionID, sending id: MessageID) -> Bool {
    let message = state[id]
    switch message.status {
    case .accepted, .sent, .delivered, .read: run(execution, .accepted(id))
    case .failed: run(execution, .failed(id))
    case .suppressed, .cancelled:
      end(execution, .skipped, reason: message.error?.message ?? "cancelled")
    case .queued, .pending, .held, .sending, .outcomeUnknown, .received: return false
    }
    return true
  }
}

extension State {
  func ready(of campaign: CampaignID) -> SortedChunks<UInt32> {
    projects[of: campaign].campaignIndexes[campaign].ready
  }

  fileprivate func hasReady(_ campaign: CampaignID) -> Bool {
    self[campaign].isActing && !ready(of: campaign).isEmpty
  }

  package func members(of campaign: CampaignID) -> CampaignMembers {
    CampaignMembers(
      space: campaign.space, projects[of: campaign].campaignIndexes[campaign].members)
  }

  fileprivate func oldestUnappliedReply(of execution: ExecutionID) -> (MessageID, areMore: Bool)? {
    let waiting = messages(of: execution).filter { self[$0].isUnapplied }
    let oldest = waiting.min { (self[$0].sentAt, $0) < (self[$1].sentAt, $1) }
    return oldest.map { ($0, waiting.count > 1) }
  }
}
