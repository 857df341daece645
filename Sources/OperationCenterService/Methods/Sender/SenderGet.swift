import CampaignEngine
import JSONRPC
import Wire

struct SenderGet: ServiceMethod {
  static let name = "sender.get"
  static let summary = "Gives one sender."
  static let isMutating = false
  static let errors = [ServiceError.notFound]

  struct Params: WireObject {
    var sender = SenderID.none

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("sender_id", &sender, "Sender.")
    }
  }

  typealias Output = SenderView

  static func run(_ params: Params, in center: isolated OperationCenter) throws -> SenderView {
    guard center.engine.state.find(params.sender) != nil else {
      throw Rejection.notFound(params.sender.wireText, "Sender")
    }
    return SenderView(params.sender, in: center)
  }
}
