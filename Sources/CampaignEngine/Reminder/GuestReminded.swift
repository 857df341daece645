import Wire

/// A guest is to get a reminder's message.
struct GuestReminded: Event {
  static let kind = EventKind.guestReminded
  var reminder = ReminderID.none
  var guest = GuestID.none
  var execution = ExecutionID.none
  /// The first moment outside quiet hours.
  var readyAt = Timestamp.zero

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("reminder", &reminder, "Reminder.")
    try visit.field("guest", &guest, "Guest.")
    try visit.field("execution", &execution, "Execution, where one is meant.")
    try visit.field("ready_at", &readyAt, "Not before.")
  }

  func apply(to state: inout State) {
    var message = Message(to: guest, execution, purpose: .reminder, in: state)
    message.reminder = reminder
    message.readyAt = readyAt
    message.sendBy = state[reminder].row.plan.sendBy ?? .zero
    state.queue(message)
  }
}
