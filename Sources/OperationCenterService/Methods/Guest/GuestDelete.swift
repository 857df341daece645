import CampaignEngine
import JSONRPC
import Wire

struct GuestDelete: ServiceChange {
  static let name = "guest.delete"
  static let summary = "Takes a guest off the list and cancels what is under way for them."
  static let details =
    "The external_id is free again. Past executions keep showing the guest, and statistics keep counting them; guest.erase removes what is kept."
  static let errors = [ServiceError.notFound] + ServiceError.ofChanges
  static let examples = [
    MethodExample(
      name: "a guest who is not invited after all", params: #"{"guest_id":"gst_5"}"#,
      result: #"{"id":"gst_5","deleted":true}"#)
  ]

  struct Params: KeyedParams {
    var guest = GuestID.none
    var idempotencyKey: String?

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("guest_id", &guest, "Guest.")
      try visit.idempotencyKey(&idempotencyKey)
    }
  }

  typealias Output = Deletion

  static func change(_ params: Params, in center: isolated OperationCenter) throws -> Deletion {
    try center.perform(DeleteGuest(guest: params.guest))
    return Deletion(params.guest.wireText)
  }
}
