/// Hands due messages to the gateways, as far as the rates allow. Everything that can forbid a
/// message is judged now, at the moment of sending, not when it was planned.
package struct DispatchSends: Command {
  package static let cause: CauseKind? = .flow
  package init() {}

  package func perform(in engine: inout Engine) -> [SendRequest] {
    var requests: [SendRequest] = []
    for index in engine.state.senders.indices {
      let sender = SenderID(space: 0, counter: UInt32(index + 1))
      engine.dispatchReplies(of: sender, into: &requests)
      engine.dispatchLoose(of: sender, into: &requests)
      for campaign in engine.state.senders[index].runningCampaigns {
        engine.dispatch(campaign: campaign, of: sender, into: &requests)
      }
    }
    return requests
  }
}

extension Engine {
  /// How far ahead of its steady rate a number may send: WhatsApp counts by the second.
  static let burstMicroseconds: Int64 = 250_000

  fileprivate mutating func dispatchReplies(of sender: SenderID, into requests: inout [SendRequest])
  {
    while requests.count < Limits.sendsPerSlice, senderHasSlot(sender),
      let entry = state[sender].priorityLane.first, entry.readyAt <= state.now
    {
      if let request = dispatch(entry.message) { requests.append(request) }
    }
  }

  fileprivate mutating func dispatchLoose(of sender: SenderID, into requests: inout [SendRequest]) {
    var looked = 0
    while requests.count < Limits.sendsPerSlice, looked < Limits.sendsPerSlice,
      senderHasSlot(sender), let entry = state[sender].looseLane.first, entry.readyAt <= state.now
    {
      looked += 1
      if let request = dispatch(entry.message) { requests.append(request) }
    }
  }

  fileprivate mutating func dispatch(
    campaign: CampaignID, of sender: SenderID, into requests: inout [SendRequest]
  ) {
    var looked = 0
    while requests.count < Limits.sendsPerSlice, looked < Limits.sendsPerSlice,
      senderHasSlot(sender), campaignHasSlot(campaign),
      let entry = state.lane(of: campaign).first, entry.readyAt <= state.now,
      state.maySend(campaign)
    {
      looked += 1
      if let request = dispatch(entry.message) { requests.append(request) }
    }
  }

  private func senderHasSlot(_ sender: SenderID) -> Bool {
    state[sender].row.nextSlotMicroseconds <= state.now.milliseconds * 1000 + Self.burstMicroseconds
  }

  private func campaignHasSlot(_ campaign: CampaignID) -> Bool {
    let row = state[campaign]
    return row.throttle == nil || row.nextSlotMicroseconds <= state.now.milliseconds * 1000
  }

  /// Decides about one message. Whatever it decides, the message leaves its place in the lane.
  private mutating func dispatch(_ id: MessageID) -> SendRequest? {
    let message = state[id]
    guard isWanted(id) else {
      emit(MessageSettled(message: id, status: .cancelled))
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
    if message.status == .pending, case .sendMessage = node(of: message).data {
      fail(id, Self.windowClosed)
      return nil
    }
    if !message.isReply {
      let moment = nextAllowed(state.now, for: message.guest)
      if moment > state.now {
        emit(MessagePostponed(message: id, readyAt: moment))
        return nil
      }
    }
    return start(id)
  }

  /// True while the execution stands where this message belongs. Whoever answered a question before
  /// it left, or went another way meanwhile, must not get it any more.
  func isWanted(_ id: MessageID) -> Bool {
    let message = state[id]
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
    case .node: return row.sending == id.counter
    case .question, .invalid:
      return row.wait?.kind == .form && row.wait?.question == Int(message.question)
    case .reprompt: return row.wait?.kind == .reply
    case .lateQuestion, .inbound, .operator, .reminder: return true
    }
  }

  /// Late answers are still taken after the end of the campaign, so their question may go.
  private func isLateQuestionOfCompleted(_ message: Message) -> Bool {
    message.purpose == .lateQuestion && state[message.campaign].status == .completed
  }

  private mutating func start(_ id: MessageID) -> SendRequest? {
    switch render(id) {
    case .fail(let error): fail(id, error)
    case .noLanguage: suppress(id, reason: "no_template_language")
    case .content(let content, let replaced):
      if state.isMarketing(content), state.person(of: state[id].guest).subscription != .subscribed {
        suppress(id, reason: "opted_out")
        return nil
      }
      let cost = estimatedCost(of: content, for: id, replaced: replaced)
      emit(AttemptStarted(message: id, content: content, replacedTemplate: replaced, cost: cost))
      return state.sendRequest(for: id)
    }
    return nil
  }

  func node(of message: Message) -> ChatflowGraph.Node {
    let row = state[message.execution]
    return state.graph(of: row.campaign).nodes[Int(row.steps[Int(message.step)].node)]
  }

  private func suppression(of message: Message) -> String? {
    if state.person(of: message.guest).subscription == .optedOut { return "opted_out" }
    if message.sendBy > .zero, state.now > message.sendBy { return "too_late" }
    if !conditionHolds(for: message) { return ReminderSkipReason.condition }
    return nil
  }

  /// The message is not sent, and its execution, where it waits for it, is skipped.
  private mutating func suppress(_ id: MessageID, reason: String) {
    let message = state[id]
    emit(
      MessageSettled(
        message: id, status: .suppressed, error: MessageError(.payload, message: reason)))
    guard message.purpose.isOfFlow else { return }
    let row = state[message.execution]
    if !row.status.isEnded, row.sending == id.counter || message.purpose == .question {
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
    let rate = sender.rate(of: cost.category, to: phone, at: state.now)
    cost.estimatedMicros = rate?.micros
    cost.market = rate.flatMap { UInt16($0.market) } ?? 0
    return cost
  }
}

extension State {
  /// The form whose question a message asks; nil where it asks none.
  private func form(asking message: Message) -> GuestFormNode? {
    guard message.purpose.isOfFlow else { return nil }
    let row = self[message.execution]
    let node = graph(of: row.campaign).nodes[Int(row.steps[Int(message.step)].node)]
    if case .guestForm(let form) = node.data { return form }
    return nil
  }

  func lane(of campaign: CampaignID) -> SortedChunks<LaneEntry> {
    projects[Int(campaign.space)].campaignIndexes[Int(campaign.counter) - 1].lane
  }

  func priceCategory(of content: MessageContent) -> PriceCategory {
    content.kind == .template ? self.template(content.template).category.price : .service
  }

  func isMarketing(_ content: MessageContent) -> Bool {
    content.kind == .template && template(content.template).category == .marketing
  }

  package func template(_ id: TemplateID) -> Template {
    projects[Int(id.space)].templates[Int(id.counter) - 1]
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
      let variant = template.variants[Int(content.variant)]
      return .template(
        name: template.name, language: variant.language, header: content.header,
        parameters: zip(template.placeNames[Int(content.variant)], content.values).map { ($0, $1) },
        buttons: content.buttons)
    case .buttons: return .buttons(content.text, content.buttons)
    case .list: return .list(content.text, content.buttons)
    default: return .text(content.text)
    }
  }

  private func expectation(of message: Message) -> SendRequest.Expectation {
    if let form = form(asking: message), form.questions.indices.contains(Int(message.question)) {
      let question = form.questions[Int(message.question)]
      switch question.kind {
      case .number:
        let invited = self[message.guest].partySize
        let top =
          question.maxFrom == nil ? question.max ?? 10 : min(question.max ?? invited, invited)
        return .number((question.min ?? 0)...max(question.min ?? 0, top))
      case .choice: return .button(handles: question.choices.map(\.value))
      case .date: return .date
      case .phone: return .phone
      case .text: return .text
      }
    }
    let handles = message.content.buttons.compactMap { ButtonPayload($0.payload)?.handle }
    return handles.isEmpty ? .nothing : .button(handles: handles)
  }
}
