import CampaignEngine
import JSONRPC
import Wire

/// For what nothing routed: `message.list {needs_attention: true}`.
struct MessageRoute: ServiceChange {
  static let name = "message.route"
  static let summary =
    "Gives an inbound message that nothing routed to an execution, as if it had come there, or dismisses it."
  static let details =
    "It answers the execution's open wait, or re-enters a wait that was left, by that wait's late_change. Where neither is so, it is only filed there."
  static let errors = [ServiceError.notFound, ServiceError.invalidState] + ServiceError.ofChanges
  static let examples = [
    MethodExample(
      name: "Somebody whom no list knows",
      params: #"{"message_id":"msg_4000000000001","dismiss":true}"#,
      result:
        #"{"id":"msg_4000000000001","direction":"inbound","status":"received","sender_id":"snd_1","guest":null,"campaign_id":null,"execution_id":null,"node_id":null,"purpose":"inbound","reminder_id":null,"content":{"type":"text","text":"Who is this?","template":null,"language":null,"buttons":[],"payload":null,"quotes":null},"gateway_message_id":"wamid.A2","attempts":0,"error":null,"routed_by":null,"needs_attention":false,"cost":null,"created_at":"2026-11-22T09:50:05.000Z","ready_at":null,"accepted_at":null,"sent_at":"2026-11-22T09:50:03.000Z","delivered_at":null,"read_at":null,"failed_at":null,"disposition":"applied","applied_by":{"sequence":99,"type":"message_routed"},"reopened":false}"#
    )
  ]

  struct Params: KeyedParams {
    var message = MessageID.none
    var execution: ExecutionID?
    var isDismissed = false
    var idempotencyKey: String?

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("message_id", &message, "Inbound message that needs attention.")
      try visit.field("execution_id", &execution, "Execution that it is given to; or:")
      try visit.field("dismiss", &isDismissed, "True to leave it where it is.", .defaulted)
      try visit.idempotencyKey(&idempotencyKey)
    }
  }

  struct Output: WireObject {
    var message = MessageView()
    var hasReopened = false
    static var schemaName: String { "MessageRouted" }

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try message.fields(&visit)
      try visit.field(
        "reopened", &hasReopened, "It took the execution back to a wait that it had left.")
    }
  }

  static func change(_ params: Params, in center: isolated OperationCenter) throws -> Output {
    guard (params.execution == nil) == params.isDismissed else {
      throw Rejection.invalidParams(
        field: "execution_id", reason: "one_of",
        "expected either execution_id or dismiss: true")
    }
    var output = Output()
    output.hasReopened = try center.perform(
      RouteMessage(message: params.message, execution: params.execution ?? .none))
    output.message = MessageView(params.message, in: center.engine.state)
    return output
  }
}
