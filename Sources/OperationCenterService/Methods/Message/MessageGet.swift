import CampaignEngine
import JSONRPC
import Wire

struct MessageGet: ServiceMethod {
  static let name = "message.get"
  static let summary = "Gives one message: what it says, where it stands, what it costs."
  static let isMutating = false
  static let errors = [ServiceError.notFound]
  static let examples = [
    MethodExample(
      name: "an invitation that was delivered",
      params: #"{"message_id":"msg_1"}"#,
      result:
        #"{"id":"msg_1","direction":"outbound","status":"delivered","execution_id":"exe_1","content":{"type":"template","text":"Dear Meera Rao, join us on 2026-12-12."},"cost":{"currency":"USD","category":"marketing","billed_micros":41100}}"#
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
      throw Rejection.notFound(params.message.wireText, "Message")
    }
    return MessageView(params.message, in: center.engine.state)
  }
}
