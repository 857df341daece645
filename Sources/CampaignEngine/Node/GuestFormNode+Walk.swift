extension GuestFormNode {
  package func act(on input: NodeInput, _ visit: Visit, in engine: inout Engine) -> NodeResult {
    switch input {
    case .entered: return askNext(after: nil, visit, isForced: false, in: &engine)
    case .turn:
      let asked = engine.state.askedQuestion(of: visit.execution)
      return askNext(after: asked, visit, isForced: false, in: &engine)
    case .timeout(.turn):
      let asked = engine.state.askedQuestion(of: visit.execution)
      return askNext(after: asked, visit, isForced: true, in: &engine)
    case .timeout: return .leave("timeout")
    case .reply(let message): return judge(message, visit, in: &engine)
    case .failed: return .fail(reason: engine.failureReason(of: visit.execution))
    case .accepted: return .wait
    }
  }

  private func askNext(
    after last: AskedQuestion?, _ visit: Visit, isForced: Bool, in engine: inout Engine
  ) -> NodeResult {
    question(after: last, visit, engine).map { ask($0, visit, isForced: isForced, in: &engine) }
      ?? .leave("submitted")
  }

  private func ask(
    _ asked: AskedQuestion, _ visit: Visit, isForced: Bool, in engine: inout Engine
  ) -> NodeResult {
    let visit = engine.unsentWhereClosed(visit)
    if engine.mustWaitForTurn(visit, isForced: isForced) { return .wait }
    if engine.isRepeating(visit, asked, purpose: .question) {
      return .fail(reason: "repeating")
    }
    engine.queueMessage(visit, .question, asking: asked)
    waitForAnswer(asked.index, attempts: 0, visit, in: &engine)
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
    let (open, attempts) = engine.state.formPosition(of: visit.execution)
    // A question that was never asked is the first that there is to ask.
    guard let asked = open ?? question(after: nil, visit, engine),
      questions.indices.contains(asked.index)
    else { return .leave("submitted") }
    let question = questions[asked.index]
    let content = engine.state[message].content
    guard let answer = question.answer(from: content, about: asked.subject, visit, engine) else {
      // Nobody can answer wrongly what they were not asked.
      if engine.state.isUnasked(visit.execution, at: visit.index, question: asked.index) {
        return ask(asked, visit, isForced: true, in: &engine)
      }
      guard attempts + 1 < maxAttempts else { return .leave("invalid") }
      engine.queueMessage(visit, .invalid, asking: asked)
      waitForAnswer(asked.index, attempts: attempts + 1, visit, in: &engine)
      return .wait
    }
    if answer == .events(.choose) {
      var choosing = asked
      choosing.subject.isChoosing = true
      engine.queueMessage(visit, .question, asking: choosing)
      waitForAnswer(asked.index, attempts: 0, visit, in: &engine)
      return .wait
    }
    keep(answer, to: asked, visit, in: &engine)
    return askNext(after: asked, visit, isForced: false, in: &engine)
  }

  func keep(
    _ answer: QuestionAnswer, to asked: AskedQuestion, _ visit: Visit, in engine: inout Engine
  ) {
    let question = questions[asked.index]
    switch answer {
    case .events(.choose): break
    case .events(.events(let coming)):
      question.keepEvents(coming, about: asked.subject, visit, in: &engine)
    case .value(let value):
      if question.kind == .members { return question.keepMembers(value, visit, in: &engine) }
      keep(value, to: question, about: asked.subject, visit, in: &engine)
    }
  }

  private func keep(
    _ value: Scalar, to question: Question, about subject: QuestionSubject, _ visit: Visit,
    in engine: inout Engine
  ) {
    let project = engine.state.project(of: visit.guest.space).row
    var changes = GuestChanges()
    if let target = question.target(about: subject, in: project) {
      changes.set(target, to: value, project: project)
    }
    if !subject.guest.isNone, subject.guest != visit.guest {
      engine.apply(changes, to: subject.guest, visit)
      changes = GuestChanges()
    }
    changes.variables.append((question.key, value))
    engine.apply(changes, visit)
  }
}

extension State {
  /// The newest question that was asked in the present visit; nil before the first.
  func askedQuestion(of execution: ExecutionID) -> AskedQuestion? {
    openQuestion(of: execution).map {
      AskedQuestion(index: Int(self[$0].question), subject: self[$0].subject)
    }
  }

  /// The question that is open, and the answers to it that were none, read off the messages.
  func formPosition(of execution: ExecutionID) -> (question: AskedQuestion?, attempts: Int) {
    let step = self[execution].steps.count - 1
    var attempts = 0
    for id in messages(of: execution) {
      let message = self[id]
      guard Int(message.step) == step else { break }
      if message.purpose == .invalid { attempts += 1 }
      if message.purpose == .question {
        return (AskedQuestion(index: Int(message.question), subject: message.subject), attempts)
      }
    }
    return (nil, attempts)
  }

  /// The newest question that the execution asked in its present visit.
  func openQuestion(of execution: ExecutionID) -> MessageID? {
    let step = self[execution].steps.count - 1
    return messages(of: execution).first {
      self[$0].purpose == .question && Int(self[$0].step) == step
    }
  }
}
