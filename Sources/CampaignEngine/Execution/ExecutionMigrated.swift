import Wire

/// An execution stands at a node of a newer version: where it can go on as it was, its visit is moved
/// there; else it enters the node anew.
struct ExecutionMigrated: Event {
  static let kind = EventKind.executionMigrated
  var execution = ExecutionID.none
  var node: UInt16 = 0
  var isEnteredAnew = false

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("execution", &execution, "Execution.")
    try visit.field("node", &node, "Number of the node in the newer version.")
    try visit.field("is_entered_anew", &isEnteredAnew, "It cannot go on as it was.")
  }

  func apply(to state: inout State) {
    if isEnteredAnew {
      state.makeReady(execution, at: Int(node))
    } else {
      state.moveLastStep(of: execution, to: Int(node))
    }
  }
}

extension ExecutionMigrated {
  static var publicData: (any PublicData.Type)? { ExecutionMigratedData.self }

  func publish(in state: State) -> PublicEvent? {
    var data = ExecutionMigratedData()
    data.node = state.nodeID(node, of: execution)
    data.isEnteredAnew = isEnteredAnew
    return PublicEvent(data, execution: execution, in: state)
  }
}

package struct ExecutionMigratedData: PublicData {
  package static let kind = PublicKind("execution_migrated")
  package static let summary = "An execution stands at a node of a newer version."
  package var node: String?
  package var isEnteredAnew = false

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("node_id", &node, "Node where it stands.")
    try visit.field("entered_anew", &isEnteredAnew, "It enters the node again.")
  }
}

extension State {
  /// The present visit is one of another node, and always was.
  fileprivate mutating func moveLastStep(of id: ExecutionID, to node: Int) {
    changeLastStep(of: id) { step, _ in step.node = UInt16(truncatingIfNeeded: node) }
    let phase = graph(of: self[id].campaign).nodes[node].phase
    modify(id) { $0.phase = phase }
  }
}
