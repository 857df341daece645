import Wire

/// A reminder is due, or was sent before its time.
struct ReminderStarted: Event {
  static let kind = EventKind.reminderStarted
  var reminder = ReminderID.none

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("reminder", &reminder, "Reminder.")
  }

  func apply(to state: inout State) {
    let now = state.now
    state.modifyReminder(reminder) { row in
      row.phase = .sending
      row.startedAt = now
    }
  }
}
