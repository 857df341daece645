import Wire

struct GuestDeleted: Event {
  static let kind = EventKind.guestDeleted
  var guest = GuestID.none

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("guest", &guest, "Guest.")
  }

  func apply(to state: inout State) {
    state.unlinkGuest(guest)
    state.modify(guest) { $0.isDeleted = true }
  }
}

extension GuestDeleted {
  static var publicData: (any PublicData.Type)? { GuestDeletedData.self }

  func publish(in state: State) -> PublicEvent? {
    PublicEvent(GuestDeletedData(), guest: guest)
  }
}

package struct GuestDeletedData: PublicData {
  package static let kind = PublicKind("guest_deleted")
  package static let summary = "A guest was taken off a project's list."

  package init() {}
  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {}
}
