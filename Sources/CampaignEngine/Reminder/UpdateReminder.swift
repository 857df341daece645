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
