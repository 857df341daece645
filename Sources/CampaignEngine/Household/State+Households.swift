/// Who shares a telephone or a household, by the rows alone.
extension State {
  /// Who may be of one household with somebody, lowest first.
  func housemates(of guest: GuestID) -> [GuestID] {
    if self[guest].household.isEmpty, hasTelephoneAlone(guest) { return [] }
    var all = Set(self[guest].person == 0 ? [] : guests(onTelephoneOf: guest))
    for key in Set((all + [guest]).map { self[$0].household }) {
      all.formUnion(guests(ofHousehold: key, in: guest.space))
    }
    all.remove(guest)
    return all.sorted()
  }

  /// No other guest of the project has the number, however it is spelled.
  func hasTelephoneAlone(_ guest: GuestID) -> Bool {
    hasNumberAlone(guest)
      && otherSpelling(of: self[guest].person, at: senderID(ofSpace: guest.space)) == nil
  }

  /// Whose own number is the same telephone's, spelled otherwise, as long as WhatsApp has not told that it
  /// is one person. A number from which somebody else once answered is an alias: nobody is written to there.
  func otherSpelling(of person: UInt32, at sender: SenderID) -> UInt32? {
    guard person != 0, let spelling = self[sender].persons[person].phone.otherSpelling,
      let other = self[sender].personsByPhone[spelling], other != person,
      self[sender].persons[other].phone == spelling
    else { return nil }
    return other
  }

  /// Guests of a project who have one telephone, lowest first.
  package func guests(onTelephoneOf guest: GuestID) -> [GuestID] {
    let (person, space) = (self[guest].person, guest.space)
    let sender = senderID(ofSpace: space)
    return [person, otherSpelling(of: person, at: sender) ?? 0]
      .flatMap { guests(of: $0, at: sender) }
      .filter { $0.space == space }.sorted()
  }

  /// Whoever was chosen as the contact stands before the others; else it stays as it is.
  func contactsFirst(_ guests: [GuestID]) -> [GuestID] {
    guard let first = guests.first else { return guests }
    guard case let contacts = projects[of: first].symbols.symbols(like: Guest.contactRole),
      !contacts.isEmpty
    else { return guests }
    let chosen = guests.filter { contacts.contains(self[$0].householdRole) }
    return chosen.isEmpty
      ? guests : chosen + guests.filter { !contacts.contains(self[$0].householdRole) }
  }
}

extension Guest {
  /// The role by which somebody is chosen as the contact of a household.
  package static let contactRole = "contact"
}
