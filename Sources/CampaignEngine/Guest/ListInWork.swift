/// What the rows of one call are told by those before them.
struct ListInWork {
  private var rowsByExternalID: [String: Int] = [:]
  /// Guests that rows were about.
  private var taken: Set<GuestID> = []
  /// Whoever is newer came with the list: two of one name in it are two people.
  private let lastGuest: UInt32

  init(space: UInt32, in state: State) { lastGuest = state.projects[space].guests.count }

  /// A key that comes twice is a mistake of the list: one of the two rows is somebody else, who would be
  /// overwritten.
  mutating func take(_ externalID: String, of row: Int) throws(RowFault) {
    if let first = rowsByExternalID[externalID] {
      throw RowFault(
        field: "external_id", reason: "repeated",
        message: "expected each external_id once; rows[\(first)] has the same one")
    }
    rowsByExternalID[externalID] = row
  }

  mutating func take(_ guest: GuestID) { taken.insert(guest) }

  /// Who may be meant by a row that matches nobody, if their phone is a new one. Two keys of the caller's
  /// own list are two guests.
  func namesakes(of profile: GuestProfile, space: UInt32, in state: State) -> [GuestID] {
    guard let name = profile.name else { return [] }
    let hasKey = profile.externalID?.isEmpty == false
    return state.guests(named: name, in: space).filter { id in
      id.counter <= lastGuest && !taken.contains(id)
        && !(hasKey && !state[id].externalID.isEmpty)
    }
  }
}
