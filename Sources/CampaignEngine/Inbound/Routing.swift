/// Where an inbound message belongs, and what it does there.
struct Route: Sendable {
  enum Effect: Sendable {
    /// Answers the open wait.
    case answer
    /// Answers a question that counts as not yet taken: so it was.
    case proof(MessageID)
    /// Re-enters a wait that was left: the guest changed their mind by a button.
    case change(node: Int)
    /// Gets the question again.
    case askAgain(node: Int)
    case nothing
  }

  let execution: ExecutionID
  let by: RoutedBy
  let effect: Effect

  /// True where the execution goes another way because of it.
  var decides: Bool {
    switch effect {
    case .answer, .proof, .change: true
    case .askAgain, .nothing: false
    }
  }
}

/// The order in which an execution is sought: our own id in a button's payload; the message that
/// was quoted; the execution that last prompted this person and still waits; one that waits without
/// having prompted, the oldest first; else a question that was left.
enum Routing {
  static func route(_ inbound: ReceiveMessage, person: UInt32, in state: State) -> Route? {
    guard inbound.content.kind.opensWindow else { return nil }
    if let payload = ButtonPayload(inbound.content.payload), state.find(payload.execution) != nil,
      state.senderID(ofSpace: payload.execution.space) == inbound.sender
    {
      return byButton(payload, in: state)
    }
    let quoted = state[inbound.sender].messagesByGatewayID[inbound.content.quotes]
    if let quoted, let route = byQuote(quoted, in: state) { return route }
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
    if let payload = ButtonPayload(reply.content.payload), payload.execution == execution,
      let route = byButton(payload, in: state)
    {
      return route
    }
    return byWaiting([execution], in: state) ?? late([execution], in: state)
  }

  /// Where a reply belongs that could not act when it came.
  static func route(delayed reply: Message, in state: State) -> Route? {
    if let payload = ButtonPayload(reply.content.payload), payload.execution == reply.execution {
      return byButton(payload, in: state)
    }
    return byWaiting([reply.execution], in: state) ?? late([reply.execution], in: state)
  }

  private static func byButton(_ payload: ButtonPayload, in state: State) -> Route? {
    let row = state[payload.execution]
    guard !state[row.guest].isDeleted, !isCancelled(row, in: state), row.status != .skipped,
      let here = row.node
    else {
      return nil
    }
    let graph = state.graph(of: row.campaign)
    guard let node = state.node(named: payload.node, for: row), graph.nodes[node].type.asksGuest
    else {
      return nil
    }
    if node == here, isOpen(row) {
      let isAsked = asks(payload, graph.nodes[node].data, row)
      return Route(execution: payload.execution, by: .button, effect: isAsked ? .answer : .nothing)
    }
    if graph.nodes[here].answeringWait == node, row.sending != 0, !row.status.isEnded {
      let sent = MessageID(space: payload.execution.space, counter: row.sending)
      let row = state[sent]
      if row.status == .held || row.mayHaveBeenTaken || row.isInLane && row.attempts > 0 {
        return Route(execution: payload.execution, by: .button, effect: .proof(sent))
      }
    }
    guard case .waitReply(let wait) = graph.nodes[node].data,
      let last = row.steps.last(where: { Int($0.node) == node })
    else { return Route(execution: payload.execution, by: .button, effect: .nothing) }
    // A second tap on the button that decided already says nothing new.
    let isSame =
      last.exit == .passed
      && graph.nodes[node].handles[Int(last.handle)] == payload.handle
    let isChange = wait.replies.contains { $0.handle == payload.handle }
    if isSame || !isChange {
      return Route(execution: payload.execution, by: .button, effect: .nothing)
    }
    guard mayChange(wait, row, in: state) else { return nil }
    return Route(execution: payload.execution, by: .button, effect: .change(node: node))
  }

  /// A form's buttons answer their own question: a second tap on one is no answer to the next.
  private static func asks(
    _ payload: ButtonPayload, _ data: NodeData.Content, _ row: Execution
  ) -> Bool {
    guard case .guestForm(let form) = data, let index = row.wait?.question,
      form.questions.indices.contains(index)
    else { return true }
    return payload.handle.hasPrefix(form.questions[index].key + ".")
  }

  private static func byQuote(_ quoted: MessageID, in state: State) -> Route? {
    let execution = state[quoted].execution
    guard !execution.isNone else { return nil }
    let row = state[execution]
    guard isOpen(row), !isCancelled(row, in: state) else { return nil }
    return Route(execution: execution, by: .quote, effect: .answer)
  }

  private static func byWaiting(_ executions: [ExecutionID], in state: State) -> Route? {
    let waiting = executions.filter { isOpen(state[$0]) && !isCancelled(state[$0], in: state) }
    let prompted = waiting.compactMap { id in
      state.newestPrompt(of: id).map { (execution: id, prompt: $0) }
    }
    let newest = prompted.max { ($0.prompt.0, $0.prompt.1) < ($1.prompt.0, $1.prompt.1) }
    guard let execution = newest?.execution ?? waiting.min() else { return nil }
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
        guard case .waitReply(let wait) = graph.nodes[Int(step.node)].data,
          mayChange(wait, row, in: state)
        else { continue }
        return Route(execution: execution, by: .lateReply, effect: .askAgain(node: Int(step.node)))
      }
    }
    return nil
  }

  private static func mayChange(_ wait: WaitReplyNode, _ row: Execution, in state: State) -> Bool {
    guard wait.lateChange == .untilEvent,
      let event = state.project(of: row.campaign.space).row.events.first
    else { return false }
    return state.now < event.startsAt
  }

  private static func isOpen(_ row: Execution) -> Bool {
    (row.status == .waiting || row.status == .paused) && row.wait?.kind.isForGuest == true
  }

  private static func isCancelled(_ row: Execution, in state: State) -> Bool {
    row.status == .cancelled || state[row.campaign].status == .cancelled
      || state[row.campaign].isDeleted
  }
}

extension State {
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
