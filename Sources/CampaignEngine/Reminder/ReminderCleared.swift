import Wire

/// One slice of a cancelled reminder's messages was looked at.
struct ReminderCleared: InternalEvent {
  static let kind = EventKind.reminderCleared
  var reminder = ReminderID.none
  var cleared = 0

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("reminder", &reminder, "Reminder.")
    try visit.field("cleared", &cleared, "Messages looked at so far.")
  }

  func apply(to state: inout State) {
    state.modify(reminder) { $0.cleared = cleared }
  }
}
