/// Nothing more is sent for it: all of it, or the rest.
package struct CancelReminder: Command {
  package let reminder: ReminderID
  package init(reminder: ReminderID) { self.reminder = reminder }

  package func perform(in engine: inout Engine) throws(Rejection) {
    _ = try engine.reminder(reminder, allows: .cancel, done: "cancelled")
    engine.emit(ReminderCancelled(reminder: reminder))
  }
}
