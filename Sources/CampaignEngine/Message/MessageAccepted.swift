import Wire

/// WhatsApp took a message. That is not delivery: failures still come later.
struct MessageAccepted: Event {
  static let kind = EventKind.messageAccepted
  var message = MessageID.none
  var gatewayID = ""
  /// WhatsApp paces the template and may still drop the message.
  var isHeld = false

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("message", &message, "Message.")
    try visit.field("gateway_id", &gatewayID, "WhatsApp's id.")
    try visit.field("is_held", &isHeld, "Held for quality assessment.")
  }

  func apply(to state: inout State) {
    let now = state.now
    if state[message].acceptedAt == .zero { state.countOutcome(of: message, isFailure: false) }
    state.modify(message) { row in
      row.takeBackFailure()
      // One that was given up was sent after all.
      if !row.status.isWithWhatsApp { row.status = isHeld ? .held : .accepted }
      (row.unknownSince, row.block) = (.zero, nil)
      if row.acceptedAt == .zero { row.acceptedAt = now }
      row.error = nil
    }
    state.setGatewayID(gatewayID, of: message)
  }
}

extension State {
  mutating func setGatewayID(_ gatewayID: String, of message: MessageID) {
    // An attempt keeps the first id that it was given.
    guard !gatewayID.isEmpty, self[message].gatewayID.isEmpty else { return }
    modify(message) { $0.gatewayID = gatewayID }
  }
}

extension MessageAccepted {
  static var publicData: (any PublicData.Type)? { MessageAcceptedData.self }

  func publish(in state: State) -> PublicEvent? {
    var data = MessageAcceptedData()
    data.isHeld = isHeld
    return PublicEvent(data, message: message, in: state)
  }
}

package struct MessageAcceptedData: PublicData {
  package static let kind = PublicKind("message_accepted")
  package static let summary = "WhatsApp took a message; it may still fail."
  package var isHeld = false

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("held", &isHeld, "WhatsApp paces its template.")
  }
}
