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

extension State {
  /// The present visit is one of another node, and always was.
  fileprivate mutating func moveLastStep(of id: ExecutionID, to node: Int) {
    changeLastStep(of: id) { step, _ in step.node = UInt16(truncatingIfNeeded: node) }
    let phase = graph(of: self[id].campaign).nodes[node].phase
    modifyExecution(id) { $0.phase = phase }
  }
}
