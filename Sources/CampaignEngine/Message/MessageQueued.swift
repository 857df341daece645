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
  /// Of the message that comes to be.
  var counter: UInt32 = 0
  /// Number of the node that means to send it.
  var node: UInt16?
  /// It is noted, and not sent.
  var isSilenced = false
  var aboutEvent: UInt16 = 0
  var aboutGuest: UInt32 = 0

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("execution", &execution, "Execution.")
    try visit.field("purpose", &purpose, "What for.")
    try visit.field("question", &question, "Index of the form's question.")
    try visit.field("is_reply", &isReply, "Part of a dialogue.")
    try visit.field("is_held", &isHeld, "Held back.")
    try visit.field("ready_at", &readyAt, "Not before.")
    try visit.field("send_by", &sendBy, "Not after.")
    try visit.field("step", &step, "Index of the visit.")
    try visit.field("counter", &counter, "Counter of the identifier.")
    try visit.field("node", &node, "Number of the node.")
    try visit.field("is_silenced", &isSilenced, "It is noted, and not sent.")
    try visit.field("about_event", &aboutEvent, "Event that the question is about.")
    try visit.field("about_guest", &aboutGuest, "Guest that the question is about.")
  }

  private var status: MessageStatus { isSilenced ? .cancelled : isHeld ? .pending : .queued }

  func apply(to state: inout State) {
    let row = state[execution]
    var message = Message()
    message.status = status
    message.isSilenced = isSilenced
    message.sender = state.senderID(ofSpace: execution.space)
    message.person = state[row.guest].person
    message.guest = row.guest
    message.execution = execution
    message.campaign = row.campaign
    message.isReply = isReply
    message.step = step ?? row.presentStep
    message.purpose = purpose
    message.ordinal = state.nextOrdinal(in: execution)
    message.question = question
    (message.aboutEvent, message.aboutGuest) = (aboutEvent, aboutGuest)
    message.readyAt = readyAt
    message.sendBy = sendBy
    message.createdAt = state.now
    let counter = state.projects[of: execution].messages.nextCounter
    state.appendMessage(MessageID(space: execution.space, counter: counter), message)
    if purpose == .lateQuestion {
      let now = state.now
      state.modify(execution) { $0.lastLateQuestionAt = now }
    }
  }
}

extension State {
  func nextOrdinal(in execution: ExecutionID) -> UInt16 {
    let sent = messages(of: execution).first { self[$0].direction == .outbound }
    return sent.map { self[$0].ordinal &+ 1 } ?? 0
  }
}

extension MessageQueued {
  static var publicData: (any PublicData.Type)? { MessageQueuedData.self }

  mutating func complete(from state: State) {
    counter = state.projects[of: execution].messages.nextCounter
    let steps = state[execution].steps
    let index = step.map(Int.init) ?? steps.count - 1
    node = steps.indices.contains(index) ? steps[index].node : nil
  }

  func publish(in state: State) -> PublicEvent? {
    var data = MessageQueuedData()
    data.node = state.nodeID(node, of: execution)
    data.purpose = purpose
    data.status = status
    data.readyAt = readyAt
    let message = MessageID(space: execution.space, counter: counter)
    return PublicEvent(data, execution: execution, message: message, in: state)
  }
}

package struct MessageQueuedData: PublicData {
  package static let kind = PublicKind("message_queued")
  package static let summary = "A message is meant to be sent: it waits for its turn, or is held."
  package var node: String?
  package var purpose = MessagePurpose.node
  package var status = MessageStatus.queued
  package var readyAt = Timestamp.zero

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("node_id", &node, "Node that sends it; null for what is no part of a flow.")
    try visit.field("purpose", &purpose, "What for.")
    try visit.field(
      "status", &status,
      "queued, pending for an invitation that is held back, or cancelled where it is only noted.")
    try visit.field("ready_at", &readyAt, "It is not sent before.")
  }
}
