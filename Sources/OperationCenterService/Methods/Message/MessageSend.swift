import CampaignEngine
import JSONRPC
import Wire

/// Free text needs an open session window; a template goes at any time. Quiet hours hold neither,
/// and no campaign's pause does: an operator knows what they do.
struct MessageSend: ServiceChange {
  static let name = "message.send"
  static let summary =
    "Writes to one guest, beside whatever a flow does: free text in an open session window, or a template."
  static let details =
    "With execution_id the message shows in that execution's history and never moves it. A reply that asks nothing of a flow waits in message.list {needs_attention}."
  static let errors = [ServiceError.notFound, ServiceError.notReady] + ServiceError.ofChanges
  static let examples = [
    MethodExample(
      name: "A word to a guest who has just written",
      params:
        #"{"guest_id":"gst_1","text":"Dear {{guest.name}}, there is parking behind the hall."}"#,
      result:
        #"{"id":"msg_8","direction":"outbound","status":"queued","sender_id":"snd_1","guest":{"id":"gst_1","name":"Meera Rao","phone":"+919812300045"},"campaign_id":null,"execution_id":null,"node_id":null,"purpose":"operator","reminder_id":null,"content":{"type":"text","text":"Dear Meera Rao, there is parking behind the hall.","template":null,"language":null,"buttons":[],"payload":null,"quotes":null},"gateway_message_id":null,"attempts":0,"error":null,"routed_by":null,"needs_attention":false,"cost":null,"created_at":"2026-11-22T09:55:00.000Z","ready_at":"2026-11-22T09:55:00.000Z","accepted_at":null,"sent_at":null,"delivered_at":null,"read_at":null,"failed_at":null,"to":"+919812300045","disposition":null,"applied_by":null,"warnings":[]}"#
    )
  ]

  struct Params: KeyedParams {
    var guest: GuestID?
    var execution: ExecutionID?
    var text: String?
    var template: TemplateUse?
    var sendBy: Timestamp?
    var idempotencyKey: String?

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("guest_id", &guest, "To this guest; or:")
      try visit.field(
        "execution_id", &execution, "To the guest of this execution, whose history shows it.")
      try visit.field(
        "text", &text,
        "Free text, while the session window is open; may have places such as {{guest.name}}. Or:",
        .length(1...Limits.textCharacters))
      try visit.field("template", &template, "An approved template.")
      try visit.field("send_by", &sendBy, "After this moment the message is not sent any more.")
      try visit.idempotencyKey(&idempotencyKey)
    }
  }

  struct Output: WireObject {
    var message = MessageView()
    var warnings: [Warning] = []
    static var schemaName: String { "MessageWritten" }

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try message.fields(&visit)
      try visit.field("warnings", &warnings, "What may keep the message from arriving.")
    }
  }

  struct Warning: WireObject {
    var code = LeftOutCode.unreachable
    var message = ""
    static var schemaName: String { "SendWarning" }

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("code", &code, "A word for programs.")
      try visit.field("message", &message, "For people.")
    }
  }

  static func change(_ params: Params, in center: isolated OperationCenter) throws -> Output {
    guard (params.guest == nil) != (params.execution == nil) else {
      throw Rejection.invalidParams(
        field: "guest_id", reason: "one_of", "expected either guest_id or execution_id")
    }
    let words: WriteMessage.Words
    switch (params.text, params.template) {
    case (let text?, nil): words = .text(text)
    case (nil, let template?): words = .template(template)
    default:
      throw Rejection.invalidParams(
        field: "text", reason: "one_of", "expected either text or template")
    }
    let id = try center.perform(
      WriteMessage(
        guest: params.guest ?? .none, execution: params.execution ?? .none, words: words,
        sendBy: params.sendBy))
    let state = center.engine.state
    var output = Output()
    output.message = MessageView(id, in: state)
    if state[state[id].guest].unreachableSince > .zero {
      output.warnings.append(
        Warning(code: .unreachable, message: LeftOut(code: .unreachable).message))
    }
    return output
  }
}
