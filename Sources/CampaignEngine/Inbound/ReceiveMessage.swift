/// A person wrote to a sender, or tapped a button. In this order: deduplicate, identify the person,
/// opt-out, session window, route, release held invitations.
package struct ReceiveMessage: Command {
  package static let cause: CauseKind? = .guest
  package let sender: SenderID
  package let gatewayID: String
  package let from: Phone?
  package let userID: String?
  package let sentAt: Timestamp
  package let content: MessageContent

  package init(
    sender: SenderID, gatewayID: String, from: Phone?, userID: String?, sentAt: Timestamp,
    content: MessageContent
  ) {
    (self.sender, self.gatewayID, self.from) = (sender, gatewayID, from)
    (self.userID, self.sentAt, self.content) = (userID, sentAt, content)
  }

  package struct Result: Sendable, Equatable {
    package var message = MessageID.none
    package var isDuplicate = false
    package var hasReopened = false
    package var hasOptedOut = false
    package var released: [MessageID] = []
  }

  package func perform(in engine: inout Engine) throws(Rejection) -> Result {
    guard let known = engine.state.find(sender) else { throw .notFound(sender.wireText, "Sender") }
    if let first = known.messagesByGatewayID[gatewayID] {
      guard engine.state[first].direction == .inbound else {
        throw .conflict(
          "\(gatewayID) is the id of a message that was sent.", id: first.wireText,
          reason: "gateway_message_id_in_use")
      }
      return Result(message: first, isDuplicate: true)
    }
    guard !known.wasErased(gatewayID, at: engine.state.now) else {
      throw .conflict("This message was erased with its guest.", reason: "message_erased")
    }
    guard let phone = engine.phone(of: self) else {
      throw .invalidParams(
        path: "params.from", reason: "unknown_person",
        "expected a phone number, or the user_id of a person who wrote before")
    }
    return engine.receive(self, from: phone)
  }
}

extension Engine {
  /// A number that is known is whose it is. Another one may be the same person's, since WhatsApp
  /// writes some numbers otherwise than people do, and people change numbers: then the button's
  /// payload says most surely who wrote, then what is quoted, then the user id.
  fileprivate func phone(of inbound: ReceiveMessage) -> Phone? {
    let sender = state[inbound.sender]
    if let from = inbound.from, sender.personsByPhone[from] != nil { return from }
    if let payload = ButtonPayload(inbound.content.payload),
      let execution = state.find(payload.execution), !state[execution.guest].isDeleted,
      state.senderID(ofSpace: payload.execution.space) == inbound.sender
    {
      // Of an erased guest no number is left.
      let phone = state[execution.guest].phone
      if !phone.isNone { return phone }
    }
    if let quoted = sender.messagesByGatewayID[inbound.content.quotes] {
      let phone = sender.persons[state[quoted].person].phone
      if !phone.isNone { return phone }
    }
    if let person = inbound.userID.flatMap({ sender.personsByUserID[$0] }) {
      return sender.persons[person].phone
    }
    guard let from = inbound.from, !from.isNone else { return nil }
    return from.otherSpellings.first { sender.personsByPhone[$0] != nil } ?? from
  }

  fileprivate mutating func receive(_ inbound: ReceiveMessage, from phone: Phone)
    -> ReceiveMessage.Result
  {
    var result = ReceiveMessage.Result()
    let person = state[inbound.sender].personsByPhone[phone] ?? 0
    let isOptOut = isStopWord(inbound)
    let route = isOptOut ? nil : Routing.route(inbound, person: person, in: state)
    let messageID = record(inbound, phone: phone, person: person, route: route, isOptOut: isOptOut)
    result.message = messageID
    let row = state[messageID].person
    update(row, from: inbound, isOptOut: isOptOut)
    if isOptOut {
      result.hasOptedOut = true
      optOut(row, at: inbound.sender)
      return result
    }
    if let route, !state[messageID].isUnapplied {
      isInDialogue = true
      result.hasReopened = act(on: route, messageID)
      isInDialogue = false
    } else if let route, mayAct(route.execution) {
      catchUp(route.execution)
    }
    if inbound.content.kind.opensWindow {
      result.released = releaseHeld(person: row, at: inbound.sender)
    }
    return result
  }

  /// Only the whole message counts, typed or tapped: "please stop by" is not "stop".
  private func isStopWord(_ inbound: ReceiveMessage) -> Bool {
    guard inbound.content.kind.isText else { return false }
    let text = FoldedText(inbound.content.text)
    guard !text.isEmpty else { return false }
    return state[inbound.sender].stopTexts.contains(text)
  }

  private mutating func record(
    _ inbound: ReceiveMessage, phone: Phone, person: UInt32, route: Route?, isOptOut: Bool
  ) -> MessageID {
    let guests = person == 0 ? [] : state.guests(of: person, at: inbound.sender)
    let execution = route?.execution ?? .none
    // Who stands on the lists of two projects is not guessed to mean one of them.
    let isOfOneList = Set(guests.map(\.space)).count == 1
    let named = isOfOneList ? guests.first ?? .none : .none
    let guest = execution.isNone ? named : state[execution].guest
    // Unrouted messages count for the guest's newest campaign.
    let campaign =
      execution.isNone ? state.newestCampaign(of: guest) : state[execution].campaign
    let space = guest.isNone ? senderSpaceBit | (inbound.sender.counter - 1) : guest.space
    let counter =
      guest.isNone
      ? state[inbound.sender].messages.nextCounter : state.project(of: space).messages.nextCounter
    let id = MessageID(space: space, counter: counter)
    let isBlocked = route.map { $0.decides && mustWait($0.execution) } ?? false
    emit(
      MessageReceived(
        message: id, sender: inbound.sender, phone: phone, person: person, guest: guest,
        execution: execution, campaign: campaign, content: inbound.content,
        gatewayID: inbound.gatewayID, sentAt: inbound.sentAt, routedBy: route?.by,
        isUnapplied: isBlocked,
        needsAttention: route == nil && !isOptOut && inbound.content.kind.opensWindow))
    return id
  }

  /// A paused execution takes no reply, and one that was resumed takes the older replies first.
  func mustWait(_ execution: ExecutionID) -> Bool {
    let row = state[execution]
    return row.status == .paused || state[row.campaign].status == .paused || row.hasUnappliedReply
  }

  /// Takes the news of an inbound message about its writer over.
  private mutating func update(_ person: UInt32, from inbound: ReceiveMessage, isOptOut: Bool) {
    let row = state[inbound.sender].persons[person]
    var change = PersonChanged(sender: inbound.sender, person: person)
    // The window runs from the message's own time, and a time ahead of ours is not believed.
    let sentAt = min(inbound.sentAt, state.now)
    if inbound.content.kind.opensWindow, sentAt > row.lastInboundAt {
      change.lastInboundAt = sentAt
    }
    if let userID = inbound.userID, !userID.isEmpty, userID != row.userID { change.userID = userID }
    if isOptOut { change.subscription = .optedOut }
    guard change.lastInboundAt != nil || change.userID != nil || change.subscription != nil else {
      return
    }
    emit(change)
  }

  /// Nothing more is sent to this person, so whatever is under way for them ends.
  private mutating func optOut(_ person: UInt32, at sender: SenderID) {
    for guest in state.guests(of: person, at: sender) {
      for execution in state.executions(of: guest) where !state[execution].status.isEnded {
        end(execution, .skipped, reason: "opted_out")
      }
    }
  }

  /// Held invitations go now, in the order in which they were made; and so does what only the daily
  /// limit held, since it does not count inside the window.
  private mutating func releaseHeld(person: UInt32, at sender: SenderID) -> [MessageID] {
    guard state[sender].persons[person].isWindowSafelyOpen(at: state.now) else { return [] }
    var held: [MessageID] = []
    for guest in state.guests(of: person, at: sender) {
      for execution in state.executions(of: guest) where state[execution].sending != 0 {
        let message = MessageID(space: execution.space, counter: state[execution].sending)
        let row = state[message]
        if row.status == .pending || row.status == .queued && row.block == .dailyLimit {
          held.append(message)
        }
      }
    }
    held.sort()
    for message in held { emit(MessageReleased(message: message, isReply: true)) }
    return held
  }

  /// Returns true where the reply took its execution back to a wait that it had left.
  mutating func act(on route: Route, _ message: MessageID) -> Bool {
    switch route.effect {
    case .answer:
      run(route.execution, .reply(message))
      return false
    case .proof(let sent):
      prove(sent, by: message)
      return false
    case .change(let node):
      cancelQueued(of: route.execution)
      emit(ExecutionReopened(execution: route.execution, node: UInt16(truncatingIfNeeded: node)))
      run(route.execution, .reply(message))
      return true
    case .askAgain(let node):
      askAgain(route.execution, node: node)
      return false
    case .nothing: return false
    }
  }

  /// Whoever taps a button has its message, even where the gateway's answer is lost or still on its
  /// way. The execution goes on as if it had come, and then takes the tap.
  private mutating func prove(_ sent: MessageID, by message: MessageID) {
    let row = state[sent]
    // Whoever taps on what was said to have failed has it; else how far it came is WhatsApp's to say.
    let isDisputed = row.isInLane && !row.mayHaveBeenTaken
    var report = DeliveryReport()
    (report.status, report.at) = (isDisputed ? .delivered : .sent, state[message].sentAt)
    _ = apply(report, to: sent, gatewayID: "")
    guard let route = Routing.route(delayed: state[message], in: state), case .answer = route.effect
    else { return }
    isInDialogue = true
    run(route.execution, .reply(message))
  }

  /// A late text decides nothing: the guest gets the question again, with its buttons.
  private mutating func askAgain(_ execution: ExecutionID, node: Int) {
    let row = state[execution]
    guard
      row.lastLateQuestionAt == .zero
        || row.lastLateQuestionAt + Limits.lateQuestionInterval <= state.now
    else { return }
    guard let step = row.steps.lastIndex(where: { Int($0.node) == node }) else { return }
    emit(
      MessageQueued(
        execution: execution, purpose: .lateQuestion, isReply: true, readyAt: state.now,
        step: UInt16(truncatingIfNeeded: step)))
  }
}

extension State {
  func newestCampaign(of guest: GuestID) -> CampaignID {
    guard !guest.isNone, let execution = executions(of: guest).first else { return .none }
    return self[execution].campaign
  }
}
