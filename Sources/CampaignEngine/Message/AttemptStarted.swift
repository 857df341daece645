import Wire

/// A message is about to be handed to the gateway. This is durable before the first byte leaves,
/// so a crash can never send it twice without our knowing.
struct AttemptStarted: Event {
  static let kind = EventKind.attemptStarted
  var message = MessageID.none
  var content = MessageContent()
  /// The template that free text stands for, inside a session window.
  var replacedTemplate = TemplateID.none
  var cost = MessageCost()
  /// Counts from 1.
  var attempt: UInt16 = 0
  /// It counts for the sender's daily limit.
  var isOutsideWindow = false
  /// Until when the program may report that has claimed it.
  var leaseUntil = Timestamp.zero

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("message", &message, "Message.")
    try visit.field("content", &content, "What goes out.")
    try visit.field("replaced_template", &replacedTemplate, "Template that it stands for.")
    try visit.field("cost", &cost, "Estimated cost.")
    try visit.field("attempt", &attempt, "Number of the attempt.")
    try visit.field("is_outside_window", &isOutsideWindow, "Counts for the daily limit.")
    try visit.field("lease_until", &leaseUntil, "End of the lease.")
  }

  func apply(to state: inout State) {
    let now = state.now
    // A corrected phone applies to what was not yet sent, and may be another person's.
    let person = state[state[message].guest].person
    state.modify(message) { row in
      row.keepPresentAttempt()
      row.status = .sending
      row.person = person
      // Reports on an earlier attempt say nothing about this one.
      row.gatewayID = ""
      row.attempts &+= 1
      row.attemptAt = now
      row.content = content
      row.replacedTemplate = replacedTemplate
      row.cost = cost
      row.error = nil
      row.failedAt = .zero
      (row.block, row.failure) = (nil, nil)
      (row.unknownSince, row.standing, row.leaseUntil) = (.zero, 0, leaseUntil)
      (row.acceptedAt, row.sentAt) = (.zero, .zero)
    }
    let row = state[message]
    state.noteWritten(to: person, by: row.execution)
    state.countSend(to: person, of: row.sender, isOutsideWindow: isOutsideWindow)
    // A program that claims comes by now and then: what its rates allowed since then is still allowed.
    let credit = leaseUntil > .zero ? Limits.claimCredit.milliseconds : 0
    let firstSlot = (now.milliseconds - credit) * 1000
    let sender = row.sender
    state.senders[sender].row.nextSlotMicroseconds =
      max(state.senders[sender].row.nextSlotMicroseconds, firstSlot)
      + 1_000_000 / state.senders[sender].row.throughput(at: now)
    if !row.campaign.isNone { state.countSent(for: row.campaign, from: firstSlot) }
    if !row.isReply { state.senders[sender].row.lastCampaign = row.campaign }
    if state.countsForProject(row.campaign) {
      state.projects[of: message].counters.totals.countSent(at: now)
    }
    state.setSendingWait(Wait(.delivery, since: now), for: message)
  }
}

extension State {
  fileprivate mutating func countSent(for id: CampaignID, from firstSlot: Int64) {
    if let throttle = projects[of: id].campaigns[id].settings.throttle {
      projects[of: id].campaigns[id].nextSlotMicroseconds =
        max(projects[of: id].campaigns[id].nextSlotMicroseconds, firstSlot)
        + 60_000_000 / max(throttle.perMinute, 1)
    }
    projects[of: id].campaigns[id].counters.countSent(at: now)
  }

  /// Changes what the execution waits for that waits for this message, if one does.
  mutating func setSendingWait(_ wait: Wait, for message: MessageID) {
    let execution = self[message].execution
    guard !execution.isNone, self[execution].awaitedMessage == message,
      self[execution].status == .waiting || self[execution].status == .paused
    else { return }
    setWait(wait, of: execution)
  }
}

extension AttemptStarted {
  static var publicData: (any PublicData.Type)? { MessageAttemptedData.self }

  mutating func complete(from state: State) { attempt = state[message].attempts &+ 1 }

  func publish(in state: State) -> PublicEvent? {
    var data = MessageAttemptedData()
    (data.attempt, data.content) = (attempt, content.kind)
    data.template = content.template.isNone ? nil : content.template
    data.replacedTemplate = replacedTemplate.isNone ? nil : replacedTemplate
    data.estimatedMicros = cost.estimatedMicros
    return PublicEvent(data, message: message, in: state)
  }
}

package struct MessageAttemptedData: PublicData {
  package static let kind = PublicKind("message_attempted")
  package static let summary = "A message is handed to the gateway."
  package var attempt: UInt16 = 1
  package var content = ContentKind.none
  package var template: TemplateID?
  package var replacedTemplate: TemplateID?
  package var estimatedMicros: Int64?

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("attempt", &attempt, "The first, the second, and so on.")
    try visit.field("content", &content, "Kind of its content.")
    try visit.field("template_id", &template, "Template, where it is one.")
    try visit.field(
      "replaced_template_id", &replacedTemplate, "Template that free text stands for.")
    try visit.field(
      "estimated_micros", &estimatedMicros, "Price; null where the rate card has none.")
  }
}
