import CampaignEngine
import JSONRPC
import Wire

/// WhatsApp has no key by which a repeat would be recognised, so a send whose answer was lost is
/// settled by a report, by the campaign's policy, or here.
struct MessageResolve: ServiceChange {
  static let name = "message.resolve"
  static let summary = "Settles a message of which nobody knows whether it was sent."
  static let details =
    "sent: its execution goes on as if WhatsApp had taken it. not_sent: it is sent again, or fails. If WhatsApp then reports that both attempts were taken, both are paid for and counted as duplicate_accepted."
  static let errors = [ServiceError.notFound, ServiceError.invalidState] + ServiceError.ofChanges
  static let examples = [
    MethodExample(
      name: "the guest has it",
      params: #"{"message_id":"msg_20000001","outcome":"sent","gateway_message_id":"wamid.D1"}"#,
      result:
        #"{"id":"msg_20000001","direction":"outbound","status":"accepted","sender_id":"snd_2","guest":{"id":"gst_20000001","name":"Intan Sari","phone":"+6281230000201"},"campaign_id":"cmp_20000001","execution_id":"exe_20000001","node_id":"note","purpose":"node","reminder_id":null,"content":{"type":"template","text":"Dear Intan Sari, please save the date.","template":"save_the_date","language":"en","buttons":[],"payload":null,"quotes":null},"gateway_message_id":"wamid.D1","attempts":1,"error":null,"routed_by":null,"needs_attention":false,"cost":{"currency":"USD","category":"marketing","estimated_micros":null,"billed_micros":null,"saved_micros":0},"created_at":"2026-11-22T09:55:00.000Z","ready_at":"2026-11-22T09:55:00.000Z","accepted_at":"2026-11-22T09:55:00.000Z","sent_at":null,"delivered_at":null,"read_at":null,"failed_at":null,"to":"+6281230000201","disposition":null,"applied_by":null}"#
    ),
    MethodExample(
      name: "the guest has nothing",
      params: #"{"message_id":"msg_20000001","outcome":"not_sent","then":"resend"}"#,
      result:
        #"{"id":"msg_20000001","direction":"outbound","status":"queued","sender_id":"snd_2","guest":{"id":"gst_20000001","name":"Intan Sari","phone":"+6281230000201"},"campaign_id":"cmp_20000001","execution_id":"exe_20000001","node_id":"note","purpose":"node","reminder_id":null,"content":{"type":"template","text":"Dear Intan Sari, please save the date.","template":"save_the_date","language":"en","buttons":[],"payload":null,"quotes":null},"gateway_message_id":null,"attempts":1,"error":null,"routed_by":null,"needs_attention":false,"cost":{"currency":"USD","category":"marketing","estimated_micros":null,"billed_micros":null,"saved_micros":0},"created_at":"2026-11-22T09:55:00.000Z","ready_at":"2026-11-22T09:55:00.000Z","accepted_at":null,"sent_at":null,"delivered_at":null,"read_at":null,"failed_at":null,"to":"+6281230000201","disposition":null,"applied_by":null}"#
    ),
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

  static func change(_ params: Params, in center: isolated OperationCenter) throws -> MessageView {
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

enum ResolvedOutcome: String, WireEnum {
  case sent
  case notSent = "not_sent"
}

enum NotSentAction: String, WireEnum {
  case resend, fail
}
