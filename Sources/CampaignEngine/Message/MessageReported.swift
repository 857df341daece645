import Wire

/// WhatsApp reported on a message that it took.
struct MessageReported: Event {
  static let kind = EventKind.messageReported
  var message = MessageID.none
  var status = MessageStatus.sent
  var at = Timestamp.zero
  var gatewayID = ""
  var billedMicros: Int64?
  var savedMicros: Int64 = 0

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("message", &message, "Message.")
    try visit.field("status", &status, "What happened.")
    try visit.field("at", &at, "When, by WhatsApp's clock.")
    try visit.field("gateway_id", &gatewayID, "WhatsApp's id, where it was not known.")
    try visit.field("billed", &billedMicros, "Price of the delivery.")
    try visit.field("saved", &savedMicros, "What free text saved.")
  }

  func apply(to state: inout State) {
    let now = state.now
    if state[message].acceptedAt == .zero { state.countOutcome(of: message, isFailure: false) }
    let before = state[message]
    if status.rank >= MessageStatus.delivered.rank, before.deliveredAt == .zero {
      state.countDelivery(of: before.cost.category, by: before.sender, at: at)
    }
    state.modify(message) { row in
      row.takeBackFailure()
      if !row.status.isWithWhatsApp || status.rank > row.status.rank { row.status = status }
      (row.unknownSince, row.block) = (.zero, nil)
      if row.acceptedAt == .zero { row.acceptedAt = now }
      row.error = nil
      switch status {
      case .sent: row.sentAt = at
      case .delivered: row.deliveredAt = at
      case .read:
        row.readAt = at
        // A guest who reads at once may leave the report of the delivery out.
        if row.deliveredAt == .zero { row.deliveredAt = at }
      default: break
      }
      if status.rank >= MessageStatus.delivered.rank {
        row.cost.billedMicros = billedMicros
        row.cost.savedMicros = savedMicros
      }
    }
    state.setGatewayID(gatewayID, of: message)
  }
}

extension MessageReported {
  static var publicData: (any PublicData.Type)? { MessageReportedData.self }

  func publish(in state: State) -> PublicEvent? {
    var data = MessageReportedData()
    (data.status, data.reportedAt, data.billedMicros) = (status, at, billedMicros)
    return PublicEvent(data, message: message, in: state)
  }
}

package struct MessageReportedData: PublicData {
  package static let kind = PublicKind("message_reported")
  package static let summary = "WhatsApp reported on a message that it took."
  package var status = MessageStatus.sent
  package var reportedAt = Timestamp.zero
  package var billedMicros: Int64?

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("status", &status, "sent, delivered or read.")
    try visit.field("reported_at", &reportedAt, "When, by WhatsApp's clock.")
    try visit.field("billed_micros", &billedMicros, "Price of the delivery.")
  }
}
