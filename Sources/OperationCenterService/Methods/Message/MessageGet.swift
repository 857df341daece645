import CampaignEngine
import JSONRPC
import Wire

struct MessageGet: ServiceMethod {
  static let name = "message.get"
  static let summary = "Gives one message: what it says, where it stands, what it costs."
  static let isMutating = false
  static let errors = [ServiceError.notFound]

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
