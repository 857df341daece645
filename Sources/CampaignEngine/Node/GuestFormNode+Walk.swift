extension GuestFormNode {
  package func act(on input: NodeInput, _ visit: Visit, in engine: inout Engine) -> NodeResult {
    switch input {
    case .entered: return ask(0, visit, isForced: false, in: &engine)
    case .turn: return ask(engine.nextQuestion(visit), visit, isForced: false, in: &engine)
    case .timeout(.turn): return ask(engine.nextQuestion(visit), visit, isForced: true, in: &engine)
    case .timeout: return .leave("timeout")
    case .reply(let message): return judge(message, visit, in: &engine)
    case .failed: return .fail(reason: engine.failureReason(of: visit.execution))
    case .accepted: return .wait
    }
  }

  private func ask(
    _ index: Int, _ visit: Visit, isForced: Bool, in engine: inout Engine
  ) -> NodeResult {
    let visit = engine.unsentWhereClosed(visit)
    if engine.mustWaitForTurn(visit, isForced: isForced) { return .wait }
    if engine.isRepeating(visit, question: index, purpose: .question) {
      return .fail(reason: "repeating")
    }
    engine.queueMessage(visit, .question, question: index)
    waitForAnswer(index, attempts: 0, visit, in: &engine)
    return .wait
  }

  /// The clock starts anew when the question is accepted; until then it runs from here.
  private func waitForAnswer(
    _ index: Int, attempts: Int, _ visit: Visit, in engine: inout Engine
  ) {
    engine.wait(
      visit,
      Wait(
        .form, question: index, attempts: attempts, since: engine.state.now,
        until: engine.state.now + engine.scaled(timeout, in: visit.campaign)))
  }

  private func judge(
    _ message: MessageID, _ visit: Visit, in engine: inout Engine
  ) -> NodeResult {
    let (index, attempts) = engine.formPosition(visit)
    guard questions.indices.contains(index) else { return .leave("submitted") }
    let question = questions[index]
    guard let answer = question.answer(from: engine.state[message].content, visit, engine) else {
      // Nobody can answer wrongly what they were not asked.
      if engine.state.isUnasked(visit.execution, at: visit.index, question: index) {
        return ask(index, visit, isForced: true, in: &engine)
      }
      guard attempts + 1 < maxAttempts else { return .leave("invalid") }
      engine.queueMessage(visit, .invalid, question: index)
      waitForAnswer(index, attempts: attempts + 1, visit, in: &engine)
      return .wait
    }
    keep(answer, to: question, visit, in: &engine)
    return index + 1 < questions.count
      ? ask(index + 1, visit, isForced: false, in: &engine) : .leave("submitted")
  }

  func keep(
    _ answer: Scalar, to question: Question, _ visit: Visit, in engine: inout Engine
  ) {
    if question.kind == .members { return question.keepMembers(answer, visit, in: &engine) }
    var changes = GuestChanges()
    changes.variables.append((question.key, answer))
    if let target = question.target {
      changes.set(target, to: answer, project: engine.state.project(of: visit.guest.space).row)
    }
    engine.apply(changes, visit)
  }
}

extension Engine {
  /// The question to ask once it is this form's turn: the one after those that were answered.
  func nextQuestion(_ visit: Visit) -> Int { state.nextQuestion(of: visit.execution) }

  /// The question that is open, and the answers to it that were none, read off the messages.
  func formPosition(_ visit: Visit) -> (question: Int, attempts: Int) {
    state.formPosition(of: visit.execution)
  }
}

extension State {
  func nextQuestion(of execution: ExecutionID) -> Int {
    openQuestion(of: execution).map { Int(self[$0].question) + 1 } ?? 0
  }

  func formPosition(of execution: ExecutionID) -> (question: Int, attempts: Int) {
    let step = self[execution].steps.count - 1
    var attempts = 0
    for id in messages(of: execution) {
      let message = self[id]
      guard Int(message.step) == step else { break }
      if message.purpose == .invalid { attempts += 1 }
      if message.purpose == .question { return (Int(message.question), attempts) }
    }
    return (0, attempts)
  }

  /// The newest question that the execution asked in its present visit.
  func openQuestion(of execution: ExecutionID) -> MessageID? {
    let step = self[execution].steps.count - 1
    return messages(of: execution).first {
      self[$0].purpose == .question && Int(self[$0].step) == step
    }
  }
}
