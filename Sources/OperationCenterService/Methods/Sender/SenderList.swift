import CampaignEngine
import JSONRPC
import Wire

struct SenderList: ServiceMethod {
  static let name = "sender.list"
  static let summary = "Lists senders in the order of their creation."
  static let isMutating = false
  static let examples = [
    MethodExample(
      name: "all numbers",
      params: #"{"limit":10}"#,
      result: #"{"items":[{"id":"snd_1","name":"Weddings Jakarta"}]}"#)
  ]

  struct Params: WireObject {
    var paging = Paging()

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try paging.fields(&visit)
    }
  }

  typealias Output = Page<SenderView>

  static func run(_ params: Params, in center: isolated OperationCenter) throws -> Page<SenderView>
  {
    let senders = center.engine.state.senders
    return try params.paging.page(upTo: UInt32(senders.count)) { counter in
      SenderView(SenderID(space: 0, counter: counter), in: center)
    }
  }
}
