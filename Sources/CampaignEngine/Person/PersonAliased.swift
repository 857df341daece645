import Wire

/// Another number of a person became known: WhatsApp writes it otherwise, or they changed it.
struct PersonAliased: InternalEvent {
  static let kind = EventKind.personAliased
  var sender = SenderID.none
  var person: UInt32 = 0
  var phone = Phone.none

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("sender", &sender, "Sender.")
    try visit.field("person", &person, "Row of the person.")
    try visit.field("phone", &phone, "Number that is theirs too.")
  }

  func apply(to state: inout State) {
    if let other = state.senders[sender].personsByPhone[phone], other != person {
      state.modifyPerson(other, of: sender) { row in
        row.otherPhones.removeAll { $0 == phone }
        if row.phone == phone { row.phone = .none }
      }
      state.moveLooseMessages(from: other, to: person, at: sender)
    }
    state.modifyPerson(person, of: sender) { row in
      if row.phone.isNone { row.phone = phone } else { row.otherPhones.append(phone) }
    }
  }
}

extension State {
  /// What nobody's row of a person wrote is found to be somebody's. Chains stand newest first.
  mutating func moveLooseMessages(from other: UInt32, to person: UInt32, at sender: SenderID) {
    let moved = looseMessages(of: other, at: sender)
    guard !moved.isEmpty else { return }
    let all = (moved + looseMessages(of: person, at: sender)).sorted()
    for id in moved { modify(id) { $0.person = person } }
    senders[sender].persons[links: other].lastLooseMessage = 0
    senders[sender].persons[links: person].lastLooseMessage = 0
    for id in all { linkLooseMessage(id.counter, of: sender, person) }
  }
}
