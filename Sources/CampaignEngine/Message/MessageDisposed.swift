import Wire

/// What became of a message that came in is known, or is another now: it took effect, and this names
/// the event that it caused; or nothing can come of it by itself any more, and an operator is needed.
struct MessageDisposed: Event {
  static let kind = EventKind.messageDisposed
  var message = MessageID.none
  var disposition = Disposition.applied
  /// Number and kind of the event that it caused.
  var appliedBy: UInt64 = 0
  var appliedKind: UInt16 = 0
  /// What it was before.
  var former: Disposition?

  init() {}

  init(message: MessageID, disposition: Disposition, cause: EventReference? = nil) {
    (self.message, self.disposition) = (message, disposition)
    (appliedBy, appliedKind) = (cause?.sequence ?? 0, cause?.kind.rawValue ?? 0)
  }

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("message", &message, "Message.")
    try visit.field("disposition", &disposition, "What became of it.")
    try visit.field("applied_by", &appliedBy, "Number of the event that it caused.")
    try visit.field("applied_kind", &appliedKind, "Kind of that event.")
    try visit.field("former", &former, "What it was before.")
  }

  func apply(to state: inout State) {
    let wasWaiting = state[message].isUnapplied
    state.modify(message) { row in
      row.dispose(as: disposition)
      (row.appliedBy, row.appliedKind) = (appliedBy, appliedKind)
    }
    guard wasWaiting, disposition != .waits else { return }
    let execution = state[message].execution
    let areMore = state.messages(of: execution).contains { state[$0].isUnapplied }
    state.modify(execution) { $0.hasUnappliedReply = areMore }
  }
}

extension MessageDisposed {
  static var publicData: (any PublicData.Type)? { MessageDisposedData.self }

  mutating func complete(from state: State) { former = state[message].disposition }

  /// That an applied message got the name of its event is nobody's news.
  func publish(in state: State) -> PublicEvent? {
    guard former != disposition else { return nil }
    var data = MessageDisposedData()
    (data.former, data.disposition) = (former, disposition)
    data.appliedBy = appliedBy == 0 ? nil : appliedBy
    return PublicEvent(data, message: message, in: state)
  }
}

package struct MessageDisposedData: PublicData {
  package static let kind = PublicKind("message_disposed")
  package static let summary =
    "Something else became of a message that came in: what waited took effect, or needs an operator."
  package var former: Disposition?
  package var disposition = Disposition.applied
  package var appliedBy: UInt64?

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("former", &former, "What it was before.")
    try visit.field("disposition", &disposition, "What it is now.")
    try visit.field(
      "applied_by", &appliedBy, "Sequence of the event that it caused; null where there is none.")
  }
}
