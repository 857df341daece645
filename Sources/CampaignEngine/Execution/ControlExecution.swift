/// What an operator does to one execution, or to many at once.
package struct ControlExecution: Command {
  package let execution: ExecutionID
  package let control: ExecutionControl

  package init(execution: ExecutionID, control: ExecutionControl) {
    (self.execution, self.control) = (execution, control)
  }

  package func perform(in engine: inout Engine) throws(Rejection) {
    if let rejection = engine.rejection(of: control.action, on: execution) { throw rejection }
    engine.apply(control, to: execution)
    engine.runIfReady(execution)
  }
}

package enum ExecutionControl: Sendable, Equatable {
  /// Goes on at the node where it failed or was skipped.
  case retry
  case pause
  /// Extending moves the deadline by the length of the pause.
  case resume(isExtended: Bool)
  case cancel

  package var action: ExecutionAction {
    switch self {
    case .retry: .retry
    case .pause: .pause
    case .resume: .resume
    case .cancel: .cancel
    }
  }
}

extension State {
  /// What can be done to an execution now: nothing in a campaign that is cancelled or deleted.
  package func allowed(_ id: ExecutionID) -> [ExecutionAction] {
    let row = self[id]
    let campaign = self[row.campaign]
    return campaign.status == .cancelled || campaign.isDeleted ? [] : row.status.allowed
  }
}

extension Engine {
  /// Why an action cannot be taken; nil where it can.
  func rejection(of action: ExecutionAction, on id: ExecutionID) -> Rejection? {
    guard let row = state.find(id) else { return .notFound(id) }
    let allowed = state.allowed(id)
    guard allowed.contains(action) else {
      return .executionState(
        id, action, row.status, allowed: allowed,
        isCampaignCancelled: state[row.campaign].status == .cancelled)
    }
    guard action == .retry || action == .reset else { return nil }
    guard state.find(row.guest) != nil else {
      return .notReady("The guest of \(id.wireText) was deleted.", reason: "guest_deleted")
    }
    guard state[row.guest].person != 0 || row.steps.isEmpty else {
      return .notReady(
        "The guest of \(id.wireText) has no phone number any more.",
        reason: LeftOutCode.noPhone.rawValue)
    }
    // Whoever has the number of somebody written to, perhaps since a correction, is judged anew as well.
    let other = state.whoIsWrittenTo(
      state[row.guest].person, in: row.campaign, besides: row.guest)
    if row.steps.isEmpty || other != nil, let reason = reasonToLeaveOut(row) {
      return .notReady(
        "\(id.wireText) would be left out again: \(reason.message)", reason: reason.code.rawValue)
    }
    return nil
  }

  /// Whoever was left out when the campaign started is judged again before they enter the flow.
  func reasonToLeaveOut(_ row: Execution) -> LeftOut? {
    var audience = Audience(campaign: row.campaign, in: state)
    // Somebody who is still to join may be the one who is asked.
    if state[row.campaign].progress.enrolment?.isFinished ?? true { audience.named = [row.guest] }
    return audience.judge(row.guest, in: state).first {
      $0.code != .alreadyInCampaign && $0.code != .excludedByID
    }
  }

  /// The change itself, once nothing speaks against it.
  mutating func apply(_ control: ExecutionControl, to id: ExecutionID) {
    switch control {
    case .retry:
      let graph = state.graph(of: state[id].campaign)
      let node = state[id].node ?? graph.trigger
      setAsideReplies(of: id)
      emit(ExecutionRetried(execution: id, node: UInt16(truncatingIfNeeded: node)))
      takeIn(behind: id)
    case .pause: emit(ExecutionPaused(execution: id))
    case .resume(let isExtended):
      emit(ExecutionResumed(execution: id, isExtended: isExtended))
      // A time around an event stays there, however long the pause was.
      if isExtended { moveWait(of: id) }
      putBackMessages(of: id)
      if mayAct(id) { catchUp(id) }
    case .cancel: end(id, .cancelled, reason: "cancelled")
    }
  }

  /// Sets an execution going that waits for that, unless its campaign is paused: then the resume
  /// does.
  mutating func runIfReady(_ id: ExecutionID) {
    guard state[id].status == .pending, mayAct(id) else { return }
    run(id, .entered)
  }
}

extension Rejection {
  /// Names the states from which the action would be possible.
  package static func executionState(
    _ id: ExecutionID, _ action: ExecutionAction, _ status: ExecutionStatus,
    allowed: [ExecutionAction], isCampaignCancelled: Bool = false
  ) -> Rejection {
    let rule =
      switch action {
      case .retry: "only failed or skipped executions are retried"
      case .pause: "only executions that are under way are paused"
      case .resume: "only paused executions are resumed"
      case .cancel: "only executions that have not ended are cancelled"
      case .reset: "only executions that wait, are paused or have ended are reset"
      }
    let reason = isCampaignCancelled ? "its campaign is cancelled" : rule
    return .invalidState(
      id: id.wireText, action: action.rawValue, status: status.rawValue,
      allowed: allowed.map(\.rawValue), "\(id.wireText) is \(status.rawValue); \(reason).")
  }
}
