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
    guard let known = engine.state.find(sender) else { throw .notFound(sender) }
    if let first = engine.state.message(named: gatewayID, at: sender) {
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
    engine.recognise(from, userID: userID, at: sender)
    guard let writer = engine.writer(of: self) else {
      throw .invalidParams(
        field: "from", reason: "unknown_person",
        "expected a phone number, a user_id, or the payload or quote of a message that was sent")
    }
    return engine.receive(self, from: writer)
  }
}

/// Who wrote, as far as that is known.
private struct Writer {
  /// 0 for one who is new to the sender.
  var person: UInt32 = 0
  /// For one who is new; none where only the user id is known.
  var phone = Phone.none
}

/// What a whole text asks for.
private enum Wish { case none, optOut, optIn }

extension Engine {
  /// A number that is known is whose it is. Another one may be the same person's, since WhatsApp
  /// writes some numbers otherwise than people do, and people change numbers: then the button's
  /// payload says most surely who wrote, then what is quoted, then the user id. Who has a user name
  /// may have no number here: then the user id is all that is known of them.
  fileprivate func writer(of inbound: ReceiveMessage) -> Writer? {
    let sender = state[inbound.sender]
    let from = inbound.from ?? .none
    if !from.isNone, let person = sender.personsByPhone[from] { return Writer(person: person) }
    if let payload = ButtonPayload(inbound.content.payload),
      let execution = state.find(payload.execution), !state[execution.guest].isDeleted,
      state.senderID(ofSpace: payload.execution.space) == inbound.sender
    {
      return Writer(person: state[execution.guest].person)
    }
    if let quoted = state.message(named: inbound.content.quotes, at: inbound.sender) {
      let person = state[quoted].person
      // Of an erased guest nothing is left.
      if person != 0, !sender.persons[person].isForgotten { return Writer(person: person) }
    }
    let userID = inbound.userID ?? ""
    if !userID.isEmpty, let person = sender.personsByUserID[userID] {
      return Writer(person: person)
    }
    if from.isNone { return userID.isEmpty ? nil : Writer() }
    let spelling = from.otherSpellings.first { sender.personsByPhone[$0] != nil } ?? from
    return Writer(person: sender.personsByPhone[spelling] ?? 0, phone: spelling)
  }

  fileprivate mutating func receive(_ inbound: ReceiveMessage, from writer: Writer)
    -> ReceiveMessage.Result
  {
    var result = ReceiveMessage.Result()
    let person = meet(writer, userID: inbound.userID ?? "", at: inbound.sender)
    // Before it is routed: this may bring an opt-out of theirs to light, which ends what waits.
    learn(phone: inbound.from ?? .none, of: person, at: inbound.sender)
    learn(userID: inbound.userID ?? "", of: person, at: inbound.sender)
    let wish = wish(of: inbound, person: person)
    let meant = wish == .none ? guest(meantBy: inbound.content.text, at: inbound.sender) : nil
    let route =
      wish == .none && meant == nil
      ? Routing.route(inbound, person: person, in: state)
        ?? state.otherSpelling(of: person, at: inbound.sender).flatMap {
          Routing.route(inbound, person: $0, in: state)
        } : nil
    let messageID = record(inbound, phone: writer.phone, person: person, route: route, wish: wish)
    result.message = messageID
    let row = state[messageID].person
    update(row, from: inbound, wish: wish)
    if wish == .optOut {
      result.hasOptedOut = true
      optOut(row, at: inbound.sender)
      optOutOtherSpelling(of: row, at: inbound.sender)
      return result
    }
    if let meant { welcome(meant, writing: messageID) }
    switch meant == nil ? state[messageID].disposition : nil {
    case .applied: result.hasReopened = take(messageID, by: route)
    case .waits: takeReplies(of: state[messageID].execution)
    default: break
    }
    if inbound.content.kind.opensWindow {
      result.released = releaseHeld(person: row, at: inbound.sender)
    }
    return result
  }

  /// One of whom only the user id is known gets a row of their own before the message; whoever has a
  /// number gets it with the message.
  private mutating func meet(_ writer: Writer, userID: String, at sender: SenderID) -> UInt32 {
    guard writer.person == 0, writer.phone.isNone else { return writer.person }
    let person = state[sender].persons.nextCounter
    emit(PersonMet(sender: sender, userID: userID))
    return person
  }

  /// Only the whole message counts, typed or tapped: "please stop by" is not "stop".
  private func wish(of inbound: ReceiveMessage, person: UInt32) -> Wish {
    guard inbound.content.kind.isText else { return .none }
    let text = FoldedText(inbound.content.text)
    guard !text.isEmpty else { return .none }
    if state.isOptOut(inbound, text, person: person) { return .optOut }
    let sender = state[inbound.sender]
    let isSubscribed = person == 0 || sender.persons[person].subscription == .subscribed
    return !isSubscribed && SenderState.startTexts.contains(text) ? .optIn : .none
  }

  private mutating func record(
    _ inbound: ReceiveMessage, phone: Phone, person: UInt32, route: Route?, wish: Wish
  ) -> MessageID {
    let guests = person == 0 ? [] : state.guests(of: person, at: inbound.sender)
    let execution = route?.execution ?? .none
    // Who stands on the lists of two projects is not guessed to mean one of them.
    let isOfOneList = Set(guests.map(\.space)).count == 1
    // Of those on one telephone the one who was asked there.
    let asked = guests.first { state.hasWalked($0) }
    let named = isOfOneList ? asked ?? guests.first ?? .none : .none
    let guest = execution.isNone ? named : state[execution].guest
    // Unrouted messages count for the guest's newest campaign.
    let campaign =
      execution.isNone ? state.newestCampaign(of: guest) : state[execution].campaign
    let id =
      guest.isNone
      ? MessageID(of: inbound.sender, counter: state[inbound.sender].messages.nextCounter)
      : MessageID(
        space: guest.space, counter: state.projects[of: guest].messages.nextCounter)
    let isNobodyOfAList = guests.isEmpty && phone.isNone
    let disposition = disposition(of: inbound, route, wish, isUnknown: isNobodyOfAList)
    emit(
      MessageReceived(
        message: id, sender: inbound.sender, phone: phone, person: person, guest: guest,
        execution: execution, campaign: campaign, content: inbound.content,
        gatewayID: inbound.gatewayID, sentAt: inbound.sentAt, routedBy: route?.by,
        isUnapplied: disposition == .waits, needsAttention: disposition == .needsAttention,
        disposition: disposition))
    return id
  }

  /// As far as it is known before it acts; `take` says the rest.
  private func disposition(
    of inbound: ReceiveMessage, _ route: Route?, _ wish: Wish, isUnknown: Bool
  ) -> Disposition {
    switch wish {
    // The opt-out holds for the user id; that a guest is still written to by number, somebody must see.
    case .optOut: return isUnknown ? .needsAttention : .optedOut
    case .optIn: return .optedIn
    case .none: break
    }
    guard inbound.content.kind.opensWindow else { return .noContent }
    guard let route else { return .needsAttention }
    if mustWait(route) { return .waits }
    if case .nothing = route.effect { return .needsAttention }
    return .applied
  }

  /// Takes the news of an inbound message about its writer over.
  private mutating func update(_ person: UInt32, from inbound: ReceiveMessage, wish: Wish) {
    // For one who got their row with the message.
    learn(userID: inbound.userID ?? "", of: person, at: inbound.sender)
    let row = state[inbound.sender].persons[person]
    var change = PersonChanged(sender: inbound.sender, person: person)
    // The window runs from the message's own time, and a time ahead of ours is not believed.
    let sentAt = min(inbound.sentAt, state.now)
    if inbound.content.kind.opensWindow, sentAt > row.lastInboundAt {
      change.lastInboundAt = sentAt
    }
    switch wish {
    case .optOut: change.subscription = .optedOut
    // What they told WhatsApp is not ours to lift.
    case .optIn where row.ownSubscription != .subscribed: change.subscription = .subscribed
    case .optIn, .none: break
    }
    guard change.lastInboundAt != nil || change.subscription != nil else { return }
    emit(change)
  }

  /// Whoever says stop on a telephone means all of it.
  private mutating func optOutOtherSpelling(of person: UInt32, at sender: SenderID) {
    guard let other = state.otherSpelling(of: person, at: sender) else { return }
    if state[sender].persons[other].ownSubscription != .optedOut {
      emit(PersonChanged(sender: sender, person: other, subscription: .optedOut))
    }
    optOut(other, at: sender)
  }

  /// Nothing more is sent to this person, so whatever is under way for them ends.
  mutating func optOut(_ person: UInt32, at sender: SenderID) {
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
      for execution in state.executions(of: guest) {
        let message = state[execution].awaitedMessage
        if message.isNone { continue }
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
}

extension State {
  /// A flow has asked the guest something, or means to.
  fileprivate func hasWalked(_ guest: GuestID) -> Bool {
    executions(of: guest).contains { !self[$0].steps.isEmpty }
  }

  func newestCampaign(of guest: GuestID) -> CampaignID {
    guard !guest.isNone, let execution = executions(of: guest).first else { return .none }
    return self[execution].campaign
  }
}
