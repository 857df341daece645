import Wire

/// What went wrong for an execution, whether or not the flow has a way out for it.
struct ExecutionFailureNoted: Event {
  static let kind = EventKind.executionFailureNoted
  var execution = ExecutionID.none
  var error = LastError()

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("execution", &execution, "Execution.")
    try visit.field("error", &error, "The failure.")
  }

  func apply(to state: inout State) {
    state.modifyExecution(execution) { $0.lastError = error }
  }
}
