import Wire

/// An operator put an execution at a node of their choice.
struct ExecutionReset: Event {
  static let kind = EventKind.executionReset
  var execution = ExecutionID.none
  var node: UInt16 = 0
  /// Variables that replies had set which no longer count.
  var clearedVariables: [String] = []

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("execution", &execution, "Execution.")
    try visit.field("node", &node, "Number of the node that is entered.")
    try visit.field("cleared_variables", &clearedVariables, "Variables that lose their values.")
  }

  func apply(to state: inout State) {
    let symbols = state.projects[of: execution].symbols
    let cleared = clearedVariables.compactMap { symbols.symbol(of: $0) }
    state.modify(execution) { row in
      row.variables.removeAll { cleared.contains($0.key) }
    }
    state.makeReady(execution, at: Int(node))
  }
}

extension ExecutionReset {
  static var publicData: (any PublicData.Type)? { ExecutionResetData.self }

  func publish(in state: State) -> PublicEvent? {
    var data = ExecutionResetData()
    data.node = state.nodeID(node, of: execution)
    data.clearedVariables = clearedVariables
    return PublicEvent(data, execution: execution, in: state)
  }
}

package struct ExecutionResetData: PublicData {
  package static let kind = PublicKind("execution_reset")
  package static let summary = "An operator put an execution at a node of their choice."
  package var node: String?
  package var clearedVariables: [String] = []

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("node_id", &node, "Node that is entered.")
    try visit.field("cleared_variables", &clearedVariables, "Variables that lost their values.")
  }
}
