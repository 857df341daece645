import Wire

/// A guest has answered elsewhere, on the phone say: their flow goes on as if they had written it.
package struct AnswerForGuest: Command {
  package let execution: ExecutionID
  /// The node that asks; nil for the question that is open or may still be answered.
  package let node: String?
  package let answer: ToldAnswer
  package let channel: ToldChannel
  /// What the flow would send on account of it is not sent.
  package let isSilent: Bool

  package init(
    execution: ExecutionID, node: String? = nil, answer: ToldAnswer, channel: ToldChannel,
    isSilent: Bool
  ) {
    (self.execution, self.node, self.answer) = (execution, node, answer)
    (self.channel, self.isSilent) = (channel, isSilent)
  }

  package struct Result: Sendable {
    package var messages: [MessageID] = []
    package var hasReopened = false
  }

  /// One answer decides what the next may be. So all are taken on a copy, which is kept where all fit.
  package func perform(in engine: inout Engine) throws(Rejection) -> Result {
    var trial = engine
    let result = try take(in: &trial)
    engine = trial
    return result
  }

  private func take(in engine: inout Engine) throws(Rejection) -> Result {
    guard let row = engine.state.find(execution) else { throw .notFound(execution) }
    try engine.state.checkExists(row.guest)
    guard engine.state[row.guest].person != 0 else {
      throw .notReady(
        "\(row.guest.wireText) has no phone number, so no flow goes on; guest.update takes the answer.",
        reason: LeftOutCode.noPhone.rawValue)
    }
    let visit = engine.makeVisit(execution, try question(in: engine.state))
    let contents = try visit.node.data.contents(ofTold: answer, visit, in: engine)
    var result = Result()
    for (place, content) in contents.enumerated() {
      let isLast = place == contents.count - 1
      // What comes next is answered already.
      try take(content, visit, isSilent: isSilent || !isLast, into: &result, in: &engine)
    }
    return result
  }

  private func take(
    _ content: ToldContent, _ visit: Visit, isSilent: Bool, into result: inout Result,
    in engine: inout Engine
  ) throws(Rejection) {
    if let fault = visit.node.data.fault(inTold: content, visit, engine) { throw fault }
    var told = Told()
    (told.channel, told.writtenDownBy) = (channel, engine.state.cause.name)
    (told.node, told.name, told.isSilent) = (visit.node.id, content.name, isSilent)
    let id = MessageID(
      space: execution.space, counter: engine.state.projects[of: execution].messages.nextCounter)
    let reopens = engine.takeTold(id, content.content, told, for: execution)
    guard [.applied, .waits].contains(engine.state[id].disposition) else {
      throw .notReady(
        "\(execution.wireText) does not come to \(visit.node.id) from where it stands.",
        reason: "not_asked")
    }
    result.messages.append(id)
    if reopens { result.hasReopened = true }
  }

  private func question(in state: State) throws(Rejection) -> Int {
    let row = state[execution]
    if let node {
      guard let index = state.node(named: node, for: row) else {
        throw .invalidParams(
          field: "node_id", reason: "unknown_node",
          "expected a node of the version that \(execution.wireText) walks")
      }
      guard state.graph(of: row.campaign).nodes[index].traits.contains(.asks) else {
        throw .invalidParams(
          field: "node_id", reason: "asks_nothing",
          "expected a node that asks: a wait_reply or a guest_form")
      }
      guard state.place(ofQuestionAt: index, in: execution) != nil else {
        throw takesNone(row, "no answer to \(node)", in: state)
      }
      return index
    }
    guard let index = state.likelyQuestion(of: execution) else {
      throw takesNone(row, "no answer", in: state)
    }
    return index
  }

  private func takesNone(_ row: Execution, _ what: String, in state: State) -> Rejection {
    .invalidState(
      id: execution.wireText, action: "answer", status: row.status.rawValue,
      allowed: state.allowed(execution).map(\.rawValue),
      "\(execution.wireText) is \(row.status.rawValue) and takes \(what): it asks nothing, or what it asked was left and takes no late change. guest.update keeps an answer beside the flow."
    )
  }
}

extension Engine {
  /// - Returns: whether it took the execution back to a question that it had left.
  fileprivate mutating func takeTold(
    _ id: MessageID, _ content: MessageContent, _ told: Told, for execution: ExecutionID
  ) -> Bool {
    var row = Message()
    (row.execution, row.campaign) = (execution, state[execution].campaign)
    let route = Routing.route(told: row, told, in: state)
    // During a pause nothing is taken; what it comes to then is seen then.
    let walk = state[execution]
    let isHeld =
      walk.status == .paused || state[walk.campaign].status == .paused || walk.hasUnappliedReply
    let isBlocked = route.map { mustWait($0) || isHeld } ?? false
    emit(
      AnswerTold(
        message: id, execution: execution, content: content, told: told, isUnapplied: isBlocked,
        disposition: isBlocked ? .waits : .applied))
    guard !isBlocked else {
      takeReplies(of: execution)
      return false
    }
    return take(id, by: route)
  }
}
