import CampaignEngine
import JSONRPC
import Wire

struct GuestErase: ServiceLongChange {
  static let name = "guest.erase"
  /// A person may be a guest of several projects, and both reach all that is held of them.
  static let isOfWhole = true
  static let summary = "Deletes a guest for good: everything personal goes, sums stay."
  static let details =
    "Gone are name, number, fields, tags, what was sent to the guest and what they wrote, variables, texts of errors, and remembered results that show them. The category, answers and counts stay in the sums. Of a number that opted out, or that a campaign which may still take guests has written to, only a keyed hash stays, by which it is left alone when it comes again; the key is the file SECRET of the data directory. Webhooks that came before are worked off first. Old files on disk go after a snapshot that this asks for; guest.erasure_status says when."
  static let capability: Capability? = .administer
  static let errors = [ServiceError.notFound] + ServiceError.ofChanges + ServiceError.ofJobs
  static let examples = [
    MethodExample(
      name: "a guest who asks to be forgotten", params: #"{"guest_id":"gst_5"}"#,
      result:
        #"{"guest_id":"gst_5","state":"done","erased_at":"2026-11-22T09:55:00.000Z","waiting_for":[]}"#
    )
  ]

  struct Params: KeyedParams {
    var guest = GuestID.none
    var idempotencyKey: String?

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("guest_id", &guest, "Guest; one that was deleted, too.")
      try visit.idempotencyKey(&idempotencyKey)
    }
  }

  typealias Output = ErasureView

  static func plan(
    _ params: Params, in center: isolated OperationCenter
  ) throws -> ChangePlan<Void> {
    // What came before may speak of the guest, and would bring them back.
    center.engine.state.heldGuest(params.guest) == nil ? .now(()) : .afterWebhooks(())
  }

  static func change(
    _ params: Params, _ found: Void, in center: isolated OperationCenter
  ) throws -> ErasureView {
    try center.makeSecretIfNone()
    try center.perform(EraseGuest(guest: params.guest, sequence: center.sequence))
    center.erasureHappened()
    return try ErasureView(params.guest, in: center)
  }
}
