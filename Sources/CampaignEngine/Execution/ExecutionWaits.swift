import Wire

/// An execution waits: for its guest, for the clock, or for a message to be taken.
struct ExecutionWaits: Event {
  static let kind = EventKind.executionWaits
  var execution = ExecutionID.none
  var wait = Wait()
  /// The message that is waited for.
  var sending = MessageID.none

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("execution", &execution, "Execution.")
    try visit.field("wait", &wait, "What for, and until when.")
    try visit.field("sending", &sending, "Message that is waited for.")
  }

  func apply(to state: inout State) {
    state.modifyExecution(execution) { $0.sending = sending.counter }
    state.setWait(wait, of: execution)
  }
}
