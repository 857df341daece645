import CampaignEngine
import Wire

/// How far the erasure of a guest has come.
package struct ErasureView: WireObject {
  package enum State: String, WireEnum {
    case notErased = "not_erased"
    case waitingForStorage = "waiting_for_storage"
    case done
  }

  package enum Place: String, WireEnum { case journal, snapshot, quarantine }

  package var guest = GuestID.none
  package var state = State.notErased
  package var erasedAt: Timestamp?
  package var waitingFor: [Place] = []

  package init() {}
  package static var schemaName: String { "GuestErasure" }

  init(_ guest: GuestID, in center: isolated OperationCenter) throws {
    self.guest = guest
    guard let erasure = center.engine.state.erasure(of: guest) else { return }
    erasedAt = erasure.at
    waitingFor = try center.filesOlder(than: erasure)
    state = waitingFor.isEmpty ? .done : .waitingForStorage
  }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("guest_id", &guest, "Guest.")
    try visit.field(
      "state", &state,
      "waiting_for_storage while files on disk are older than the erasure; done once none is.")
    try visit.field("erased_at", &erasedAt, "When the guest was erased.")
    try visit.field("waiting_for", &waitingFor, "Where such files are.")
  }
}
