import Wire

struct GuestCreated: Event {
  static let kind = EventKind.guestCreated
  var project: UInt32 = 0
  var profile = GuestProfile()
  var isTester = false

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("project", &project, "Space of the project.")
    try visit.field("profile", &profile, "Everything given.")
    try visit.field("is_tester", &isTester, "Walks tests only.")
  }

  func changedGuest(in state: State) -> GuestID? {
    GuestID(space: project, counter: state.projects[Int(project)].guests.count)
  }

  func apply(to state: inout State) {
    let id = state.appendGuest(in: project, isTester: isTester)
    state.applyProfile(profile, to: id)
    state.linkGuest(id)
  }
}
