import CampaignEngine
import JSONRPC
import Wire

struct OutboxClaim: ServiceChange {
  static let name = "outbox.claim"
  static let isOfWhole = true
  static let summary = "Takes messages that are due, for a program that sends them for us."
  static let details =
    "For senders whose gateway is client. Each attempt is durable before it is answered, and leased: without a report in time nobody knows what became of it, and it is not sent again but by the campaign's policy. Rates hold at the claim, so an empty answer says when to ask again. A template's buttons stand in the order and with the index that WhatsApp is to be sent: the payload of each quick reply, and the end of each link that has a place."
  static let capability: Capability? = .ingest
  static let errors = [ServiceError.notFound, ServiceError.notReady] + ServiceError.ofChanges
  static let examples = [
    MethodExample(
      name: "one invitation", params: #"{"sender":"snd_2","limit":10,"lease":"2m"}"#,
      result:
        #"{"items":[{"callback_data":"msg_20000001.1","message_id":"msg_20000001","to":"+6281230000201","user_id":null,"content":{"type":"template","text":null,"template":{"name":"save_the_date","language":"en","header":null,"parameters":[{"name":"guest_name","value":"Intan Sari"}],"buttons":[]},"buttons":[]},"lease_until":"2026-11-22T09:57:00.000Z"}],"next_at":null}"#
    )
  ]

  struct Params: KeyedParams {
    var sender = SenderReference.none
    var limit: Int64 = 20
    var lease = TimeSpan.seconds(60)
    var idempotencyKey: String?

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("sender", &sender, "The number, or its identifier.")
      try visit.field("limit", &limit, "Attempts at most.", .defaulted.range(1...100))
      try visit.field("lease", &lease, "Time for the report, 5s to 1h.", .defaulted)
      try visit.idempotencyKey(&idempotencyKey)
    }
  }

  struct Output: WireObject {
    var items: [OutboxItem] = []
    var nextAt: Timestamp?
    static var schemaName: String { "OutboxClaimed" }

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("items", &items, "Attempts to make.")
      try visit.field(
        "next_at", &nextAt, "When more will be due; null while nothing is known to come.")
    }
  }

  static func change(_ params: Params, in center: isolated OperationCenter) throws -> Output {
    let sender = try params.sender.resolved(in: center)
    let requests = try center.perform(
      ClaimSends(sender: sender, limit: Int(params.limit), lease: params.lease))
    let state = center.engine.state
    var output = Output()
    output.items = requests.map { OutboxItem($0, in: state) }
    output.nextAt = state.nextSend(of: sender).map { max($0, center.now) }
    return output
  }
}
