/// Hands due messages to the gateways, as far as the rates allow. Everything that can forbid a
/// message is judged now, at the moment of sending, not when it was planned.
package struct DispatchSends: Command {
  package static let cause: CauseKind? = .flow
  package init() {}

  package func perform(in engine: inout Engine) -> [SendRequest] {
    var requests: [SendRequest] = []
    // What a program sends for us, it claims itself.
    for sender in engine.state.senders.ids where engine.state.senders[sender].row.isPushed {
      engine.dispatch(from: sender, upTo: Limits.sendsPerSlice, into: &requests)
    }
    return requests
  }
}

extension Engine {
  /// How far ahead of its steady rate a number may send: WhatsApp counts by the second.
  static let burstMicroseconds: Int64 = 250_000

  /// - Parameter lease: until when a program may report on what it claims; zero where none does.
  mutating func dispatch(
    from sender: SenderID, upTo limit: Int, leaseUntil lease: Timestamp = .zero,
    into requests: inout [SendRequest]
  ) {
    dispatchReplies(of: sender, upTo: limit, lease, into: &requests)
    dispatchCampaigns(of: sender, upTo: limit, lease, into: &requests)
  }

  private mutating func dispatchReplies(
    of sender: SenderID, upTo limit: Int, _ lease: Timestamp, into requests: inout [SendRequest]
  ) {
    while requests.count < limit, senderHasSlot(sender),
      let entry = state[sender].priorityLane.first, entry.readyAt <= state.now
    {
      if let request = dispatch(entry.message, lease) { requests.append(request) }
    }
  }

  /// One message each in turn, beginning after the campaign that sent last: a large campaign must
  /// not starve those beside it.
  private mutating func dispatchCampaigns(
    of sender: SenderID, upTo limit: Int, _ lease: Timestamp, into requests: inout [SendRequest]
  ) {
    // What belongs to no campaign takes its turn like one.
    let all = [CampaignID.none] + state[sender].runningCampaigns
    let last = state[sender].row.lastCampaign
    let start = all.firstIndex { $0 > last } ?? 0
    var ring = all[start...] + all[..<start]
    var looks = 0
    while !ring.isEmpty {
      var others: ArraySlice<CampaignID> = []
      for campaign in ring {
        guard requests.count < limit, looks < Limits.sendsPerSlice * 2, senderHasSlot(sender) else {
          return
        }
        let (request, hasMore) = dispatchTurn(of: campaign, sender, lease, looks: &looks)
        if let request { requests.append(request) }
        if hasMore { others.append(campaign) }
      }
      ring = others
    }
  }

  /// The next message of a campaign that goes, past those of which it turns out that they do not.
  private mutating func dispatchTurn(
    of campaign: CampaignID, _ sender: SenderID, _ lease: Timestamp, looks: inout Int
  ) -> (request: SendRequest?, hasMore: Bool) {
    for _ in 0..<Limits.looksPerTurn {
      let room = state.senders[sender].nextDailyRoom(at: state.now)
      guard let entry = nextEntry(of: campaign, sender, dailyRoomAt: room),
        entry.readyAt <= state.now
      else { return (nil, false) }
      looks += 1
      if let request = dispatch(entry.message, lease) { return (request, true) }
    }
    return (nil, true)
  }

  private func nextEntry(
    of campaign: CampaignID, _ sender: SenderID, dailyRoomAt room: Timestamp
  ) -> LaneEntry? {
    if campaign.isNone { return state.nextLoose(of: sender, dailyRoomAt: room) }
    guard state.maySend(campaign), campaignHasSlot(campaign) else { return nil }
    return state.nextEntry(of: campaign, dailyRoomAt: room)
  }

  private func senderHasSlot(_ sender: SenderID) -> Bool {
    // Read where it lies: this is asked for every message, and a sender has lists.
    return state.senders[sender].row.throttledUntil <= state.now
      && state.senders[sender].row.nextSlotMicroseconds
        <= state.now.milliseconds * 1000 + Self.burstMicroseconds
  }

  private func campaignHasSlot(_ campaign: CampaignID) -> Bool {
    let row = state[campaign]
    return row.settings.throttle == nil || row.nextSlotMicroseconds <= state.now.milliseconds * 1000
  }

  /// Decides about one message. Whatever it decides, the message leaves its place in the lane.
  private mutating func dispatch(_ id: MessageID, _ lease: Timestamp) -> SendRequest? {
    let message = state[id]
    guard isWanted(id) else {
      emit(MessageSettled(message: id, status: .cancelled))
      passOver(message)
      return nil
    }
    guard
      !message.purpose.isOfFlow || mayAct(message.execution) || isLateQuestionOfCompleted(message)
    else {
      // Paused: the resume puts it back.
      setAside(id)
      return nil
    }
    if let reason = suppression(of: message) {
      suppress(id, reason: reason)
      return nil
    }
    if message.status == .pending, !node(of: message).data.isInvitation {
      fail(id, Self.windowClosed)
      return nil
    }
    if !isInDialogue(message) {
      let moment = nextAllowed(state.now, for: message.guest)
      if moment > state.now {
        emit(MessagePostponed(message: id, readyAt: moment))
        return nil
      }
    }
    let token = state.person(of: message.guest).nextPairToken
    guard token <= state.now else {
      emit(MessagePostponed(message: id, readyAt: token, isForRate: true))
      return nil
    }
    return start(id, lease)
  }

  /// Quiet hours hold what we begin. What answers somebody goes at once, but only while they can be
  /// thought to wait for it: a retry, a rate, a pause or a timer may have put it off into the night.
  private func isInDialogue(_ message: Message) -> Bool {
    guard message.isReply, message.purpose != .operator else { return message.isReply }
    return state.person(of: message.guest).lastInboundAt + Limits.dialogue > state.now
  }

  /// True while the execution stands where this message belongs. Whoever answered a question before
  /// it left, or went another way meanwhile, must not get it any more.
  func isWanted(_ id: MessageID) -> Bool {
    let message = state[id]
    // Neither the guest nor the project may have been deleted.
    guard state.find(message.guest) != nil else { return false }
    if message.purpose == .operator { return true }
    if !message.campaign.isNone {
      let campaign = state[message.campaign]
      if campaign.status == .cancelled || campaign.isDeleted { return false }
    }
    if message.purpose == .reminder { return state[message.reminder].row.phase != .cancelled }
    if message.purpose == .lateQuestion { return true }
    let row = state[message.execution]
    guard !row.status.isEnded, Int(message.step) == row.steps.count - 1 else { return false }
    switch message.purpose {
    case .node: return row.awaitedMessage == id
    case .question, .invalid:
      // Of a question that is asked for each, only the newest.
      return row.wait?.kind == .form && isMeant(message)
        && state.askedQuestion(of: message.execution).map {
          $0.index == Int(message.question) && $0.subject == message.subject
        } == true
    case .reprompt: return row.wait?.kind == .reply
    case .lateQuestion, .inbound, .operator, .reminder, .told: return true
    }
  }

  /// A question about somebody who is still asked together with the guest, and comes.
  private func isMeant(_ message: Message) -> Bool {
    node(of: message).data.isAbout(message, in: state)
  }

  /// The form goes on to its next question, where the open one is about nobody any more.
  private mutating func passOver(_ message: Message) {
    guard message.purpose == .question, mayAct(message.execution) else { return }
    let row = state[message.execution]
    guard row.status == .waiting, row.wait?.kind == .form,
      Int(message.step) == row.steps.count - 1, !isMeant(message),
      state.askedQuestion(of: message.execution).map({ $0.subject == message.subject }) == true
    else { return }
    run(message.execution, .turn)
  }

  /// Late answers are still taken after the end of the campaign, so their question may go.
  private func isLateQuestionOfCompleted(_ message: Message) -> Bool {
    message.purpose == .lateQuestion && state[message.campaign].status == .completed
  }

  private mutating func start(_ id: MessageID, _ lease: Timestamp) -> SendRequest? {
    switch render(id) {
    case .fail(let error): fail(id, error)
    case .noLanguage: suppress(id, reason: "no_template_language")
    case .stopped(let template, let variant): waitForTemplate(id, template, variant: variant)
    case .content(let content, let replaced):
      if state.isMarketing(content), state.person(of: state[id].guest).subscription != .subscribed {
        suppress(id, reason: LeftOutCode.optedOut.rawValue)
        return nil
      }
      if state.isUndeliverable(content, to: state[id].guest) {
        suppress(id, reason: LeftOutCode.notDeliverableThere.rawValue)
        return nil
      }
      if state.isRefusedForConsent(content, to: state[id].guest) {
        suppress(id, reason: LeftOutCode.noConsent.rawValue)
        return nil
      }
      let person = state.person(of: state[id].guest)
      if content.kind == .template {
        let until = person.cappedUntil(state.priceCategory(of: content))
        if until > state.now {
          emit(MessagePostponed(message: id, readyAt: until, isForRate: true))
          return nil
        }
      }
      let isOutside = content.kind == .template && !person.isWindowSafelyOpen(at: state.now)
      if isOutside, !person.countsForDailyLimit(at: state.now), waitForDailyRoom(id) { return nil }
      let cost = estimatedCost(of: content, for: id, replaced: replaced)
      emit(
        AttemptStarted(
          message: id, content: content, replacedTemplate: replaced, cost: cost,
          isOutsideWindow: isOutside, leaseUntil: lease))
      return state.sendRequest(for: id)
    }
    return nil
  }

  /// True where the sender has written to as many people as it may, so that this one has to wait
  /// until one of them leaves the 24 hours.
  private mutating func waitForDailyRoom(_ id: MessageID) -> Bool {
    let room = state.senders[state[id].sender].nextDailyRoom(at: state.now)
    guard room > state.now else { return false }
    emit(MessagePostponed(message: id, readyAt: state.now, block: .dailyLimit))
    return true
  }

  func node(of message: Message) -> ChatflowGraph.Node {
    let row = state[message.execution]
    return state.graph(of: row.campaign).nodes[Int(row.steps[Int(message.step)].node)]
  }

  private func suppression(of message: Message) -> String? {
    if state[message.guest].person == 0 { return LeftOutCode.noPhone.rawValue }
    if state.person(of: message.guest).subscription == .optedOut { return "opted_out" }
    if let sendBy = sendBy(of: message), state.now > sendBy { return "too_late" }
    if !conditionHolds(for: message) { return ReminderSkipReason.condition }
    if message.purpose == .node, isUninvited(message) { return LeftOutCode.notInvited.rawValue }
    return nil
  }

  /// The campaign is about an event to which the guest is not invited any more.
  private func isUninvited(_ message: Message) -> Bool {
    let row = state[message.campaign]
    return row.settings.event != nil && row.testOf.isNone
      && !state.isInvited(message.guest, toEventAt: state.eventIndex(of: message.campaign))
  }

  /// Of a flow's message as the flow and the campaign say it now: the campaign's may have been moved.
  private func sendBy(of message: Message) -> Timestamp? {
    guard message.purpose.isOfFlow else {
      return message.sendBy > .zero ? message.sendBy : nil
    }
    let ofCampaign = state.projects[of: message.campaign].campaigns[message.campaign].settings
      .sendBy
    guard message.purpose == .node, let ofNode = node(of: message).data.sendBy else {
      return ofCampaign
    }
    return ofCampaign.map { min($0, ofNode) } ?? ofNode
  }

  /// The message is not sent, and its execution, where it waits for it, is skipped.
  private mutating func suppress(_ id: MessageID, reason: String) {
    let message = state[id]
    emit(
      MessageSettled(
        message: id, status: .suppressed, error: MessageError(.payload, message: reason),
        isOurs: true))
    guard message.purpose.isOfFlow else { return }
    let row = state[message.execution]
    if !row.status.isEnded, row.awaitedMessage == id || message.purpose == .question {
      end(message.execution, .skipped, reason: reason)
    }
  }

  private func estimatedCost(
    of content: MessageContent, for id: MessageID, replaced: TemplateID
  ) -> MessageCost {
    let message = state[id]
    let sender = state[message.sender].row
    let phone = state[message.guest].phone
    var cost = MessageCost()
    cost.category = state.priceCategory(of: content)
    cost.inWindow = state.person(of: message.guest).isWindowOpen(at: state.now)
    let rate = sender.rate(
      of: cost.category, to: phone, at: state.now, inWindow: cost.inWindow)
    cost.estimatedMicros =
      sender.hasAllowance(for: cost.category, at: state.now) ? 0 : rate?.micros
    cost.market = rate.flatMap { UInt16($0.market) } ?? 0
    return cost
  }
}

extension State {
  func priceCategory(of content: MessageContent) -> PriceCategory {
    content.kind == .template ? self.template(content.template).category.price : .service
  }

  func isMarketing(_ content: MessageContent) -> Bool {
    content.kind == .template && template(content.template).category == .marketing
  }

  package func template(_ id: TemplateID) -> Template {
    projects[of: id].templates[id]
  }

  /// The newest attempt of a message, as its gateway needs it.
  package func sendRequest(for id: MessageID) -> SendRequest {
    let message = self[id]
    let guest = self[message.guest]
    return SendRequest(
      attempt: AttemptID(message: id, number: message.attempts), sender: message.sender,
      from: self[message.sender].row.phone, to: guest.phone, guest: message.guest,
      intent: intent(of: message),
      startedAt: message.attemptAt, content: sendContent(message),
      expectation: expectation(of: message))
  }

  private func intent(of message: Message) -> UInt64 {
    var hash = StableHash()
    hash.add(message.guest.rawValue)
    hash.add(message.campaign.rawValue)
    hash.add(UInt64(message.ordinal))
    return hash.value
  }

  private func sendContent(_ message: Message) -> SendContent {
    let content = message.content
    switch content.kind {
    case .template:
      let template = template(content.template)
      return .template(
        TemplateMessage(content, template, names: template.placeNames[Int(content.variant)]))
    case .buttons: return .buttons(content.text, content.buttons)
    case .list: return .list(content.text, content.buttons)
    case .flow:
      let row = self[message.execution]
      let node = graph(of: row.campaign).nodes[Int(row.steps[Int(message.step)].node)]
      return .flow(
        content.text,
        FlowMessage(node.data.flowUse ?? FlowUse(), content.buttons.first ?? ContentButton()))
    default: return .text(content.text)
    }
  }

  private func expectation(of message: Message) -> SendRequest.Expectation {
    if message.purpose.isOfFlow {
      let row = self[message.execution]
      let graph = graph(of: row.campaign)
      let node = graph.nodes[Int(row.steps[Int(message.step)].node)]
      if node.traits.contains(.sendsForm), let form = node.answeringWait {
        return .form(graph.nodes[form].data.formFields(for: self[message.guest]))
      }
      let expected = node.data.expectation(
        of: message,
        self[message.subject.guest.isNone ? message.guest : message.subject.guest])
      if let expected { return expected }
    }
    let handles = message.content.buttons.compactMap { ButtonPayload($0.payload)?.handle }
    return handles.isEmpty ? .nothing : .button(handles: handles)
  }
}
