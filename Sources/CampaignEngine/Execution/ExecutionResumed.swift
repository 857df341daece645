import Wire

/// A paused execution goes on where it was.
struct ExecutionResumed: Event {
  static let kind = EventKind.executionResumed
  var execution = ExecutionID.none
  /// The deadline moves by as long as the pause was.
  var isExtended = false

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("execution", &execution, "Execution.")
    try visit.field("is_extended", &isExtended, "Its deadline moves by the length of the pause.")
  }

  func apply(to state: inout State) {
    let row = state[execution]
    state.modifyExecution(execution) { row in
      row.status = row.pausedStatus
      row.pausedAt = .zero
    }
    guard row.pausedStatus == .waiting, var wait = row.wait else { return }
    if isExtended, wait.until > .zero { wait.until = wait.until + (state.now - row.pausedAt) }
    // Setting it again sets its timer again, which a pause may have let pass.
    state.setWait(wait, of: execution)
  }
}
