import CampaignEngine
import Wire

package struct SenderView: WireObject {
  package var id = SenderID.none
  package var name = ""
  package var phone = Phone.none
  package var gateway = GatewayKind.simulator
  package var messagesPerSecond: Int64 = 0
  package var currency = ""
  package var rates: [Rate] = []
  package var stopWords: [String] = []
  package var createdAt = Timestamp.zero

  package init() {}

  init(_ id: SenderID, _ row: Sender) {
    self.id = id
    (name, phone, gateway) = (row.name, row.phone, row.gateway)
    (messagesPerSecond, currency, rates) = (row.messagesPerSecond, row.currency, row.rates)
    (stopWords, createdAt) = (row.stopWords, row.createdAt)
  }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("id", &id, "Identifier.")
    try visit.field("name", &name, "What people call this number.")
    try visit.field("phone", &phone, "The business number.")
    try visit.field("gateway", &gateway, "Who carries its messages.")
    try visit.field("messages_per_second", &messagesPerSecond, "Throughput of the number.")
    try visit.field("currency", &currency, "Currency of its prices.")
    try visit.field("rates", &rates, "Dated prices.")
    try visit.field("stop_words", &stopWords, "Whole messages that opt a guest out.")
    try visit.field("created_at", &createdAt, "When it was created.")
  }
}
