import CampaignEngine
import JSONRPC
import Wire

struct MessageGet: ServiceQuery {
  static let name = "message.get"
  static let summary = "Gives one message: what it says, where it stands, what it costs."
  static let errors = [ServiceError.notFound]
  static let examples = [
    MethodExample(
      name: "an invitation that was delivered",
      params: #"{"message_id":"msg_1"}"#,
      result:
        #"{"id":"msg_1","direction":"outbound","status":"delivered","sender_id":"snd_1","guest":{"id":"gst_1","name":"Meera Rao","phone":"+919812300045"},"campaign_id":"cmp_1","execution_id":"exe_1","node_id":"invite","purpose":"node","reminder_id":null,"content":{"type":"template","text":"Dear Meera Rao, join us on 2026-12-12.","template":"wedding_invite","language":"en","buttons":[{"payload":"exe_1:answer:yes","title":"Attending"},{"payload":"exe_1:answer:maybe","title":"Maybe"},{"payload":"exe_1:answer:no","title":"Sorry"}],"payload":null,"quotes":null},"gateway_message_id":"wamid.C1","attempts":1,"error":null,"routed_by":null,"needs_attention":false,"cost":{"currency":"USD","category":"marketing","estimated_micros":41100,"billed_micros":41100,"saved_micros":0},"created_at":"2026-11-22T09:40:00.000Z","ready_at":"2026-11-22T09:40:00.000Z","accepted_at":"2026-11-22T09:40:05.000Z","sent_at":null,"delivered_at":"2026-11-22T09:40:04.000Z","read_at":null,"failed_at":null,"to":"+919812300045","disposition":null,"applied_by":null}"#
    )
  ]

  struct Params: WireObject {
    var message = MessageID.none

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("message_id", &message, "Message.")
    }
  }

  typealias Output = MessageView

  static func run(_ params: Params, in center: isolated OperationCenter) throws -> MessageView {
    guard center.engine.state.find(params.message) != nil else {
      throw Rejection.notFound(params.message)
    }
    return MessageView(params.message, in: center.engine.state)
  }
}
