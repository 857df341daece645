extension WaitReplyNode {
  package func act(on input: NodeInput, _ visit: Visit, in engine: inout Engine) -> NodeResult {
    switch input {
    case .entered: return wait(visit, in: &engine)
    case .reply(let message): return decide(on: message, visit, in: &engine)
    case .timeout: return .leave("timeout")
    case .accepted: return .wait
    case .failed, .turn: return .wait
    }
  }

  private func wait(
    _ visit: Visit, attempts: Int = 0, in engine: inout Engine
  ) -> NodeResult {
    let now = engine.state.now
    engine.wait(
      visit,
      Wait(
        .reply, attempts: attempts, since: now,
        until: now + engine.scaled(timeout, in: visit.campaign)))
    return .wait
  }

  /// A button of ours decides; a text decides by title, keyword or word; anything else is asked
  /// about again, and then leaves by `default`.
  private func decide(
    on message: MessageID, _ visit: Visit, in engine: inout Engine
  ) -> NodeResult {
    let content = engine.state[message].content
    let payload = ButtonPayload(content.payload)
    var handle: String?
    if let payload, payload.execution == visit.execution, payload.node == visit.node.id {
      handle = replies.first { $0.handle == payload.handle }?.handle
    }
    if handle == nil, content.kind.isText {
      let button = engine.handle(ofButtonCalled: content.text, visit)
      handle =
        replies.first { $0.handle == button }?.handle ?? self.handle(forText: content.text)
    }
    if let handle {
      save(handle, content.text, visit, in: &engine)
      return .leave(handle)
    }
    // Nobody can answer wrongly what they were not asked.
    if engine.state.isUnasked(visit.execution, at: visit.index, question: nil), hasWords(to: visit)
    {
      engine.queueMessage(visit, .lateQuestion)
      return wait(visit, in: &engine)
    }
    let attempts = engine.askedAgain(visit)
    if content.kind.isText, let reprompt, attempts < reprompt.max {
      engine.queueMessage(visit, .reprompt)
      return wait(visit, attempts: attempts + 1, in: &engine)
    }
    save(
      "default", content.text.isEmpty ? "[\(content.kind.rawValue)]" : content.text, visit,
      in: &engine)
    return .leave("default")
  }

  /// There are words in which the question can be asked.
  private func hasWords(to visit: Visit) -> Bool {
    reprompt != nil || visit.graph.promptText(before: visit.index) != nil
  }

  private func save(_ handle: String, _ text: String, _ visit: Visit, in engine: inout Engine) {
    guard let saveAs else { return }
    engine.emit(VariableSet(execution: visit.execution, name: saveAs, value: .text(handle)))
    engine.emit(
      VariableSet(execution: visit.execution, name: saveAs + "_text", value: .text(text)))
  }
}

extension Engine {
  /// What a button means that this guest was sent for the question, by its title: some phones give
  /// no payload back, and a template's titles are its own, in the language of the guest.
  func handle(ofButtonCalled title: String, _ visit: Visit) -> String? {
    let folded = FoldedText(title)
    guard !folded.isEmpty else { return nil }
    let bare = folded.withoutSymbols
    var likely: String?
    for id in state.messages(of: visit.execution).prefix(64) {
      for button in state[id].content.buttons {
        let name = FoldedText(button.title)
        let isExact = name == folded
        guard isExact || likely == nil && !bare.isEmpty && name.withoutSymbols == bare,
          let payload = ButtonPayload(button.payload), payload.node == visit.node.id
        else { continue }
        if isExact { return payload.handle }
        likely = payload.handle
      }
    }
    return likely
  }

  /// Reprompts of the present visit.
  func askedAgain(_ visit: Visit) -> Int {
    let step = state[visit.execution].steps.count - 1
    return state.messages(of: visit.execution).prefix(64).count { id in
      state[id].purpose == .reprompt && Int(state[id].step) == step
    }
  }
}
