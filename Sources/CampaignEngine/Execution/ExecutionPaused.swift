import Wire

/// An operator holds one execution: no timer and no reply of it acts until it is resumed. What it
/// waits for, and until when, stays.
struct ExecutionPaused: Event {
  static let kind = EventKind.executionPaused
  var execution = ExecutionID.none

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("execution", &execution, "Execution.")
  }

  func apply(to state: inout State) {
    let now = state.now
    state.modify(execution) { row in
      row.pausedStatus = row.status
      row.status = .paused
      row.pausedAt = now
    }
  }
}

extension ExecutionPaused {
  static var publicData: (any PublicData.Type)? { ExecutionPausedData.self }

  func publish(in state: State) -> PublicEvent? {
    PublicEvent(ExecutionPausedData(), execution: execution, in: state)
  }
}

package struct ExecutionPausedData: PublicData {
  package static let kind = PublicKind("execution_paused")
  package static let summary =
    "An operator holds an execution; nothing of it acts until it is resumed."

  package init() {}
  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {}
}
