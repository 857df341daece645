/// Where an inbound message belongs, and what it does there.
package struct Route: Sendable {
  package enum Effect: Sendable {
    /// Answers the open wait, or the one that a message under way leads to.
    case answer
    /// Answers a question that the execution is about to ask, and need not any more.
    case answerAhead(node: Int)
    /// Answers a question that counts as not yet taken: so it was.
    case proof(MessageID)
    /// Re-enters a wait that was left: the guest changed their mind by a button.
    case change(node: Int)
    /// Another choice for an earlier question of the form that is still open.
    case changeAnswer(question: Int)
    /// Gets the question again.
    case askAgain(node: Int)
    /// Asks for what already stands: a second tap on one button.
    case repeats
    /// It belongs here, and nothing comes of it by itself.
    case nothing
  }

  let execution: ExecutionID
  let by: RoutedBy
  let effect: Effect

  /// True where the execution goes another way because of it.
  var decides: Bool {
    switch effect {
    case .answer, .answerAhead, .proof, .change, .changeAnswer: true
    case .askAgain, .repeats, .nothing: false
    }
  }
}

/// The order in which an execution is sought: our own id in a button's payload; the message that
/// was quoted; the execution that last prompted this person and still waits; one that waits without
/// having prompted, the oldest first; else a question that was left. Who is named by a payload or a
/// quote is meant: what cannot count there is never another's answer.
enum Routing {
  static func route(_ inbound: ReceiveMessage, person: UInt32, in state: State) -> Route? {
    guard inbound.content.kind.answers else { return nil }
    if let payload = ButtonPayload(inbound.content.payload) {
      guard state.find(payload.execution) != nil,
        state.senderID(ofSpace: payload.execution.space) == inbound.sender
      else { return nil }
      return byButton(payload, in: state)
    }
    let quoted = state.message(named: inbound.content.quotes, at: inbound.sender)
    if let quoted {
      if let route = byQuote(quoted, in: state) { return route }
      if state.isQuestion(quoted) { return late([state[quoted].execution], in: state) }
    }
    guard person != 0 else { return nil }
    let guests = state.guests(of: person, at: inbound.sender)
    let executions = guests.flatMap { state.executions(of: $0) }
    if let route = byWaiting(executions, in: state) { return route }
    // An answer to what an operator wrote is for the operator, and gets no question again.
    if let said = quoted ?? state.newestSent(to: guests), state[said].purpose == .operator {
      return nil
    }
    return late(executions, in: state)
  }

  /// Where a message belongs that an operator gives to an execution.
  static func route(
    given reply: Message, to execution: ExecutionID, in state: State
  ) -> Route? {
    if let told = reply.told, reply.execution == execution {
      return route(told: reply, told, in: state)
    }
    if let payload = ButtonPayload(reply.content.payload), payload.execution == execution,
      let route = byButton(payload, in: state)
    {
      return route
    }
    return byWaiting([execution], in: state) ?? late([execution], in: state)
  }

  /// Where a reply belongs that could not act when it came.
  static func route(delayed reply: Message, in state: State) -> Route? {
    if let told = reply.told { return route(told: reply, told, in: state) }
    if let payload = ButtonPayload(reply.content.payload), payload.execution == reply.execution {
      return byButton(payload, in: state)
    }
    return byWaiting([reply.execution], in: state) ?? late([reply.execution], in: state)
  }

  private static func byButton(_ payload: ButtonPayload, in state: State) -> Route? {
    let row = state[payload.execution]
    guard !state[row.guest].isDeleted, !isCancelled(row, in: state), row.status != .skipped,
      row.node != nil
    else {
      return nil
    }
    let graph = state.graph(of: row.campaign)
    guard let node = state.node(named: payload.node, for: row),
      graph.nodes[node].traits.contains(.asks)
    else { return nil }
    return graph.nodes[node].data.effect(of: payload, on: node, in: state)
      .map { Route(execution: payload.execution, by: .button, effect: $0) }
  }

  private static func byQuote(_ quoted: MessageID, in state: State) -> Route? {
    let execution = state[quoted].execution
    guard !execution.isNone else { return nil }
    let row = state[execution]
    guard row.isOpenToAnswers || state.isQuestionUnderWay(execution), !isCancelled(row, in: state)
    else {
      return nil
    }
    return Route(execution: execution, by: .quote, effect: .answer)
  }

  private static func byWaiting(_ executions: [ExecutionID], in state: State) -> Route? {
    let waiting = executions.filter {
      (state[$0].isOpenToAnswers || state.isQuestionUnderWay($0))
        && !isCancelled(state[$0], in: state)
    }
    // What was never asked is answered only where nothing else was.
    let asked = waiting.filter { !state.isUnasked($0) }
    let prompted = (asked.isEmpty ? waiting : asked).compactMap { id in
      state.newestPrompt(of: id).map { (execution: id, prompt: $0) }
    }
    let newest = prompted.max { ($0.prompt.0, $0.prompt.1) < ($1.prompt.0, $1.prompt.1) }
    guard let execution = newest?.execution ?? asked.min() ?? waiting.min() else { return nil }
    return Route(execution: execution, by: .waiting, effect: .answer)
  }

  /// The newest question that this person left, where answers still count.
  private static func late(_ executions: [ExecutionID], in state: State) -> Route? {
    for execution in executions.sorted(by: >) {
      let row = state[execution]
      guard !isCancelled(row, in: state), row.status != .skipped, row.status != .paused else {
        continue
      }
      let graph = state.graph(of: row.campaign)
      for step in row.steps.reversed() {
        guard state.mayChangeAnswer(to: graph.nodes[Int(step.node)].data, of: row) else { continue }
        let effect: Route.Effect =
          state.mayAskAgain(execution) ? .askAgain(node: Int(step.node)) : .nothing
        return Route(execution: execution, by: .lateReply, effect: effect)
      }
    }
    return nil
  }

  private static func isCancelled(_ row: Execution, in state: State) -> Bool {
    row.status == .cancelled || state[row.campaign].status == .cancelled
      || state[row.campaign].isDeleted
  }
}

extension Execution {
  /// The guest is asked something, whether or not they could go on at once.
  var isOpenToAnswers: Bool {
    (status == .waiting || status == .paused) && wait?.kind.isForGuest == true
  }
}

extension State {
  /// The question that an execution waits for was never sent: somebody was told the answer before it, and
  /// what followed could not go out, or was not to.
  func isUnasked(_ id: ExecutionID) -> Bool {
    let row = self[id]
    guard row.isOpenToAnswers, let here = row.node else { return false }
    return isUnasked(id, at: here, question: row.wait?.kind == .form ? row.wait?.question : nil)
  }

  private func hasSilenced(_ id: ExecutionID) -> Bool {
    var counter = projects[of: id].executions[links: id].lastMessage
    while counter != 0 {
      if projects[of: id].messages[counter].isSilenced { return true }
      counter = projects[of: id].messages[links: counter].previousInChain
    }
    return false
  }

  /// - Parameter question: index of a form's question; nil for a node that has one only.
  func isUnasked(_ id: ExecutionID, at here: Int, question open: Int?) -> Bool {
    // Nearly nobody is.
    guard hasSilenced(id) else { return false }
    let row = self[id]
    let nodes = graph(of: row.campaign).nodes
    let subject = open == nil ? nil : askedQuestion(of: id)?.subject
    let questions = messages(of: id).map { self[$0] }.filter { message in
      guard message.direction == .outbound, message.purpose.isOfFlow,
        row.steps.indices.contains(Int(message.step))
      else { return false }
      let node = Int(row.steps[Int(message.step)].node)
      return node == here
        ? open.map {
          $0 == Int(message.question) && subject.map { $0 == message.subject } ?? true
        } ?? true : nodes[node].answeringWait == here
    }
    return questions.contains(where: \.isSilenced)
      && !questions.contains { $0.attempts > 0 || $0.isInLane }
  }

  /// A message of a flow: whoever quotes it means that flow.
  fileprivate func isQuestion(_ id: MessageID) -> Bool {
    let row = self[id]
    return row.direction == .outbound && !row.execution.isNone
      && (row.purpose.isOfFlow || row.purpose == .reminder)
  }

  /// The newest message that was sent to these guests, who are one person.
  fileprivate func newestSent(to guests: [GuestID]) -> MessageID? {
    var newest: (Timestamp, MessageID)?
    func consider(_ id: MessageID) {
      let candidate = (self[id].attemptAt, id)
      if newest.map({ $0 < candidate }) ?? true { newest = candidate }
    }
    for guest in guests {
      if let id = newestLooseMessage(of: guest, where: { $0.attemptAt > .zero }) { consider(id) }
      for execution in executions(of: guest) {
        if let prompt = newestPrompt(of: execution) { consider(prompt.1) }
      }
    }
    return newest?.1
  }

  /// When an execution last sent something; how recent prompts are compared.
  func newestPrompt(of execution: ExecutionID) -> (Timestamp, MessageID)? {
    for id in messages(of: execution) {
      let message = self[id]
      if message.direction == .outbound, message.attemptAt > .zero {
        return (message.attemptAt, id)
      }
    }
    return nil
  }
}
