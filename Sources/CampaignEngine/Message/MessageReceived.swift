import Wire

/// A person wrote, or tapped a button.
struct MessageReceived: Event {
  static let kind = EventKind.messageReceived
  var message = MessageID.none
  var sender = SenderID.none
  /// The person's number, for one who is new to the sender.
  var phone = Phone.none
  var person: UInt32 = 0
  var guest = GuestID.none
  var execution = ExecutionID.none
  var campaign = CampaignID.none
  var content = MessageContent()
  var gatewayID = ""
  var sentAt = Timestamp.zero
  var routedBy: RoutedBy?
  /// The execution is paused; the reply counts when it goes on.
  var isUnapplied = false
  var needsAttention = false
  /// Nil in events from before it was kept.
  var disposition: Disposition?

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("message", &message, "Message.")
    try visit.field("sender", &sender, "Sender that it was written to.")
    try visit.field("phone", &phone, "Number of a new person.")
    try visit.field("person", &person, "Row of the person.")
    try visit.field("guest", &guest, "Guest.")
    try visit.field("execution", &execution, "Execution that it answers.")
    try visit.field("campaign", &campaign, "Campaign that counts it.")
    try visit.field("content", &content, "What it says.")
    try visit.field("gateway_id", &gatewayID, "WhatsApp's id.")
    try visit.field("sent_at", &sentAt, "When it was written, by WhatsApp's clock.")
    try visit.field("routed_by", &routedBy, "How its execution was found.")
    try visit.field("is_unapplied", &isUnapplied, "Waits for a resume.")
    try visit.field("needs_attention", &needsAttention, "Nothing routed it.")
    try visit.field("disposition", &disposition, "What became of it, as far as that is known yet.")
  }

  func apply(to state: inout State) {
    let personRow = person != 0 ? person : state.personOrNew(phone: phone, at: sender)
    var row = Message()
    row.direction = .inbound
    row.status = .received
    row.purpose = .inbound
    row.sender = sender
    row.person = personRow
    row.guest = guest
    row.execution = execution
    row.campaign = campaign
    row.content = content
    row.gatewayID = gatewayID
    row.sentAt = sentAt
    row.routedBy = routedBy
    row.isUnapplied = isUnapplied
    row.needsAttention = needsAttention
    row.givenDisposition = disposition
    row.createdAt = state.now
    if !execution.isNone {
      row.step = state[execution].presentStep
    }
    if message.isOfProject {
      state.appendMessage(message, row)
    } else {
      state.appendLooseMessage(message, row)
    }
    if isUnapplied { state.modify(execution) { $0.hasUnappliedReply = true } }
  }
}

extension MessageReceived {
  static var publicData: (any PublicData.Type)? { MessageReceivedData.self }

  func publish(in state: State) -> PublicEvent? {
    var data = MessageReceivedData()
    (data.sender, data.content, data.sentAt) = (sender, content.kind, sentAt)
    (data.routedBy, data.needsAttention) = (routedBy, needsAttention)
    data.disposition = disposition
    // From the record itself: an operator may route it elsewhere later.
    if !execution.isNone {
      return PublicEvent(data, execution: execution, message: message, in: state)
    }
    return PublicEvent(data, message: message, guest: guest, campaign: campaign)
  }
}

package struct MessageReceivedData: PublicData {
  package static let kind = PublicKind("message_received")
  package static let summary = "A person wrote, or tapped a button."
  package var sender = SenderID.none
  package var content = ContentKind.none
  package var sentAt = Timestamp.zero
  package var routedBy: RoutedBy?
  package var needsAttention = false
  package var disposition: Disposition?

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("sender_id", &sender, "Sender that it was written to.")
    try visit.field("content", &content, "Kind of its content.")
    try visit.field("sent_at", &sentAt, "When it was written, by WhatsApp's clock.")
    try visit.field("routed_by", &routedBy, "How its execution was found; null for none.")
    try visit.field("needs_attention", &needsAttention, "Nothing routed it.")
    try visit.field(
      "disposition", &disposition, "What became of it; message_disposed tells of changes.")
  }
}
