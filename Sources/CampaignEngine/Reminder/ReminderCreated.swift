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

extension ReminderCreated {
  static var publicData: (any PublicData.Type)? { ReminderCreatedData.self }

  func publish(in state: State) -> PublicEvent? {
    var data = ReminderCreatedData()
    (data.reminder, data.dueAt) = (reminder, row.dueAt)
    return state.publicEvent(data, of: reminder)
  }
}

package struct ReminderCreatedData: PublicData {
  package static let kind = PublicKind("reminder_created")
  package static let summary = "A reminder was scheduled."
  package var reminder = ReminderID.none
  package var dueAt = Timestamp.zero

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("reminder_id", &reminder, "Reminder.")
    try visit.field("due_at", &dueAt, "When it is due.")
  }
}

extension State {
  /// What a reminder is about, its campaign or its guest, is told with it.
  func publicEvent(_ data: any PublicData, of reminder: ReminderID) -> PublicEvent {
    let plan = self[reminder].row.plan
    let campaign = plan.execution.isNone ? plan.campaign : self[plan.execution].campaign
    if !campaign.isNone { return PublicEvent(data, campaign: campaign) }
    return plan.guest.isNone
      ? PublicEvent(data, space: reminder.space) : PublicEvent(data, guest: plan.guest)
  }
}
