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

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("message", &message, "Message.")
    try visit.field("content", &content, "What goes out.")
    try visit.field("replaced_template", &replacedTemplate, "Template that it stands for.")
    try visit.field("cost", &cost, "Estimated cost.")
  }

  func apply(to state: inout State) {
    let now = state.now
    // A corrected phone applies to what was not yet sent, and may be another person's.
    let person = state[state[message].guest].person
    state.modifyMessage(message) { row in
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
    }
    let row = state[message]
    let nowMicroseconds = now.milliseconds * 1000
    let sender = Int(row.sender.counter) - 1
    state.senders[sender].row.nextSlotMicroseconds =
      max(state.senders[sender].row.nextSlotMicroseconds, nowMicroseconds)
      + 1_000_000 / max(state.senders[sender].row.messagesPerSecond, 1)
    if !row.campaign.isNone { state.countSent(for: row.campaign) }
    if state.countsForProject(row.campaign) {
      state.projects[Int(message.space)].counters.totals.countSent(at: now)
    }
    state.setSendingWait(Wait(.delivery, since: now), for: message)
  }
}

extension State {
  fileprivate mutating func countSent(for id: CampaignID) {
    let (project, campaign) = (Int(id.space), Int(id.counter) - 1)
    if let throttle = projects[project].campaigns[campaign].throttle {
      projects[project].campaigns[campaign].nextSlotMicroseconds =
        max(projects[project].campaigns[campaign].nextSlotMicroseconds, now.milliseconds * 1000)
        + 60_000_000 / max(throttle.perMinute, 1)
    }
    projects[project].campaigns[campaign].counters.countSent(at: now)
  }

  /// Changes what the execution waits for that waits for this message, if one does.
  mutating func setSendingWait(_ wait: Wait, for message: MessageID) {
    let execution = self[message].execution
    guard !execution.isNone, self[execution].sending == message.counter,
      self[execution].status == .waiting
    else { return }
    setWait(wait, of: execution)
  }
}
