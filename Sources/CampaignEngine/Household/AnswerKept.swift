import Wire

/// Somebody said something else for a member of their household than that member, or an operator, had
/// answered. The answer stays as it was.
struct AnswerKept: Event {
  static let kind = EventKind.answerKept
  /// The walk in which it was said.
  var execution = ExecutionID.none
  var guest = GuestID.none
  /// Its place in the project.
  var event: Int = 0
  var refused = RSVP.pending

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("execution", &execution, "Execution in which it was said.")
    try visit.field("guest", &guest, "Guest whose answer stays.")
    try visit.field("event", &event, "Index of the event in the project.")
    try visit.field("refused", &refused, "What was said.")
  }

  func apply(to state: inout State) {}
}

extension AnswerKept {
  static var publicData: (any PublicData.Type)? { AnswerKeptData.self }

  func publish(in state: State) -> PublicEvent? {
    var data = AnswerKeptData()
    let events = state.project(of: guest.space).row.events
    data.event = events.indices.contains(event) ? events[event].key : nil
    (data.refused, data.toldIn) = (refused, execution)
    return PublicEvent(data, guest: guest)
  }
}

package struct AnswerKeptData: PublicData {
  package static let kind = PublicKind("answer_kept")
  package static let summary =
    "Somebody of the household said otherwise than the guest or an operator had answered; nothing was changed."
  package var event: String?
  package var refused = RSVP.pending
  package var toldIn = ExecutionID.none

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("event", &event, "Key of the event.")
    try visit.field("refused", &refused, "What was said.")
    try visit.field("told_in", &toldIn, "Execution of the guest who said it.")
  }
}
