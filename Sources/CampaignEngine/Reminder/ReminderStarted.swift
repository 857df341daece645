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
    state.modify(reminder) { row in
      row.phase = .sending
      row.startedAt = now
    }
  }
}

extension ReminderStarted {
  static var publicData: (any PublicData.Type)? { ReminderStartedData.self }

  func publish(in state: State) -> PublicEvent? {
    var data = ReminderStartedData()
    data.reminder = reminder
    return state.publicEvent(data, of: reminder)
  }
}

package struct ReminderStartedData: PublicData {
  package static let kind = PublicKind("reminder_started")
  package static let summary = "A reminder is due: its guests are judged and written to."
  package var reminder = ReminderID.none

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("reminder_id", &reminder, "Reminder.")
  }
}
