extension Engine {
  /// A reminder that may be treated so, or why not.
  func reminder(
    _ id: ReminderID, allows action: ReminderAction, done: String
  ) throws(Rejection) -> Reminder {
    guard let row = state.find(id)?.row else { throw .notFound(id) }
    guard row.status.allowed.contains(action) else {
      throw .invalidState(
        id: id.wireText, action: action.rawValue, done: done, status: row.status.rawValue,
        allowed: row.status.allowed.map(\.rawValue))
    }
    return row
  }

  /// A cancelled campaign reminds nobody.
  mutating func cancelReminders(of campaign: CampaignID) {
    for id in state.reminders(of: campaign) where state[id].row.status.allowed.contains(.cancel) {
      emit(ReminderCancelled(reminder: id))
    }
  }

  /// A project that goes takes its reminders along.
  mutating func cancelReminders(ofProject space: UInt32) {
    for id in state.projects[space].reminders.ids(in: space) {
      if state[id].row.status.allowed.contains(.cancel) { emit(ReminderCancelled(reminder: id)) }
    }
  }

  /// To be called when events of a project have moved: reminders relative to them, as long as they
  /// are scheduled, move along. One whose event is gone keeps its time.
  mutating func rescheduleReminders(ofProject space: UInt32) {
    for (id, reminder) in state.projects[space].reminders.identified(in: space) {
      let row = reminder.row
      guard row.phase == .scheduled, let offset = row.plan.relativeToEvent,
        let dueAt = state.moment(of: offset, space: space), dueAt != row.dueAt
      else { continue }
      emit(ReminderUpdated(reminder: id, plan: row.plan, dueAt: dueAt))
    }
  }

  /// The clock starts what is due; an alarm of an earlier time does nothing.
  mutating func startReminder(_ alarm: Alarm) {
    let id = ReminderID(rawValue: alarm.id)
    guard let row = state.find(id)?.row, row.phase == .scheduled, row.dueAt == alarm.due else {
      return
    }
    emit(ReminderStarted(reminder: id))
  }
}
