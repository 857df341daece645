import Wire

/// The message that led to a wait failed after all: the execution goes back to the node that sent
/// it, and the visit of the wait never happened.
struct ExecutionTakenBack: Event {
  static let kind = EventKind.executionTakenBack
  var execution = ExecutionID.none
  /// Number of the node that it goes back to.
  var node: UInt16?

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("execution", &execution, "Execution.")
    try visit.field("node", &node, "Number of the node that it goes back to.")
  }

  func apply(to state: inout State) {
    state.takeBackStep(of: execution)
    // A pause stays over it: what follows waits for the resume.
    state.modify(execution) { row in
      if row.status != .paused { row.status = .active }
    }
    state.setWait(nil, of: execution)
  }
}

extension ExecutionTakenBack {
  static var publicData: (any PublicData.Type)? { ExecutionTakenBackData.self }

  mutating func complete(from state: State) {
    node = state[execution].steps.dropLast().last?.node
  }

  func publish(in state: State) -> PublicEvent? {
    var data = ExecutionTakenBackData()
    data.node = state.nodeID(node, of: execution)
    return PublicEvent(data, execution: execution, in: state)
  }
}

package struct ExecutionTakenBackData: PublicData {
  package static let kind = PublicKind("execution_taken_back")
  package static let summary =
    "A message failed after it was accepted: its execution is back at the node that sent it."
  package var node: String?

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("node_id", &node, "Node where it stands again.")
  }
}
