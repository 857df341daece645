import Wire

/// Somebody of whom nothing is known but the user id wrote, or told WhatsApp what they want.
struct PersonMet: InternalEvent {
  static let kind = EventKind.personMet
  var sender = SenderID.none
  var phone = Phone.none
  var userID = ""

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("sender", &sender, "Sender.")
    try visit.field("phone", &phone, "Number, where one is known.")
    try visit.field("user_id", &userID, "User id, where one is known.")
  }

  func apply(to state: inout State) {
    var row = Person(phone: phone)
    row.userID = userID
    state.append(row, at: sender)
  }
}
