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
    state.modify(execution) { row in
      row.status = row.pausedStatus
      row.pausedAt = .zero
    }
    guard row.pausedStatus == .waiting, var wait = row.wait else { return }
    if isExtended, wait.until > .zero { wait.until = wait.until + (state.now - row.pausedAt) }
    // Setting it again sets its timer again, which a pause may have let pass.
    state.setWait(wait, of: execution)
  }
}

extension ExecutionResumed {
  static var publicData: (any PublicData.Type)? { ExecutionResumedData.self }

  func publish(in state: State) -> PublicEvent? {
    var data = ExecutionResumedData()
    data.isExtended = isExtended
    return PublicEvent(data, execution: execution, in: state)
  }
}

package struct ExecutionResumedData: PublicData {
  package static let kind = PublicKind("execution_resumed")
  package static let summary = "A paused execution goes on where it was."
  package var isExtended = false

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("extended", &isExtended, "Its deadline moved by the length of the pause.")
  }
}
