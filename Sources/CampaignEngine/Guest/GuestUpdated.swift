import Wire

struct GuestUpdated: Event {
  static let kind = EventKind.guestUpdated
  var guest = GuestID.none
  var profile = GuestProfile()
  /// The guest's own answer, as opposed to an operator's or a list's.
  var isByGuest = false

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("guest", &guest, "Guest.")
    try visit.field("profile", &profile, "What changes.")
    try visit.field("is_by_guest", &isByGuest, "The guest said so.")
  }

  func changedGuest(in state: State) -> GuestID? { guest }

  func apply(to state: inout State) {
    let oldPhone = state[guest].phone
    if let phone = profile.phone, phone != oldPhone {
      state.unlinkGuest(guest)
      state.applyProfile(profile, to: guest, isByGuest: isByGuest)
      state.linkGuest(guest)
    } else {
      state.applyProfile(profile, to: guest, isByGuest: isByGuest)
    }
  }
}
