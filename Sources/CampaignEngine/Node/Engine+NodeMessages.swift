/// What the kinds of nodes that send something share.
extension Engine {
  /// How long an invitation is held back in the hope of an open window; nil to send at once.
  func holdTime(_ visit: Visit, hasText: Bool) -> TimeSpan? {
    let policy = state[visit.campaign].settings.sessionPolicy
    guard policy.mode == .holdFor, hasText, !visit.isInDialogue, let duration = policy.duration,
      !state.person(of: visit.guest).isWindowSafelyOpen(at: state.now)
    else { return nil }
    return scaled(duration, in: visit.campaign)
  }

  mutating func actAsSender(
    on input: NodeInput, _ visit: Visit, sendBy: Timestamp?, heldFor hold: TimeSpan?
  ) -> NodeResult {
    switch input {
    case .entered, .turn, .timeout:
      let visit = visit.node.mustBeFree ? unsentWhereClosed(visit) : visit
      if visit.node.isPrompt {
        if isRepeating(visit, purpose: .node) { return .fail(reason: "repeating") }
        let isForced = if case .timeout(.turn) = input { true } else { false }
        if mustWaitForTurn(visit, isForced: isForced) { return .wait }
      }
      let message = queueMessage(visit, .node, sendBy: sendBy, heldFor: hold)
      if visit.isSilent { return .leave("default") }
      let kind: WaitKind = hold == nil ? .capacity : .session
      wait(
        visit, Wait(kind, since: state.now, until: .zero), sending: message)
      return .wait
    case .accepted: return .leave("default")
    case .failed: return .leave("failed")
    case .reply: return .wait
    }
  }

  /// Whoever answers on the phone has opened no session window, so what is asked next in free words could
  /// not be sent. It stays open instead, for the guest or for an operator. Later it fails as ever.
  func unsentWhereClosed(_ visit: Visit) -> Visit {
    guard !visit.isInDialogue, !state.person(of: visit.guest).isWindowSafelyOpen(at: state.now),
      let newest = state.newestMessage(of: visit.execution, where: { $0.direction == .inbound }),
      state[newest].told != nil, state[newest].createdAt + Limits.dialogue > state.now
    else { return visit }
    return visit.silent
  }

  /// Puts a message into its lane and returns its identifier. On a silent walk it is only noted: it
  /// shows what would have been sent, and which question is open.
  @discardableResult
  mutating func queueMessage(
    _ visit: Visit, _ purpose: MessagePurpose, asking asked: AskedQuestion? = nil,
    sendBy: Timestamp? = nil, heldFor hold: TimeSpan? = nil
  ) -> MessageID {
    let id = MessageID(
      space: visit.execution.space,
      counter: state.project(of: visit.execution.space).messages.nextCounter)
    let limits = [sendBy, state[visit.campaign].settings.sendBy].compactMap { $0 }
    emit(
      MessageQueued(
        execution: visit.execution, purpose: purpose,
        question: UInt16(truncatingIfNeeded: asked?.index ?? 0),
        isReply: visit.isInDialogue || purpose != .node, isHeld: hold != nil,
        readyAt: state.now + (hold ?? .zero), sendBy: limits.min() ?? .zero,
        isSilenced: visit.isSilent, aboutEvent: asked?.subject.eventPlace ?? 0,
        aboutGuest: asked?.subject.guest.counter ?? 0))
    return id
  }

  /// Takes the guest's turn to be asked something, or waits for it. What is not sent asks nobody.
  /// - Parameter isForced: it has been waited for as long as anybody must.
  mutating func mustWaitForTurn(_ visit: Visit, isForced: Bool) -> Bool {
    if visit.isSilent { return false }
    if isForced {
      forceTurn(visit)
      return false
    }
    if takeTurn(visit) { return false }
    let until = state.now + scaled(Limits.turnTimeout, in: visit.campaign)
    wait(visit, Wait(.turn, since: state.now, until: until))
    return true
  }

  /// Two auto-responders must not talk: counts how often this prompt went out lately. What failed
  /// before an operator's retry reached nobody, and does not stand against the retry. Notes the failure
  /// where it was too often.
  mutating func isRepeating(
    _ visit: Visit, _ asked: AskedQuestion? = nil, purpose: MessagePurpose
  ) -> Bool {
    let (question, subject) = (asked?.index ?? 0, asked?.subject ?? QuestionSubject())
    if visit.isSilent { return false }
    let row = state[visit.execution]
    var count = 0
    for id in state.messages(of: visit.execution) {
      let message = state[id]
      if message.isSilenced { continue }
      if message.createdAt + Limits.samePromptsWindow <= state.now { break }
      guard message.direction == .outbound, Int(message.question) == question,
        message.subject == subject, message.purpose == purpose, Int(message.step) < row.steps.count,
        Int(row.steps[Int(message.step)].node) == visit.index,
        message.step >= row.firstStep || message.status.mayHaveReached
      else { continue }
      count += 1
    }
    guard count >= Limits.samePrompts else { return false }
    noteFailure(visit, .repeating, "The same question went to this guest too often.")
    return true
  }

  mutating func noteFailure(_ visit: Visit, _ errorClass: ErrorClass, _ text: String) {
    var error = LastError()
    error.errorClass = errorClass
    error.message = text
    error.node = UInt16(truncatingIfNeeded: visit.index)
    error.at = state.now
    emit(ExecutionFailureNoted(execution: visit.execution, error: error))
  }
}

extension ChatflowGraph.Node {
  /// It asks in words that only an open window lets out, and nothing else is provided for.
  fileprivate var mustBeFree: Bool {
    let isProvidedFor = handles.firstIndex(of: "failed").map { targets[$0] != nil } ?? false
    return isPrompt && data.templateUse == nil && data.windowTimeout == nil && !isProvidedFor
  }
}
