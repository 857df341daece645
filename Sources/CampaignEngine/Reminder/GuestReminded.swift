import Wire

/// A guest is to get a reminder's message.
struct GuestReminded: Event {
  static let kind = EventKind.guestReminded
  var reminder = ReminderID.none
  var guest = GuestID.none
  var execution = ExecutionID.none
  /// The first moment outside quiet hours.
  var readyAt = Timestamp.zero
  /// Of the message that comes to be.
  var counter: UInt32 = 0

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("reminder", &reminder, "Reminder.")
    try visit.field("guest", &guest, "Guest.")
    try visit.field("execution", &execution, "Execution, where one is meant.")
    try visit.field("ready_at", &readyAt, "Not before.")
    try visit.field("counter", &counter, "Counter of the message.")
  }

  func apply(to state: inout State) {
    var message = Message(to: guest, execution, purpose: .reminder, in: state)
    message.reminder = reminder
    message.readyAt = readyAt
    message.sendBy = state[reminder].row.plan.sendBy ?? .zero
    state.queue(message)
  }
}

extension GuestReminded {
  static var publicData: (any PublicData.Type)? { MessageQueuedData.self }

  mutating func complete(from state: State) {
    counter = state.projects[of: guest].messages.nextCounter
  }

  func publish(in state: State) -> PublicEvent? {
    var data = MessageQueuedData()
    (data.purpose, data.readyAt) = (.reminder, readyAt)
    return PublicEvent(data, message: MessageID(space: guest.space, counter: counter), in: state)
  }
}
