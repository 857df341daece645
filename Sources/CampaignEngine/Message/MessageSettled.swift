import Wire

/// A message came to an end without having been taken, or nobody knows whether it was.
struct MessageSettled: Event {
  static let kind = EventKind.messageSettled
  var message = MessageID.none
  var status = MessageStatus.failed
  var error: MessageError?
  /// It came about here, not at the gateway; the breaker does not count it.
  var isOurs = false
  var failure: FailureProof?

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("message", &message, "Message.")
    try visit.field("status", &status, "failed, suppressed, cancelled or outcome_unknown.")
    try visit.field("error", &error, "Why.")
    try visit.field("is_ours", &isOurs, "It came about here, not at the gateway.")
    try visit.field("failure", &failure, "What the failure of the attempt proves.")
  }

  func apply(to state: inout State) {
    let now = state.now
    if !isOurs { state.countFailure(of: message, error, failure) }
    state.modify(message) { row in
      row.status = status
      if status == .outcomeUnknown { row.unknownSince = now }
      row.error = error
      if status == .failed { row.failedAt = now }
      row.note(failure, error)
    }
  }
}

extension MessageSettled {
  static var publicData: (any PublicData.Type)? { MessageSettledData.self }

  func publish(in state: State) -> PublicEvent? {
    var data = MessageSettledData()
    (data.status, data.error) = (status, error.map(PublicError.init))
    return PublicEvent(data, message: message, in: state)
  }
}

package struct MessageSettledData: PublicData {
  package static let kind = PublicKind("message_settled")
  package static let summary =
    "A message came to an end without having been taken, or nobody knows whether it was."
  package var status = MessageStatus.failed
  package var error: PublicError?

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("status", &status, "failed, suppressed, cancelled or outcome_unknown.")
    try visit.field("error", &error, "Why.")
  }
}
