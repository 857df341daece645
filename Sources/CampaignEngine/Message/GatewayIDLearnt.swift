import Wire

/// WhatsApp's id of a message came with the news that it failed: later news may have nothing else.
struct GatewayIDLearnt: InternalEvent {
  static let kind = EventKind.gatewayIDLearnt
  var message = MessageID.none
  var gatewayID = ""

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("message", &message, "Message.")
    try visit.field("gateway_id", &gatewayID, "WhatsApp's id.")
  }

  func apply(to state: inout State) { state.setGatewayID(gatewayID, of: message) }
}
