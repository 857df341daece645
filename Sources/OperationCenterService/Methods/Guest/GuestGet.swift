import CampaignEngine
import JSONRPC
import Wire

struct GuestGet: ServiceQuery {
  static let name = "guest.get"
  static let summary = "Gives one guest."
  static let errors = [ServiceError.notFound]
  static let examples = [
    MethodExample(
      name: "a bride who has answered",
      params: #"{"guest_id":"gst_1"}"#,
      result:
        #"{"id":"gst_1","project_id":"prj_1","external_id":"A-001","name":"Meera Rao","phone":"+919812300045","category":"vip","language":"en","time_zone":null,"party_size":2,"rsvp":"attending","attending_count":1,"events":[{"key":"wedding","rsvp":"attending","attending_count":1,"answered_at":"2026-11-22T09:50:00.000Z","answered_by":"guest"},{"key":"sangeet","rsvp":"pending","attending_count":0,"answered_at":null}],"tags":["bride","sangeet"],"fields":{"table":"4"},"subscription":"subscribed","reachable":true,"session_window":{"open":true,"closes_at":"2026-11-23T09:49:58.000Z"},"created_at":"2026-11-22T09:30:00.000Z","updated_at":"2026-11-22T09:50:00.000Z"}"#
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
      throw Rejection.notFound(params.guest)
    }
    return GuestView(params.guest, in: center)
  }
}
