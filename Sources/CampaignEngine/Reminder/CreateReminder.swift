/// Schedules a reminder.
package struct CreateReminder: Command {
  package let project: ProjectID
  package let plan: ReminderPlan

  package init(project: ProjectID, plan: ReminderPlan) {
    (self.project, self.plan) = (project, plan)
  }

  package func perform(in engine: inout Engine) throws(Rejection) -> ReminderID {
    guard let state = engine.state.find(project) else {
      throw .notFound(project)
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
