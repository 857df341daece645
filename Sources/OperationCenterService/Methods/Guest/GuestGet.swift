import CampaignEngine
import JSONRPC
import Wire

struct GuestGet: ServiceMethod {
  static let name = "guest.get"
  static let summary = "Gives one guest."
  static let isMutating = false
  static let errors = [ServiceError.notFound]

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
