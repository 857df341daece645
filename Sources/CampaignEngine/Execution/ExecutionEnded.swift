import Wire

/// An execution came to an end, good or bad.
struct ExecutionEnded: Event {
  static let kind = EventKind.executionEnded
  var execution = ExecutionID.none
  var status = ExecutionStatus.completed
  var reason = ""
  var outcome = ""
  /// Number of the way out that led nowhere, where one did.
  var handle: UInt16 = 0
  /// Number of the node where it ended; nil where it never stood at one.
  var node: UInt16?
  /// Who is written to on the number.
  var duplicateOf = GuestID.none
  /// Somebody else ended it: the node was left by none of its ways out.
  var isSettled = false
  /// Who speaks for its guest from now on.
  var through = GuestID.none

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("execution", &execution, "Execution.")
    try visit.field("status", &status, "How it ended.")
    try visit.field("reason", &reason, "Why, where it was not completed.")
    try visit.field("outcome", &outcome, "Outcome of the end node.")
    try visit.field("handle", &handle, "Number of the way out.")
    try visit.field("node", &node, "Number of the node.")
    try visit.field("duplicate_of", &duplicateOf, "Guest with the same number.")
    try visit.field("is_settled", &isSettled, "It was ended from outside.")
    try visit.field("through", &through, "Guest who speaks for this one.")
  }

  func apply(to state: inout State) {
    let project = execution.space
    let reasonSymbol = state.projects[project].symbols.intern(reason)
    let outcomeSymbol = state.projects[project].symbols.intern(outcome)
    let now = state.now
    let exit: Step.Exit =
      switch status {
      case .completed: isSettled ? .stopped : .passed
      case .failed: .failed
      default: .stopped
      }
    if state[execution].steps.last?.exit == .inside {
      state.leaveNode(exit, handle: handle, execution: execution)
    }
    state.modify(execution) { row in
      row.status = status
      row.reason = reasonSymbol
      row.outcome = outcomeSymbol
      row.wait = nil
      row.awaitedMessage = .none
      row.generation &+= 1
      row.pausedAt = .zero
      row.endedAt = now
      if !duplicateOf.isNone { row.duplicateOf = duplicateOf }
      if !through.isNone { row.through = through }
      if status == .completed {
        row.progress = 100
        row.phase = .completion
      }
    }
    state.refreshCampaign(state[execution].campaign)
  }
}

extension ExecutionEnded {
  static var publicData: (any PublicData.Type)? { ExecutionEndedData.self }

  mutating func complete(from state: State) { node = state.standing(execution) }

  func publish(in state: State) -> PublicEvent? {
    var data = ExecutionEndedData()
    data.status = status
    data.reason = reason.isEmpty ? nil : reason
    data.outcome = outcome.isEmpty ? nil : outcome
    data.node = state.nodeID(node, of: execution)
    return PublicEvent(data, execution: execution, in: state)
  }
}

package struct ExecutionEndedData: PublicData {
  package static let kind = PublicKind("execution_ended")
  package static let summary = "An execution came to an end, good or bad."
  package var status = ExecutionStatus.completed
  package var reason: String?
  package var outcome: String?
  package var node: String?

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("status", &status, "completed, failed, cancelled or skipped.")
    try visit.field("reason", &reason, "Why, where it was not completed.")
    try visit.field("outcome", &outcome, "Outcome of the end node.")
    try visit.field("node_id", &node, "Node where it ended.")
  }
}
