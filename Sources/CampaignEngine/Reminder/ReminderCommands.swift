/// Schedules a reminder.
package struct CreateReminder: Command {
  package let project: ProjectID
  package let plan: ReminderPlan

  package init(project: ProjectID, plan: ReminderPlan) {
    (self.project, self.plan) = (project, plan)
  }

  package func perform(in engine: inout Engine) throws(Rejection) -> ReminderID {
    guard let state = engine.state.find(project) else {
      throw .notFound(project.wireText, "Project")
    }
    guard state.reminders.count < Limits.remindersPerProject else {
      throw .limitExceeded(
        "A project has at most \(Limits.remindersPerProject) reminders.", reason: "reminders")
    }
    let space = project.counter - 1
    var row = Reminder()
    row.plan = try engine.state.checked(plan, space: space)
    row.dueAt = try engine.state.dueTime(of: row.plan, space: space)
    row.createdAt = engine.state.now
    let id = ReminderID(space: space, counter: state.reminders.nextCounter)
    engine.emit(ReminderCreated(reminder: id, row: row))
    return id
  }
}

/// Gives a scheduled reminder another plan.
package struct UpdateReminder: Command {
  package let reminder: ReminderID
  package let plan: ReminderPlan

  package init(reminder: ReminderID, plan: ReminderPlan) {
    (self.reminder, self.plan) = (reminder, plan)
  }

  package func perform(in engine: inout Engine) throws(Rejection) {
    let before = try engine.reminder(reminder, allows: .update, done: "updated")
    let plan = try engine.state.checked(plan, space: reminder.space)
    let isSameTime =
      plan.sendAt == before.plan.sendAt && plan.relativeToEvent == before.plan.relativeToEvent
    // A time that has come meanwhile is no fault of an update that is about something else.
    let dueAt =
      isSameTime ? before.dueAt : try engine.state.dueTime(of: plan, space: reminder.space)
    try State.check(sendBy: plan.sendBy, dueAt: dueAt)
    engine.emit(ReminderUpdated(reminder: reminder, plan: plan, dueAt: dueAt))
  }
}

/// Nothing more is sent for it: all of it, or the rest.
package struct CancelReminder: Command {
  package let reminder: ReminderID
  package init(reminder: ReminderID) { self.reminder = reminder }

  package func perform(in engine: inout Engine) throws(Rejection) {
    _ = try engine.reminder(reminder, allows: .cancel, done: "cancelled")
    engine.emit(ReminderCancelled(reminder: reminder))
  }
}

/// Begins a scheduled reminder before its time.
package struct SendReminderNow: Command {
  package let reminder: ReminderID
  package init(reminder: ReminderID) { self.reminder = reminder }

  package func perform(in engine: inout Engine) throws(Rejection) {
    _ = try engine.reminder(reminder, allows: .sendNow, done: "sent now")
    engine.emit(ReminderStarted(reminder: reminder))
  }
}

extension Engine {
  fileprivate func reminder(
    _ id: ReminderID, allows action: ReminderAction, done: String
  ) throws(Rejection) -> Reminder {
    guard let row = state.find(id)?.row else { throw .notFound(id.wireText, "Reminder") }
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
