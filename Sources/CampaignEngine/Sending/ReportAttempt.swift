/// What became of handing an attempt to its gateway.
package struct ReportAttempt: Command {
  package static let cause: CauseKind? = .gateway
  package enum Outcome: Sendable, Equatable {
    /// - Parameter phone: WhatsApp's own spelling of the number, where it told one.
    case accepted(gatewayID: String, isHeld: Bool, userID: String?, phone: Phone? = nil)
    case refused(MessageError, retryAfter: TimeSpan?)
    /// The answer was lost: it may have been sent, so it is never sent again blindly.
    case unknown(String)
  }

  package let attempt: AttemptID
  package let outcome: Outcome

  package init(attempt: AttemptID, outcome: Outcome) {
    (self.attempt, self.outcome) = (attempt, outcome)
  }

  package func perform(in engine: inout Engine) throws(Rejection) {
    let id = attempt.message
    guard let message = engine.state.sentMessage(id) else {
      throw .notFound(id)
    }
    defer { engine.takeReplies(of: message.execution) }
    // An answer to an earlier attempt, or one that a report has overtaken, has nothing to add; unless
    // nobody knew what had become of that attempt.
    guard message.currentAttempt == attempt.number else {
      if case .accepted(_, _, let userID, let phone) = outcome {
        engine.learn(userID: userID, phone: phone, from: message)
      }
      return engine.answerEarlier(attempt, outcome)
    }
    switch outcome {
    case .accepted(let gatewayID, let isHeld, let userID, let phone):
      engine.accept(id, gatewayID: gatewayID, isHeld: isHeld)
      engine.learn(userID: userID, phone: phone, from: message)
    case .refused(let error, let retryAfter):
      guard message.mayHaveBeenTaken else { return }
      engine.failOpen(id, error, retryAfter: retryAfter, proof: .notAccepted)
    case .unknown(let text):
      guard message.status == .sending else { return }
      engine.emit(
        MessageSettled(
          message: id, status: .outcomeUnknown, error: MessageError(.unknown, message: text)))
      engine.pauseIfFailing(message.campaign)
    }
  }
}

extension Engine {
  mutating func accept(_ id: MessageID, gatewayID given: String, isHeld: Bool) {
    let message = state[id]
    // An id belongs to the message that had it first.
    let owner = state.message(named: given, at: message.sender)
    let isOurs = owner == nil || owner == id
    // WhatsApp's identifiers have the number in them, which an erased guest has no more.
    let gatewayID = isOurs && !state[message.guest].isErased ? given : ""
    guard message.mayHaveBeenTaken || message.isRefuted(by: isHeld ? .held : .accepted) else {
      // A report came first: only the identifier is news.
      if message.status.isWithWhatsApp, message.gatewayID.isEmpty, !gatewayID.isEmpty {
        emit(MessageAccepted(message: id, gatewayID: gatewayID, isHeld: isHeld))
      } else {
        learnGatewayID(gatewayID, of: id)
      }
      return applyParkedReports(of: id, gatewayID: gatewayID)
    }
    emit(MessageAccepted(message: id, gatewayID: gatewayID, isHeld: isHeld))
    if !isHeld { goOn(afterAccepted: id) }
    applyParkedReports(of: id, gatewayID: gatewayID)
  }

  /// The execution that waits for this message goes on, or its answer's clock starts anew.
  mutating func goOn(afterAccepted id: MessageID) {
    let message = state[id]
    let execution = message.execution
    guard message.purpose.isOfFlow else { return }
    revive(execution, by: id)
    let row = state[execution]
    guard row.status == .waiting, mayAct(execution) else { return }
    if row.awaitedMessage == id {
      // What follows an answer in the dialogue is still part of it.
      run(execution, .accepted(id), message.isReply ? .dialogue : .flow)
      takeReplies(of: execution)
      return
    }
    guard var wait = row.wait, wait.kind.isForGuest, Int(message.step) == row.steps.count - 1 else {
      return
    }
    guard let length = node(of: message).data.answerTimeout else { return }
    wait.since = state.now
    wait.until = state.now + scaled(length, in: message.campaign)
    emit(ExecutionWaits(execution: execution, wait: wait))
  }

  /// What ended an execution as failed has come to the guest after all: it stands where the message was
  /// sent again, and nothing is sent.
  private mutating func revive(_ execution: ExecutionID, by id: MessageID) {
    let row = state[execution]
    guard row.status == .failed, Int(state[id].step) == row.steps.count - 1,
      state[id].purpose == .node, let node = row.node,
      rejection(of: .retry, on: execution) == nil
    else { return }
    emit(ExecutionRetried(execution: execution, node: UInt16(truncatingIfNeeded: node)))
    emit(
      ExecutionWaits(
        execution: execution, wait: Wait(.delivery, since: state.now), sending: id))
    takeIn(behind: execution)
  }

  /// An attempt failed that may have been taken. Where it was given up or called off meanwhile, only
  /// the proof is news.
  mutating func failOpen(
    _ id: MessageID, _ error: MessageError, retryAfter: TimeSpan?, proof: FailureProof
  ) {
    let status = state[id].status
    guard status.mayHaveReached else {
      emit(MessageSettled(message: id, status: status, error: error, isOurs: true, failure: proof))
      return
    }
    fail(id, error, retryAfter: retryAfter, proof: proof)
  }

  /// An attempt failed: now, or by a later report; or, without proof, it came about here. Decides
  /// between again and never.
  mutating func fail(
    _ id: MessageID, _ error: MessageError, retryAfter: TimeSpan? = nil, proof: FailureProof? = nil
  ) {
    let message = state[id]
    learn(from: error, message, retryAfter: retryAfter ?? .zero, proof: proof)
    // It may just have been paused by what was learnt.
    let campaign = state.find(message.campaign)
    let policy = campaign?.settings.retry ?? RetryPolicy()
    defer { pauseIfFailing(message.campaign) }
    guard isWanted(id) else {
      emit(MessageSettled(message: id, status: .failed, error: error, failure: proof))
      return
    }
    if error.errorClass == .window, message.attempts > 0, !message.mustBeTemplate,
      canBeTemplate(message)
    {
      emit(
        MessagePostponed(message: id, readyAt: state.now, mustBeTemplate: true, failure: proof))
      return
    }
    if let block = stop(message, for: error) {
      emit(
        MessagePostponed(
          message: id, readyAt: state.now, error: error, block: block, failure: proof))
      return
    }
    // Those that were under way when the sender stopped wait for the resume like the first one.
    if error.errorClass == .senderStop, message.attempts > 0, message.purpose.isOfFlow,
      campaign?.status == .paused
    {
      emit(MessagePostponed(message: id, readyAt: state.now, error: error, failure: proof))
      return
    }
    if let readyAt = nextTry(of: message, after: error, policy, retryAfter: retryAfter ?? .zero) {
      emit(MessagePostponed(message: id, readyAt: readyAt, error: error, failure: proof))
      return
    }
    emit(MessageSettled(message: id, status: .failed, error: error, failure: proof))
    goOn(afterFailed: id, error)
  }

  /// When a message may go again that failed; nil where it never may. A throttle uses up no attempt.
  private func nextTry(
    of message: Message, after error: MessageError, _ policy: RetryPolicy, retryAfter: TimeSpan
  ) -> Timestamp? {
    let hasAttempts = message.countedAttempts < policy.maxAttempts
    let interval = max(policy.interval(afterAttempts: message.countedAttempts), retryAfter)
    switch error.errorClass {
    case .throttle: return max(state.now + retryAfter, state[message.sender].row.throttledUntil)
    case .pairThrottle: return state.now + pairWait(message, retryAfter: retryAfter)
    case .transient: return hasAttempts ? state.now + interval : nil
    case .defer:
      guard hasAttempts, message.deferrals < Limits.deferredRetries else { return nil }
      return state.now + max(interval, Limits.deferral)
    case .window, .recipient, .payload, .optOut, .templateStop, .senderStop, .missingVariable,
      .repeating, .unknown, .tooLong:
      return nil
    }
  }

  /// WhatsApp asks for four times as long after each failure (Meta, "About the platform").
  private func pairWait(_ message: Message, retryAfter: TimeSpan) -> TimeSpan {
    max(retryAfter, .seconds(1 << (2 * Int64(min(message.turnedAway, 6)))))
  }

  /// What a failure says about others than its own message. One that came about here says nothing
  /// of WhatsApp.
  mutating func learn(
    from error: MessageError, _ message: Message, retryAfter: TimeSpan, proof: FailureProof?
  ) {
    if proof != nil, error.errorClass == .throttle {
      slow(message.sender, attemptAt: message.attemptAt, retryAfter: retryAfter)
    }
    guard !state[message.sender].persons[message.person].phone.isNone else { return }
    switch error.errorClass {
    case .pairThrottle where proof != nil:
      let wait = pairWait(message, retryAfter: retryAfter)
      emit(
        PersonChanged(
          sender: message.sender, person: message.person,
          pairFullAt: state.now + wait + PairRate.whole))
    case .defer where proof != nil && state.find(message.content.template) != nil:
      emit(
        PersonChanged(
          sender: message.sender, person: message.person,
          cappedCategory: state.priceCategory(of: message.content),
          cappedUntil: state.now + Limits.deferral))
    case .window where message.attempts > 0:
      // Evidence of the time of the attempt: the guest may have written since.
      emit(
        PersonChanged(
          sender: message.sender, person: message.person, windowDeniedAt: message.attemptAt))
    case .templateStop where message.attempts > 0: stopTemplate(of: message, for: error)
    case .senderStop where message.attempts > 0: pauseCampaigns(of: message.sender, for: error)
    case .optOut:
      if !state[message.sender].persons[message.person].isMarketingStopped {
        emit(PersonChanged(sender: message.sender, person: message.person, marketing: .stop))
      }
    case .recipient:
      if state[message.guest].unreachableSince == .zero, !state[message.guest].isDeleted {
        var profile = GuestProfile()
        profile.unreachableSince = state.now
        emit(GuestUpdated(guest: message.guest, profile: profile, execution: message.execution))
      }
    default: break
    }
  }

  private func canBeTemplate(_ message: Message) -> Bool {
    guard message.purpose.isOfFlow else { return message.purpose == .reminder }
    return message.purpose == .node && node(of: message).data.templateUse != nil
  }

  /// The execution that waits for the message takes its way out "failed", or fails.
  mutating func goOn(afterFailed id: MessageID, _ error: MessageError) {
    let message = state[id]
    let execution = message.execution
    guard message.purpose.isOfFlow else { return }
    let row = state[execution]
    guard !row.status.isEnded else { return }
    let isWaitedFor =
      row.awaitedMessage == id && (row.status == .waiting || row.status == .paused)
    let isOpenQuestion =
      message.purpose == .question && row.wait?.kind == .form
      && Int(message.step) == row.steps.count - 1
    guard isWaitedFor || isOpenQuestion else { return }
    var note = LastError()
    note.errorClass = error.errorClass
    note.gatewayCode = error.code
    note.message = error.message
    note.messageID = id
    note.node = row.steps.last?.node ?? 0
    note.attempts = Int64(message.attempts)
    note.at = state.now
    emit(ExecutionFailureNoted(execution: execution, error: note))
    if error.errorClass == .optOut {
      end(execution, .skipped, reason: "opted_out")
      return
    }
    guard mayAct(execution) else { return }
    run(execution, .failed(id), message.isReply ? .dialogue : .flow)
  }
}
