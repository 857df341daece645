/// Begins a scheduled reminder before its time.
package struct SendReminderNow: Command {
  package let reminder: ReminderID
  package init(reminder: ReminderID) { self.reminder = reminder }

  package func perform(in engine: inout Engine) throws(Rejection) {
    _ = try engine.reminder(reminder, allows: .sendNow, done: "sent now")
    engine.emit(ReminderStarted(reminder: reminder))
  }
}
