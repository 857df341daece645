import Wire

/// A number or a user id that was erased has come again, and its hash says whose it was.
struct PersonRecognised: InternalEvent {
  static let kind = EventKind.personRecognised
  var sender = SenderID.none
  var person: UInt32 = 0
  var digest = ""
  var phone = Phone.none
  var userID = ""

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("sender", &sender, "Sender.")
    try visit.field("person", &person, "Row of the person.")
    try visit.field("digest", &digest, "Hash that was left of it.")
    try visit.field("phone", &phone, "Number that has come again.")
    try visit.field("user_id", &userID, "User id that has come again.")
  }

  func apply(to state: inout State) {
    state.modifyPerson(person, of: sender) { row in
      row.digests.removeAll { $0 == digest }
      if !phone.isNone {
        if row.phone.isNone { row.phone = phone } else { row.otherPhones.append(phone) }
      }
      if !userID.isEmpty {
        if row.userID.isEmpty { row.userID = userID } else { row.otherUserIDs.append(userID) }
      }
    }
  }
}
