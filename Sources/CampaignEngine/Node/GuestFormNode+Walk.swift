extension GuestFormNode {
  package func act(on input: NodeInput, _ visit: Visit, in engine: inout Engine) -> NodeResult {
    switch input {
    case .entered where engine.isFilledIn(visit) && !visit.isSilent:
      waitForAnswer(0, attempts: 0, visit, in: &engine)
      return .wait
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

  func askNext(
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
  func waitForAnswer(
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
    let row = engine.state[message]
    if row.content.kind == .flow, engine.mayBeFilledIn(visit) {
      return takeFilledIn(message, visit, in: &engine)
    }
    let (open, attempts) = engine.state.formPosition(of: visit.execution)
    // Whoever writes instead cannot open the form, or does not want to.
    if open == nil, row.told == nil, engine.isFilledIn(visit) {
      return askNext(after: nil, visit, isForced: true, in: &engine)
    }
    // A question that was never asked is the first that there is to ask.
    guard let asked = open ?? question(after: nil, visit, engine),
      questions.indices.contains(asked.index)
    else { return .leave("submitted") }
    let question = questions[asked.index]
    // Who has left meanwhile, or comes no more, gets no answer of another's.
    guard question.isAbout(asked.subject, of: visit.execution, in: engine.state) else {
      return askNext(after: asked, visit, isForced: false, in: &engine)
    }
    let content = engine.state[message].content
    if engine.state.isOfEarlierVisit(row) {
      // Somebody has to look at it, since nothing comes of it.
      engine.agenda.noteConflict()
      waitForAnswer(asked.index, attempts: attempts, visit, in: &engine)
      return .wait
    }
    if let other = self.other(than: asked, meantBy: row, visit, engine) {
      let answer = questions[other.index]
        .answer(from: content, about: other.subject, visit, engine)
      if let answer, answer != .events(.choose) {
        keep(answer, to: other, visit, in: &engine)
        waitForAnswer(asked.index, attempts: attempts, visit, in: &engine)
        return .wait
      }
    }
    guard let answer = question.answer(from: content, about: asked.subject, visit, engine) else {
      // Nobody can answer wrongly what they were not asked.
      if engine.state.isUnasked(visit.execution, at: visit.index, question: asked.index) {
        return ask(asked, visit, isForced: true, in: &engine)
      }
      return refuse(asked, attempts, visit, in: &engine)
    }
    if answer == .events(.choose), asked.subject.isChoosing {
      return refuse(asked, attempts, visit, in: &engine)
    }
    if answer == .events(.choose) {
      var choosing = asked
      choosing.subject.isChoosing = true
      if engine.isRepeating(visit, choosing, purpose: .question) {
        return .fail(reason: "repeating")
      }
      engine.queueMessage(visit, .question, asking: choosing)
      waitForAnswer(asked.index, attempts: 0, visit, in: &engine)
      return .wait
    }
    keep(answer, to: asked, visit, in: &engine)
    return askNext(after: asked, visit, isForced: false, in: &engine)
  }

  private func refuse(
    _ asked: AskedQuestion, _ attempts: Int, _ visit: Visit, in engine: inout Engine
  ) -> NodeResult {
    guard attempts + 1 < maxAttempts else { return .leave("invalid") }
    engine.queueMessage(visit, .invalid, asking: asked)
    waitForAnswer(asked.index, attempts: attempts + 1, visit, in: &engine)
    return .wait
  }

  /// A question of this visit that somebody quotes, or whose button was tapped, where that is not the one
  /// that is open.
  private func other(
    than open: AskedQuestion, meantBy row: Message, _ visit: Visit, _ engine: Engine
  ) -> AskedQuestion? {
    let state = engine.state
    var meant: AskedQuestion?
    if let tap = ButtonPayload(row.content.payload).flatMap({ QuestionTap($0.handle) }),
      let index = questions.firstIndex(where: { $0.key == tap.key })
    {
      meant = AskedQuestion(index: index, subject: tap.subject(in: visit.execution.space))
    } else if !row.content.quotes.isEmpty,
      let quoted = state.message(named: row.content.quotes, at: row.sender).map({ state[$0] }),
      quoted.execution == visit.execution, quoted.step == state[visit.execution].presentStep,
      quoted.purpose == .question || quoted.purpose == .invalid,
      questions.indices.contains(Int(quoted.question)),
      // Free words fit many questions: those of a plain one are what is open now.
      questions[Int(quoted.question)].forEach != nil
        || questions[Int(quoted.question)].kind == .choice
    {
      meant = AskedQuestion(index: Int(quoted.question), subject: quoted.subject)
    }
    guard let meant,
      meant.index != open.index || meant.subject.beforeChoosing != open.subject.beforeChoosing,
      questions[meant.index].isAbout(meant.subject, of: visit.execution, in: state)
    else { return nil }
    return meant
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
    // What is said of another is kept with them alone.
    if subject.guest.isNone || subject.guest == visit.guest {
      changes.variables.append((question.key, value))
    }
    engine.apply(changes, visit)
  }
}

extension State {
  /// Somebody quotes a question of a form that their execution has left: what they write answers that one,
  /// and none that is open now.
  fileprivate func isOfEarlierVisit(_ row: Message) -> Bool {
    guard !row.content.quotes.isEmpty, row.content.payload.isEmpty,
      let quoted = message(named: row.content.quotes, at: row.sender).map({ self[$0] })
    else { return false }
    return quoted.execution == row.execution && quoted.step != self[row.execution].presentStep
      && (quoted.purpose == .question || quoted.purpose == .invalid)
  }

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
