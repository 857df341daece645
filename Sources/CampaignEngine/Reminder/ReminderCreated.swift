import Wire

/// A reminder was scheduled.
struct ReminderCreated: Event {
  static let kind = EventKind.reminderCreated
  var reminder = ReminderID.none
  var row = Reminder()

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("reminder", &reminder, "Reminder.")
    try visit.field("row", &row, "What it is.")
  }

  func apply(to state: inout State) { state.appendReminder(reminder, row) }
}
