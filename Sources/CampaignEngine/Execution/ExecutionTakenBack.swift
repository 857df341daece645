import Wire

/// The message that led to a wait failed after all: the execution goes back to the node that sent
/// it, and the visit of the wait never happened.
struct ExecutionTakenBack: Event {
  static let kind = EventKind.executionTakenBack
  var execution = ExecutionID.none

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("execution", &execution, "Execution.")
  }

  func apply(to state: inout State) {
    state.takeBackStep(of: execution)
    state.modifyExecution(execution) { $0.status = .active }
    state.setWait(nil, of: execution)
  }
}
