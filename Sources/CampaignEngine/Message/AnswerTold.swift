import Wire

/// An operator wrote down what a guest answered elsewhere. It stands among the messages of the execution
/// as if the guest had written it, but came by no phone: it opens no session window.
struct AnswerTold: Event {
  static let kind = EventKind.answerTold
  var message = MessageID.none
  var execution = ExecutionID.none
  var content = MessageContent()
  var told = Told()
  /// The execution is paused; the answer counts when it goes on.
  var isUnapplied = false
  var disposition: Disposition?

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("message", &message, "Message that stands for it.")
    try visit.field("execution", &execution, "Execution that it answers.")
    try visit.field("content", &content, "What it says.")
    try visit.field("told", &told, "How it came.")
    try visit.field("is_unapplied", &isUnapplied, "Waits for a resume.")
    try visit.field("disposition", &disposition, "What became of it, as far as that is known yet.")
  }

  func apply(to state: inout State) {
    let walk = state[execution]
    var row = Message()
    row.direction = .inbound
    row.status = .received
    row.purpose = .told
    row.sender = state.senderID(ofSpace: execution.space)
    row.person = state[walk.guest].person
    (row.guest, row.execution, row.campaign) = (walk.guest, execution, walk.campaign)
    row.step = walk.presentStep
    (row.content, row.told) = (content, told)
    row.routedBy = .operator
    (row.isUnapplied, row.givenDisposition) = (isUnapplied, disposition)
    (row.sentAt, row.createdAt) = (state.now, state.now)
    state.appendMessage(message, row)
    if isUnapplied { state.modify(execution) { $0.hasUnappliedReply = true } }
  }
}

extension AnswerTold {
  static var publicData: (any PublicData.Type)? { AnswerToldData.self }

  func publish(in state: State) -> PublicEvent? {
    var data = AnswerToldData()
    (data.node, data.by, data.disposition) = (told.node, told.channel, disposition)
    data.isSilent = told.isSilent
    return PublicEvent(data, execution: execution, message: message, in: state)
  }
}

package struct AnswerToldData: PublicData {
  package static let kind = PublicKind("answer_told")
  package static let summary = "An operator wrote down what a guest answered elsewhere."
  package var node = ""
  package var by = ToldChannel.phone
  package var isSilent = false
  package var disposition: Disposition?

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("node_id", &node, "Node whose question it answers.")
    try visit.field("by", &by, "How it came.")
    try visit.field("silent", &isSilent, "Nothing is sent on account of it.")
    try visit.field(
      "disposition", &disposition, "What became of it; message_disposed tells of changes.")
  }
}
