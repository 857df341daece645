import Wire

/// Nothing more is sent for a reminder. What has not gone yet is taken back in slices.
struct ReminderCancelled: Event {
  static let kind = EventKind.reminderCancelled
  var reminder = ReminderID.none

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("reminder", &reminder, "Reminder.")
  }

  func apply(to state: inout State) {
    let now = state.now
    state.modifyReminder(reminder) { row in
      row.phase = .cancelled
      row.endedAt = now
    }
  }
}
