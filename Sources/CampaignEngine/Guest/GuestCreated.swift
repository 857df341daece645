import Wire

struct GuestCreated: Event {
  static let kind = EventKind.guestCreated
  var project: UInt32 = 0
  var profile = GuestProfile()
  var isTester = false
  /// Of the guest that comes to be.
  var counter: UInt32 = 0

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("project", &project, "Space of the project.")
    try visit.field("profile", &profile, "Everything given.")
    try visit.field("is_tester", &isTester, "Walks tests only.")
    try visit.field("counter", &counter, "Counter of the identifier.")
  }

  func changedGuest(in state: State) -> GuestID? {
    GuestID(space: project, counter: state.projects[project].guests.count)
  }

  func apply(to state: inout State) {
    let id = state.appendGuest(profile, in: project, isTester: isTester)
    state.linkGuest(id, state[id].phone)
  }
}

extension GuestCreated {
  static var publicData: (any PublicData.Type)? { GuestCreatedData.self }

  mutating func complete(from state: State) {
    counter = state.projects[project].guests.nextCounter
  }

  func publish(in state: State) -> PublicEvent? {
    var data = GuestCreatedData()
    data.category = profile.category.flatMap { $0.isEmpty ? nil : $0 }
    data.partySize = profile.partySize ?? 1
    return PublicEvent(data, guest: GuestID(space: project, counter: counter))
  }
}

package struct GuestCreatedData: PublicData {
  package static let kind = PublicKind("guest_created")
  package static let summary = "A guest was added to a project's list."
  package var category: String?
  package var partySize: Int64 = 1

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("category", &category, "Category.")
    try visit.field("party_size", &partySize, "How many are invited.")
  }
}
