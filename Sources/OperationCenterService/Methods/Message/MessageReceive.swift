import CampaignEngine
import JSONRPC
import Wire

/// What WhatsApp delivered, passed on by whoever listens to it. No project: the sender and the
/// person lead to the guest.
struct MessageReceive: ServiceChange {
  static let name = "message.receive"
  static let isOfWhole = true
  static let summary = "Takes in a message that a guest wrote, or a button that they tapped."
  static let details =
    "Unique by sender and gateway_message_id: a second delivery gets the first answer with duplicate true."
  static let capability: Capability? = .ingest
  static let isRepeatable = true
  static let errors = [ServiceError.notFound] + ServiceError.ofChanges
  static let examples = [
    MethodExample(
      name: "a guest taps a button",
      params:
        #"{"sender":"+6281100000001","gateway_message_id":"wamid.A7","from":"+6281230000077","sent_at":"2026-11-22T09:54:00.000Z","content":{"type":"button","payload":"exe_2:answer:no","title":"Sorry"}}"#,
      result:
        #"{"message_id":"msg_8","duplicate":false,"guest_id":"gst_2","execution_id":"exe_2","routed_by":"button","reopened":false,"opted_out":false,"session_window":{"open":true,"closes_at":"2026-11-23T09:54:00.000Z"},"released":[],"disposition":"applied"}"#
    )
  ]

  struct Params: KeyedParams {
    var sender = SenderReference.none
    var gatewayMessageID = ""
    var from: Phone?
    var userID: String?
    var sentAt = Timestamp.zero
    var quotes: String?
    var content = InboundContent()
    var idempotencyKey: String?

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("sender", &sender, "The number that was written to, or its identifier.")
      try visit.field(
        "gateway_message_id", &gatewayMessageID, "WhatsApp's id of the message.", .length(1...256))
      try visit.field("sent_at", &sentAt, "When it was written, by WhatsApp's clock.")
      try visit.field("content", &content, "What was written.")
      try visit.field("from", &from, "The person's number.")
      try visit.field("user_id", &userID, "The person's WhatsApp user id.", .length(1...160))
      try visit.field(
        "quotes", &quotes, "WhatsApp's id of the message that it answers.", .length(1...256))
      try visit.idempotencyKey(&idempotencyKey)
    }
  }

  struct Output: WireObject {
    var message = MessageID.none
    var isDuplicate = false
    var guest: GuestID?
    var execution: ExecutionID?
    var routedBy: RoutedBy?
    var hasReopened = false
    var hasOptedOut = false
    var sessionWindow = SessionWindowView()
    var released: [MessageID] = []
    var disposition: Disposition?
    var hint: String?
    static var schemaName: String { "MessageReceived" }

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("message_id", &message, "Our message.")
      try visit.field("duplicate", &isDuplicate, "It was taken in before; nothing changed.")
      try visit.field("guest_id", &guest, "Guest, where one is known.")
      try visit.field("execution_id", &execution, "Execution that it answers.")
      try visit.field("routed_by", &routedBy, "How that was found; null if it was not.")
      try visit.field(
        "reopened", &hasReopened, "It took the execution back to a wait that it had left.")
      try visit.field("opted_out", &hasOptedOut, "It asked not to be written to.")
      try visit.field("session_window", &sessionWindow, "The window afterwards.")
      try visit.field("released", &released, "Held invitations that go now.")
      try visit.field("disposition", &disposition, "What became of it.")
      try visit.field(
        "hint", &hint,
        "What the person would have to do, where their wish is not ours to fulfil alone.",
        .omittable
      )
    }
  }

  static func change(_ params: Params, in center: isolated OperationCenter) throws -> Output {
    var content = params.content.data.row
    content.quotes = params.quotes ?? ""
    let result = try center.perform(
      ReceiveMessage(
        sender: try params.sender.resolved(in: center), gatewayID: params.gatewayMessageID,
        from: params.from, userID: params.userID, sentAt: params.sentAt, content: content))
    let state = center.engine.state
    let row = state[result.message]
    var output = Output()
    (output.message, output.isDuplicate) = (result.message, result.isDuplicate)
    (output.guest, output.routedBy) = (row.guest.nilIfNone, row.routedBy)
    output.execution = row.execution.nilIfNone
    (output.hasReopened, output.hasOptedOut) = (result.hasReopened, result.hasOptedOut)
    output.sessionWindow = SessionWindowView(
      state[row.sender].persons[row.person], at: center.now)
    (output.released, output.disposition) = (result.released, row.disposition)
    let isStopped = state[row.sender].persons[row.person].isMarketingStopped
    if row.disposition == .optedIn, isStopped {
      output.hint = ImportWarning.marketingStopped.message
    }
    return output
  }
}
