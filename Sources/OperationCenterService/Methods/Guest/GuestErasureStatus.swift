import CampaignEngine
import JSONRPC
import Wire

struct GuestErasureStatus: ServiceQuery {
  static let name = "guest.erasure_status"
  static let summary = "Says whether anything on disk still tells of an erased guest."
  static let details =
    "Only this service's own files are looked at: backups of them are whoever made them to care for."
  static let errors = [ServiceError.notFound]
  static let examples = [
    MethodExample(
      name: "a guest who was not erased", params: #"{"guest_id":"gst_1"}"#,
      result: #"{"guest_id":"gst_1","state":"not_erased","erased_at":null,"waiting_for":[]}"#)
  ]

  struct Params: WireObject {
    var guest = GuestID.none

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("guest_id", &guest, "Guest; one that was deleted, too.")
    }
  }

  typealias Output = ErasureView

  static func run(_ params: Params, in center: isolated OperationCenter) throws -> ErasureView {
    guard center.engine.state.heldGuest(params.guest) != nil else {
      throw Rejection.notFound(params.guest)
    }
    return try ErasureView(params.guest, in: center)
  }
}
