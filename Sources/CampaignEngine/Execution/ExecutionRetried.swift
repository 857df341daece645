import Wire

/// An execution that had failed or was skipped goes on at a node: the one where it ended, or the
/// trigger where it had not begun. It waits in its campaign's ready queue.
struct ExecutionRetried: Event {
  static let kind = EventKind.executionRetried
  var execution = ExecutionID.none
  var node: UInt16 = 0

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("execution", &execution, "Execution.")
    try visit.field("node", &node, "Number of the node that is entered again.")
  }

  func apply(to state: inout State) { state.makeReady(execution, at: Int(node)) }
}

extension State {
  /// Whatever the execution was doing is stopped, and it waits to be set going at a node.
  mutating func makeReady(_ execution: ExecutionID, at node: Int) {
    if self[execution].steps.last?.exit == .inside {
      leaveNode(.stopped, handle: 0, execution: execution)
    }
    setWait(nil, of: execution)
    modify(execution) { row in
      row.status = .pending
      row.reason = .none
      row.outcome = .none
      row.awaitedMessage = .none
      row.sprints = 0
      row.duplicateOf = .none
      row.through = .none
      row.firstStep = UInt16(truncatingIfNeeded: row.steps.count)
      (row.pausedAt, row.endedAt) = (.zero, .zero)
    }
    enterNode(node, execution: execution)
    refreshCampaign(self[execution].campaign)
  }
}

extension ExecutionRetried {
  static var publicData: (any PublicData.Type)? { ExecutionRetriedData.self }

  func publish(in state: State) -> PublicEvent? {
    var data = ExecutionRetriedData()
    data.node = state.nodeID(node, of: execution)
    return PublicEvent(data, execution: execution, in: state)
  }
}

package struct ExecutionRetriedData: PublicData {
  package static let kind = PublicKind("execution_retried")
  package static let summary = "An execution that had failed or was skipped goes on."
  package var node: String?

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("node_id", &node, "Node that is entered again.")
  }
}
