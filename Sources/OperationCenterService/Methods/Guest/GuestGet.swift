import CampaignEngine
import JSONRPC
import Wire

struct GuestGet: ServiceMethod {
  static let name = "guest.get"
  static let summary = "Gives one guest."
  static let isMutating = false
  static let errors = [ServiceError.notFound]
  static let examples = [
    MethodExample(
      name: "a bride who has answered",
      params: #"{"guest_id":"gst_1"}"#,
      result:
        #"{"id":"gst_1","name":"Meera Rao","category":"vip","rsvp":"attending","attending_count":1,"session_window":{"open":true,"closes_at":"2026-11-23T09:49:58.000Z"}}"#
    )
  ]

  struct Params: WireObject {
    var guest = GuestID.none

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("guest_id", &guest, "Guest.")
    }
  }

  typealias Output = GuestView

  static func run(_ params: Params, in center: isolated OperationCenter) throws -> GuestView {
    guard center.engine.state.find(params.guest) != nil else {
      throw Rejection.notFound(params.guest.wireText, "Guest")
    }
    return GuestView(params.guest, in: center)
  }
}
