import CampaignEngine
import JSONRPC
import Wire

/// WhatsApp has no key by which a repeat would be recognised, so a send whose answer was lost is
/// settled by a report, by the campaign's policy, or here.
struct MessageResolve: ServiceMethod {
  static let name = "message.resolve"
  static let summary = "Settles a message of which nobody knows whether it was sent."
  static let details =
    "sent: its execution goes on as if WhatsApp had taken it. not_sent: it is sent again, or fails. If WhatsApp then reports that both attempts were taken, both are paid for and counted as duplicate_accepted."
  static let errors = [ServiceError.notFound, ServiceError.invalidState] + ServiceError.ofChanges
  static let examples = [
    MethodExample(
      name: "the guest has it",
      params: #"{"message_id":"msg_20000001","outcome":"sent","gateway_message_id":"wamid.D1"}"#,
      result: #"{"id":"msg_20000001","status":"accepted","gateway_message_id":"wamid.D1"}"#),
    MethodExample(
      name: "the guest has nothing",
      params: #"{"message_id":"msg_20000001","outcome":"not_sent","then":"resend"}"#,
      result: #"{"id":"msg_20000001","status":"queued","attempts":1}"#),
  ]

  struct Params: KeyedParams {
    var message = MessageID.none
    var outcome = ResolvedOutcome.sent
    var gatewayMessageID: String?
    var then = NotSentAction.resend
    var idempotencyKey: String?

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("message_id", &message, "Message whose state is outcome_unknown.")
      try visit.field("outcome", &outcome, "What became of it.")
      try visit.field(
        "gateway_message_id", &gatewayMessageID,
        "WhatsApp's id, where it was sent and one is known.",
        .length(1...256))
      try visit.field("then", &then, "What follows where it was not sent.", .defaulted)
      try visit.idempotencyKey(&idempotencyKey)
    }
  }

  typealias Output = MessageView

  static func run(_ params: Params, in center: isolated OperationCenter) throws -> MessageView {
    try center.once(Self.self, params) {
      let outcome: ResolveMessage.Outcome =
        switch (params.outcome, params.then) {
        case (.sent, _): .sent(gatewayID: params.gatewayMessageID ?? "")
        case (.notSent, .resend): .resend
        case (.notSent, .fail): .failed
        }
      try center.perform(ResolveMessage(message: params.message, outcome: outcome))
      return MessageView(params.message, in: center.engine.state)
    }
  }
}

enum ResolvedOutcome: String, WireEnum {
  case sent
  case notSent = "not_sent"
}

enum NotSentAction: String, WireEnum {
  case resend, fail
}
