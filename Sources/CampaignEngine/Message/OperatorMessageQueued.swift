import Wire

/// An operator wrote to a guest. The message goes before others, and no flow hangs on it.
struct OperatorMessageQueued: Event {
  static let kind = EventKind.operatorMessageQueued
  var guest = GuestID.none
  /// Whose history shows it; none where it belongs to no execution.
  var execution = ExecutionID.none
  var content = MessageContent()
  var sendBy = Timestamp.zero
  /// Of the message that comes to be.
  var counter: UInt32 = 0

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("guest", &guest, "Guest.")
    try visit.field("execution", &execution, "Execution whose history shows it.")
    try visit.field("content", &content, "What it says.")
    try visit.field("send_by", &sendBy, "Not after.")
    try visit.field("counter", &counter, "Counter of the message.")
  }

  func apply(to state: inout State) {
    var message = Message(to: guest, execution, purpose: .operator, in: state)
    message.isReply = true
    message.content = content
    message.sendBy = sendBy
    message.readyAt = state.now
    state.queue(message)
  }
}

extension Message {
  /// One that belongs to no node.
  init(to guest: GuestID, _ execution: ExecutionID, purpose: MessagePurpose, in state: State) {
    self.init()
    sender = state.senderID(ofSpace: guest.space)
    person = state[guest].person
    self.guest = guest
    self.execution = execution
    self.purpose = purpose
    createdAt = state.now
    if execution.isNone {
      let before = state.newestLooseMessage(of: guest) { $0.direction == .outbound }
      ordinal = before.map { state[$0].ordinal &+ 1 } ?? 0
    } else {
      let row = state[execution]
      campaign = row.campaign
      step = row.presentStep
      ordinal = state.nextOrdinal(in: execution)
    }
  }
}

extension State {
  /// Puts a message that belongs to no node into its lane.
  mutating func queue(_ message: Message) {
    let space = message.guest.space
    let counter = projects[space].messages.nextCounter
    appendMessage(MessageID(space: space, counter: counter), message)
  }
}

extension OperatorMessageQueued {
  static var publicData: (any PublicData.Type)? { MessageQueuedData.self }

  mutating func complete(from state: State) {
    counter = state.projects[of: guest].messages.nextCounter
  }

  func publish(in state: State) -> PublicEvent? {
    let id = MessageID(space: guest.space, counter: counter)
    var data = MessageQueuedData()
    (data.purpose, data.readyAt) = (.operator, state[id].createdAt)
    return PublicEvent(data, message: id, in: state)
  }
}
