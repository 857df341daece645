import Wire

/// A message goes back to its lane: for a retry, for the end of quiet hours, as a template, or
/// because a rate or a stopped template does not let it go.
struct MessagePostponed: Event {
  static let kind = EventKind.messagePostponed
  var message = MessageID.none
  var readyAt = Timestamp.zero
  var error: MessageError?
  var mustBeTemplate = false
  /// It is ready, and only a rate does not allow it yet.
  var isForRate = false
  var block: SendBlock?
  var failure: FailureProof?

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("message", &message, "Message.")
    try visit.field("ready_at", &readyAt, "Not before.")
    try visit.field("error", &error, "What went wrong, for a retry.")
    try visit.field("must_be_template", &mustBeTemplate, "Free text was refused.")
    try visit.field("is_for_rate", &isForRate, "A rate does not allow it yet.")
    try visit.field("block", &block, "What holds it beside its time.")
    try visit.field("failure", &failure, "What the failure of the attempt proves.")
  }

  func apply(to state: inout State) {
    let now = state.now
    state.countFailure(of: message, error, failure)
    state.modify(message) { row in
      row.status = .queued
      row.readyAt = readyAt
      row.block = block
      // What a stop has said stays to be read while the message waits for its end.
      row.error = error ?? (block == nil ? nil : row.error)
      row.mustBeTemplate = row.mustBeTemplate || mustBeTemplate
      (row.acceptedAt, row.sentAt) = (.zero, .zero)
      row.note(failure, error)
    }
    let isWaitingForRoom = isForRate || block != nil || readyAt <= now
    let kind: WaitKind =
      error != nil && block == nil ? .retry : isWaitingForRoom ? .capacity : .delay
    state.setSendingWait(Wait(kind, since: now, until: .zero), for: message)
  }
}

extension MessagePostponed {
  static var publicData: (any PublicData.Type)? { MessagePostponedData.self }

  func publish(in state: State) -> PublicEvent? {
    var data = MessagePostponedData()
    data.readyAt = readyAt
    data.error = error.map(PublicError.init)
    data.mustBeTemplate = mustBeTemplate
    return PublicEvent(data, message: message, in: state)
  }
}

package struct MessagePostponedData: PublicData {
  package static let kind = PublicKind("message_postponed")
  package static let summary =
    "A message is sent later: again after a failure, or for the first time."
  package var readyAt = Timestamp.zero
  package var error: PublicError?
  package var mustBeTemplate = false

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("ready_at", &readyAt, "It is not sent before.")
    try visit.field("error", &error, "What went wrong, where something did.")
    try visit.field("must_be_template", &mustBeTemplate, "Free text was refused.")
  }
}

/// A failure without its words, which are WhatsApp's own.
package struct PublicError: WireObject {
  package var errorClass = ErrorClass.transient
  package var gatewayCode: Int64?

  package init() {}
  init(_ error: MessageError) { (errorClass, gatewayCode) = (error.errorClass, error.code) }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("class", &errorClass, "Kind of failure.")
    try visit.field("gateway_code", &gatewayCode, "WhatsApp's own code.")
  }
}
