import CampaignEngine
import JSONRPC
import Wire

struct SenderGet: ServiceMethod {
  static let name = "sender.get"
  static let summary = "Gives one sender."
  static let isMutating = false
  static let errors = [ServiceError.notFound]
  static let examples = [
    MethodExample(
      name: "a number and what waits at it",
      params: #"{"sender_id":"snd_1"}"#,
      result:
        #"{"id":"snd_1","name":"Weddings Jakarta","phone":"+6281100000001","gateway":"simulator","daily":{"limit":null,"used":4,"room_at":null},"queued":{"replies":0,"campaigns":1,"others":0,"daily_limit":0,"template_stop":0}}"#
    )
  ]

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
