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
    let symbols = state.projects[Int(execution.space)].symbols
    let cleared = clearedVariables.compactMap { symbols.symbol(of: $0) }
    state.modifyExecution(execution) { row in
      row.variables.removeAll { cleared.contains($0.key) }
    }
    state.makeReady(execution, at: Int(node))
  }
}
