/// Guests who have the names of a list's rows. A row that matches nobody by key or phone may be one of them
/// with a new phone: nobody knows but who made the list.
struct Namesakes {
  /// Those of before the list, by their folded names.
  private var guests: [FoldedText: [GuestID]] = [:]
  /// Rows have these already: they are other people of the same list.
  private var taken: Set<GuestID> = []

  /// A name that more have tells nothing.
  static let most = 5

  mutating func take(_ guest: GuestID) { taken.insert(guest) }

  /// Looks for all names of a list in one walk over the project.
  mutating func find(_ names: Set<FoldedText>, space: UInt32, in state: State) {
    let table = state.projects[space].guests
    guard table.count <= Limits.guestsForNamesakes else { return }
    table.forEach { counter, row in
      guard !row.isDeleted, !row.isTester else { return }
      let name = FoldedText(row.name)
      if names.contains(name) {
        guests[name, default: []].append(GuestID(space: space, counter: counter))
      }
    }
  }

  /// Who may be meant by a row that matches nobody. Two keys of the caller's own list are two guests.
  func candidates(for profile: GuestProfile, in state: State) -> [GuestID] {
    guard let name = profile.name, let found = guests[FoldedText(name)] else { return [] }
    let hasKey = profile.externalID?.isEmpty == false
    return found.filter { id in
      !taken.contains(id) && !state[id].isDeleted
        && !(hasKey && !state[id].externalID.isEmpty)
    }
  }
}

extension ImportWarning {
  /// Nil where nobody, or too many, may be meant.
  init?(possiblySame guests: [GuestID]) {
    guard (1...Namesakes.most).contains(guests.count) else { return nil }
    let names = guests.map(\.wireText).joined(separator: ", ")
    self.init(
      code: "possible_same_guest", field: "name", guests: guests,
      message: guests.count == 1
        ? "\(names) has the same name and another number."
        : "\(names) have the same name and other numbers.")
  }
}
