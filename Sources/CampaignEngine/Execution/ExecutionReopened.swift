import Wire

/// A late answer takes an execution back into a wait that it had left, even after its end. What it
/// was doing meanwhile is stopped.
struct ExecutionReopened: Event {
  static let kind = EventKind.executionReopened
  var execution = ExecutionID.none
  var node: UInt16 = 0

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("execution", &execution, "Execution.")
    try visit.field("node", &node, "The wait that is entered again.")
  }

  func apply(to state: inout State) {
    if state[execution].steps.last?.exit == .inside {
      state.leaveNode(.stopped, handle: 0, execution: execution)
    }
    state.modify(execution) { row in
      row.status = .active
      row.sprints &+= 1
      row.awaitedMessage = .none
      row.reason = .none
      row.outcome = .none
      (row.pausedAt, row.endedAt) = (.zero, .zero)
    }
    state.setWait(nil, of: execution)
    state.enterNode(Int(node), execution: execution)
    state.refreshCampaign(state[execution].campaign)
  }
}

extension ExecutionReopened {
  static var publicData: (any PublicData.Type)? { ExecutionReopenedData.self }

  func publish(in state: State) -> PublicEvent? {
    var data = ExecutionReopenedData()
    data.node = state.nodeID(node, of: execution)
    return PublicEvent(data, execution: execution, in: state)
  }
}

package struct ExecutionReopenedData: PublicData {
  package static let kind = PublicKind("execution_reopened")
  package static let summary = "A late answer took an execution back into a wait that it had left."
  package var node: String?

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("node_id", &node, "The wait that was entered again.")
  }
}
