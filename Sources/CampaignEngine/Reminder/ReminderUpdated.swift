import Wire

/// A scheduled reminder is another one now, or falls due at another time.
struct ReminderUpdated: Event {
  static let kind = EventKind.reminderUpdated
  var reminder = ReminderID.none
  var plan = ReminderPlan()
  var dueAt = Timestamp.zero

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("reminder", &reminder, "Reminder.")
    try visit.field("plan", &plan, "Whom, what and when.")
    try visit.field("due_at", &dueAt, "When it is due.")
  }

  func apply(to state: inout State) {
    state.modify(reminder) { row in
      row.plan = plan
      row.dueAt = dueAt
    }
    state.setReminderAlarm(of: reminder)
  }
}

extension ReminderUpdated {
  static var publicData: (any PublicData.Type)? { ReminderUpdatedData.self }

  func publish(in state: State) -> PublicEvent? {
    var data = ReminderUpdatedData()
    (data.reminder, data.dueAt) = (reminder, dueAt)
    return state.publicEvent(data, of: reminder)
  }
}

package struct ReminderUpdatedData: PublicData {
  package static let kind = PublicKind("reminder_updated")
  package static let summary = "A scheduled reminder is another one, or falls due at another time."
  package var reminder = ReminderID.none
  package var dueAt = Timestamp.zero

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("reminder_id", &reminder, "Reminder.")
    try visit.field("due_at", &dueAt, "When it is due.")
  }
}
