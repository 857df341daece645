/// What comes of an answer, and which event that is.
extension Engine {
  enum Effected { case nothing, taken, reopened }

  /// Lets a message take effect and keeps what came of it. Returns true where it took its execution back
  /// to a wait that it had left.
  /// - Parameter filing: the event by which an operator gave it to its execution, which is enough.
  mutating func take(
    _ message: MessageID, by route: Route?, filing: EventReference? = nil
  ) -> Bool {
    agenda.beginEffect()
    var effected = Effected.nothing
    if let route { effected = act(on: route, message) }
    var cause = agenda.endEffect()
    if case .repeats? = route?.effect { cause = state.causeOfSameTap(as: message) }
    cause = effected == .nothing ? filing : cause ?? filing
    // What nothing came of is for somebody to look at.
    let disposition: Disposition = cause == nil ? .needsAttention : .applied
    let row = state[message]
    if row.disposition != disposition || row.cause != cause {
      emit(MessageDisposed(message: message, disposition: disposition, cause: cause))
    }
    return effected == .reopened
  }

  mutating func act(on route: Route, _ message: MessageID) -> Effected {
    switch route.effect {
    case .answer:
      guard fits(message, nil, of: route.execution) else { return .nothing }
      return answer(route.execution, by: message)
    case .answerAhead(let node):
      guard fits(message, node, of: route.execution), pass(to: node, of: route.execution) else {
        return .nothing
      }
      return answer(route.execution, by: message)
    case .proof(let sent): return prove(sent, by: message)
    case .change(let node):
      guard fits(message, node, of: route.execution) else { return .nothing }
      cancelQueued(of: route.execution)
      emit(ExecutionReopened(execution: route.execution, node: UInt16(truncatingIfNeeded: node)))
      _ = answer(route.execution, by: message)
      return .reopened
    case .changeAnswer(let question):
      guard let node = state[route.execution].node else { return .nothing }
      let visit = makeVisit(route.execution, node)
      let isTaken = visit.node.data.changeAnswer(to: question, by: message, visit, in: &self)
      return isTaken ? .taken : .nothing
    case .askAgain(let node): return askAgain(route.execution, node: node)
    case .repeats: return .taken
    case .nothing: return .nothing
    }
  }

  /// What was meant to be sent when the guest answered elsewhere is no longer meant; and nobody writes
  /// to us, so what follows is no dialogue.
  private mutating func answer(_ execution: ExecutionID, by message: MessageID) -> Effected {
    guard let told = state[message].told else {
      run(execution, .reply(message), .dialogue)
      return .taken
    }
    cancelQueued(of: execution, isAnswered: true)
    run(execution, .reply(message), told.isSilent ? .silence : .flow)
    return .taken
  }

  /// Whether the question still takes an answer that was told: what it may be can have changed since it was
  /// written down, and the guest is not to blame.
  /// - Parameter node: of the question; nil for the one where the execution stands.
  private func fits(_ message: MessageID, _ node: Int?, of execution: ExecutionID) -> Bool {
    guard let told = state[message].told else { return true }
    guard let node = node ?? state[execution].node else { return false }
    let visit = makeVisit(execution, node)
    let content = ToldContent(name: told.name, content: state[message].content)
    return visit.node.data.fault(inTold: content, visit, self) == nil
  }

  /// Goes on to a question as if what asks it had been sent.
  /// - Returns: whether the execution stands there now.
  private mutating func pass(to node: Int, of execution: ExecutionID) -> Bool {
    cancelQueued(of: execution, isAnswered: true)
    let isHere = state[execution].node == node
    run(execution, isHere ? .turn : .accepted(state[execution].awaitedMessage), .silence)
    return state[execution].node == node && state[execution].isOpenToAnswers
  }

  /// Whoever taps a button has its message, even where the gateway's answer is lost or still on its
  /// way. The execution goes on as if it had come, and then takes the tap.
  private mutating func prove(_ sent: MessageID, by message: MessageID) -> Effected {
    let row = state[sent]
    // Whoever taps on what was said to have failed has it; else how far it came is WhatsApp's to say.
    let isDisputed = (row.isInLane || row.status == .failed) && !row.mayHaveBeenTaken
    var report = DeliveryReport()
    (report.status, report.at) = (isDisputed ? .delivered : .sent, state[message].sentAt)
    _ = apply(report, to: sent, gatewayID: "")
    guard let route = Routing.route(delayed: state[message], in: state) else { return .nothing }
    if case .proof = route.effect { return .nothing }
    return act(on: route, message)
  }

  /// A late text decides nothing: the guest gets the question again, with its buttons.
  private mutating func askAgain(_ execution: ExecutionID, node: Int) -> Effected {
    let row = state[execution]
    guard let step = row.steps.lastIndex(where: { Int($0.node) == node }) else { return .nothing }
    emit(
      MessageQueued(
        execution: execution, purpose: .lateQuestion, isReply: true, readyAt: state.now,
        step: UInt16(truncatingIfNeeded: step)))
    return .taken
  }

  /// True where a reply has to wait: for the end of a pause, behind older replies, or until it is known
  /// that its question went out.
  func mustWait(_ route: Route) -> Bool {
    guard route.decides else { return false }
    let row = state[route.execution]
    if row.status == .paused || state[row.campaign].status == .paused { return true }
    switch route.effect {
    case .proof: return false
    case .answer: return row.hasUnappliedReply || state.isQuestionUnderWay(route.execution)
    case .answerAhead, .change, .changeAnswer, .askAgain, .repeats, .nothing:
      return row.hasUnappliedReply
    }
  }

  /// Something became known of a message that replies may have waited for.
  mutating func takeReplies(of execution: ExecutionID) {
    guard !execution.isNone, state[execution].hasUnappliedReply, !agenda.isCatchingUp(execution),
      mayAct(execution)
    else { return }
    catchUp(execution)
  }

  /// Replies that can take effect no more are an operator's.
  mutating func setAsideReplies(of execution: ExecutionID) {
    guard state[execution].hasUnappliedReply else { return }
    for id in state.messages(of: execution) where state[id].isUnapplied {
      emit(MessageDisposed(message: id, disposition: .needsAttention))
    }
  }
}

extension State {
  /// WhatsApp has the execution's question, or may have it, and the execution has not heard of that:
  /// its answer is under way, or came during a pause. What is paced came to nobody yet.
  func isQuestionUnderWay(_ id: ExecutionID) -> Bool {
    let row = self[id]
    guard row.status == .waiting || row.status == .paused, !row.awaitedMessage.isNone,
      let here = row.node,
      graph(of: row.campaign).nodes[here].answeringWait != nil
    else { return false }
    let sent = self[row.awaitedMessage]
    return sent.mayHaveBeenTaken || (sent.status.isWithWhatsApp && sent.status != .held)
  }

  /// Once a day at most.
  func mayAskAgain(_ execution: ExecutionID) -> Bool {
    let last = self[execution].lastLateQuestionAt
    return last == .zero || last + Limits.lateQuestionInterval <= now
  }

  /// What the first tap of the same button caused.
  fileprivate func causeOfSameTap(as message: MessageID) -> EventReference? {
    let row = self[message]
    guard !row.execution.isNone else { return nil }
    let first =
      newestMessage(of: row.execution) {
        $0.direction == .inbound && $0.content.payload == row.content.payload && $0.appliedBy > 0
      }
      // The same may have been typed before it was tapped.
      ?? newestMessage(of: row.execution) { $0.direction == .inbound && $0.appliedBy > 0 }
    return first.flatMap { self[$0].cause }
  }
}
