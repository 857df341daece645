import Wire

struct GuestCreated: Event {
  static let kind = EventKind.guestCreated
  var project: UInt32 = 0
  var profile = GuestProfile()

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("project", &project, "Space of the project.")
    try visit.field("profile", &profile, "Everything given.")
  }

  func apply(to state: inout State) {
    var guest = Guest()
    guest.createdAt = state.now
    let id = GuestID(space: project, counter: state.projects[Int(project)].guests.nextCounter)
    state.projects[Int(project)].guests.append(guest)
    state.applyProfile(profile, to: id)
    state.linkGuest(id)
  }
}
