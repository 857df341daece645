import Wire

/// A block of a snapshot: a reminder, or guests skipped by the one before.
struct StoredReminder: WireObject {
  var row: Reminder?
  var skips: [ReminderSkip] = []

  init() {}
  init(row: Reminder) { self.row = row }
  init(skips: [ReminderSkip]) { self.skips = skips }

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("row", &row, "A reminder.")
    try visit.field("skips", &skips, "Guests skipped by the reminder before.")
  }
}

extension State {
  mutating func restore(_ stored: StoredReminder, in space: UInt32) throws {
    if let row = stored.row { projects[space].reminders.append(ReminderState(row: row)) }
    let last = projects[space].reminders.count
    guard last > 0 else {
      throw UnreadableEvent(description: "skipped guests come before their reminder")
    }
    for skip in stored.skips { projects[space].reminders[counter: last].skips.append(skip) }
  }
}
