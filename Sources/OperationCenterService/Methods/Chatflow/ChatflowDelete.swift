import CampaignEngine
import JSONRPC
import Wire

struct ChatflowDelete: ServiceChange {
  static let name = "chatflow.delete"
  static let summary = "Deletes a chatflow that no unfinished campaign walks."
  static let errors = [ServiceError.notFound] + ServiceError.ofChanges
  static let examples = [
    MethodExample(
      name: "a chatflow that no campaign uses", params: #"{"chatflow_id":"flw_2"}"#,
      result: #"{"id":"flw_2","deleted":true}"#)
  ]

  struct Params: KeyedParams {
    var chatflow = ChatflowID.none
    var idempotencyKey: String?

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("chatflow_id", &chatflow, "Chatflow.")
      try visit.idempotencyKey(&idempotencyKey)
    }
  }

  typealias Output = Deletion

  static func change(_ params: Params, in center: isolated OperationCenter) throws -> Deletion {
    try center.perform(DeleteChatflow(chatflow: params.chatflow))
    return Deletion(params.chatflow.wireText)
  }
}
