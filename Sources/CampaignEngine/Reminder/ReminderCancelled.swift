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
    state.modify(reminder) { row in
      row.phase = .cancelled
      row.endedAt = now
    }
  }
}

extension ReminderCancelled {
  static var publicData: (any PublicData.Type)? { ReminderCancelledData.self }

  func publish(in state: State) -> PublicEvent? {
    var data = ReminderCancelledData()
    data.reminder = reminder
    return state.publicEvent(data, of: reminder)
  }
}

package struct ReminderCancelledData: PublicData {
  package static let kind = PublicKind("reminder_cancelled")
  package static let summary = "Nothing more is sent for a reminder."
  package var reminder = ReminderID.none

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("reminder_id", &reminder, "Reminder.")
  }
}
