import Wire

/// What an execution waited for happened: a sprint begins.
struct ExecutionWoken: InternalEvent {
  static let kind = EventKind.executionWoken
  var execution = ExecutionID.none

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("execution", &execution, "Execution.")
  }

  func apply(to state: inout State) {
    state.modify(execution) { row in
      row.status = .active
      row.sprints &+= 1
      row.awaitedMessage = .none
    }
    state.setWait(nil, of: execution)
  }
}
