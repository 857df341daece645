import Wire

/// An intent to send: the message waits for its turn in a lane, or is held back for a while.
struct MessageQueued: Event {
  static let kind = EventKind.messageQueued
  var execution = ExecutionID.none
  var purpose = MessagePurpose.node
  var question: UInt16 = 0
  var isReply = false
  /// Held back until `readyAt`, in the hope that the guest writes.
  var isHeld = false
  var readyAt = Timestamp.zero
  var sendBy = Timestamp.zero
  /// Index of the visit that it belongs to, where that is not the present one.
  var step: UInt16?

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("execution", &execution, "Execution.")
    try visit.field("purpose", &purpose, "What for.")
    try visit.field("question", &question, "Index of the form's question.")
    try visit.field("is_reply", &isReply, "Part of a dialogue.")
    try visit.field("is_held", &isHeld, "Held back.")
    try visit.field("ready_at", &readyAt, "Not before.")
    try visit.field("send_by", &sendBy, "Not after.")
    try visit.field("step", &step, "Index of the visit.")
  }

  func apply(to state: inout State) {
    let row = state[execution]
    var message = Message()
    message.status = isHeld ? .pending : .queued
    message.sender = state.senderID(ofSpace: execution.space)
    message.person = state[row.guest].person
    message.guest = row.guest
    message.execution = execution
    message.campaign = row.campaign
    message.isReply = isReply
    message.step = step ?? UInt16(truncatingIfNeeded: max(row.steps.count, 1) - 1)
    message.purpose = purpose
    message.ordinal = state.nextOrdinal(in: execution)
    message.question = question
    message.readyAt = readyAt
    message.sendBy = sendBy
    message.createdAt = state.now
    let counter = state.projects[Int(execution.space)].messages.nextCounter
    state.appendMessage(MessageID(space: execution.space, counter: counter), message)
    if purpose == .lateQuestion {
      let now = state.now
      state.modifyExecution(execution) { $0.lastLateQuestionAt = now }
    }
  }
}

extension State {
  func nextOrdinal(in execution: ExecutionID) -> UInt16 {
    let sent = messages(of: execution).first { self[$0].direction == .outbound }
    return sent.map { self[$0].ordinal &+ 1 } ?? 0
  }
}
