extension GuestFormNode {
  func act(on input: NodeInput, _ visit: Visit, in engine: inout Engine) -> NodeResult {
    switch input {
    case .entered: return ask(0, visit, isForced: false, in: &engine)
    case .turn: return ask(engine.nextQuestion(visit), visit, isForced: false, in: &engine)
    case .timeout(.turn): return ask(engine.nextQuestion(visit), visit, isForced: true, in: &engine)
    case .timeout: return .leave("timeout")
    case .reply(let message): return judge(message, visit, in: &engine)
    case .failed: return .fail(reason: engine.failureClass(of: visit.execution))
    case .accepted: return .wait
    }
  }

  private func ask(
    _ index: Int, _ visit: Visit, isForced: Bool, in engine: inout Engine
  ) -> NodeResult {
    if isForced {
      engine.forceTurn(visit)
    } else if !engine.takeTurn(visit) {
      engine.wait(
        visit,
        Wait(
          .turn, since: engine.state.now,
          until: engine.state.now + engine.scaled(Limits.turnTimeout, in: visit.campaign)))
      return .wait
    }
    if engine.isRepeating(visit, question: index, purpose: .question) {
      engine.noteFailure(visit, .repeating, "The same question went to this guest too often.")
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
      guard attempts + 1 < maxAttempts else { return .leave("invalid") }
      engine.queueMessage(visit, .invalid, question: index)
      waitForAnswer(index, attempts: attempts + 1, visit, in: &engine)
      return .wait
    }
    keep(answer, to: question, visit, in: &engine)
    return index + 1 < questions.count
      ? ask(index + 1, visit, isForced: false, in: &engine) : .leave("submitted")
  }

  private func keep(
    _ answer: Scalar, to question: Question, _ visit: Visit, in engine: inout Engine
  ) {
    var changes = GuestChanges()
    changes.variables.append((question.key, answer))
    if let target = question.saveTo.flatMap(GuestTarget.init) {
      changes.set(target, to: answer, project: engine.state.project(of: visit.guest.space).row)
    }
    engine.apply(changes, visit)
  }

  /// Another answer to a question before the open one; the form stays where it is.
  fileprivate func change(
    _ index: Int, by message: MessageID, _ visit: Visit, in engine: inout Engine
  ) -> Bool {
    guard questions.indices.contains(index),
      let answer = questions[index].answer(from: engine.state[message].content, visit, engine)
    else { return false }
    keep(answer, to: questions[index], visit, in: &engine)
    return true
  }
}

extension Engine {
  /// Returns false where the form is not there any more.
  mutating func changeAnswer(
    _ index: Int, by message: MessageID, of execution: ExecutionID
  ) -> Bool {
    guard let node = state[execution].node else { return false }
    let visit = makeVisit(execution, node)
    guard case .guestForm(let form) = visit.node.data else { return false }
    return form.change(index, by: message, visit, in: &self)
  }

  /// The question to ask once it is this form's turn: the one after those that were answered.
  func nextQuestion(_ visit: Visit) -> Int {
    state.openQuestion(of: visit.execution).map { Int(state[$0].question) + 1 } ?? 0
  }

  /// The question that is open, and the answers to it that were none, read off the messages.
  func formPosition(_ visit: Visit) -> (question: Int, attempts: Int) {
    let step = state[visit.execution].steps.count - 1
    var attempts = 0
    for id in state.messages(of: visit.execution) {
      let message = state[id]
      guard Int(message.step) == step else { break }
      if message.purpose == .invalid { attempts += 1 }
      if message.purpose == .question { return (Int(message.question), attempts) }
    }
    return (0, attempts)
  }

  func failureClass(of execution: ExecutionID) -> String {
    guard let error = state[execution].lastError else { return "failed" }
    return error.errorClass.endReason
  }
}

extension State {
  /// The newest question that the execution asked in its present visit.
  func openQuestion(of execution: ExecutionID) -> MessageID? {
    let step = self[execution].steps.count - 1
    return messages(of: execution).first {
      self[$0].purpose == .question && Int(self[$0].step) == step
    }
  }
}

extension Question {
  /// The answer that a message gives, or nil where it gives none.
  func answer(from content: MessageContent, _ visit: Visit, _ engine: Engine) -> Scalar? {
    if let payload = ButtonPayload(content.payload), payload.execution == visit.execution,
      payload.node == visit.node.id
    {
      let prefix = key + "."
      guard payload.handle.hasPrefix(prefix) else { return nil }
      let value = String(payload.handle.dropFirst(prefix.count))
      return choices.contains { $0.value == value } ? .text(value) : nil
    }
    guard content.kind.isText else { return nil }
    let text = String(content.text[...].trimmed)
    let language = engine.language(of: visit.guest)
    switch kind {
    case .text:
      let length = Int64(text.unicodeScalars.count)
      guard !text.isInvisible else { return nil }
      return length >= Swift.max(min ?? 1, 1) && length <= Swift.min(max ?? 1000, 1000)
        ? .text(text) : nil
    case .number:
      guard let number = NumberReading(text, language: language)?.integer,
        number >= min ?? lowerBound, number <= upperBound(visit, engine)
      else { return nil }
      return .integer(number)
    case .choice: return choice(text, language: language).map(Scalar.text)
    case .date:
      return date(in: text, language: language).map { .text($0.description) }
    case .phone:
      let code = engine.state.project(of: visit.guest.space).row.callingCode
      let read = try? Phone.read(text, home: NumberingPlan.of(callingCode: code))
      return read.map { .text($0.phone.wireText) }
    }
  }

  private func upperBound(_ visit: Visit, _ engine: Engine) -> Int64 {
    let fromPath = maxFrom.flatMap(VariablePath.init)
      .flatMap { engine.value(of: $0, for: visit.execution) }.flatMap { Int64($0) }
    return Swift.min(max ?? Int64(Int32.max), fromPath ?? Int64(Int32.max))
  }

  /// Below zero is a number like others, but not of people.
  private var lowerBound: Int64 {
    switch saveTo.flatMap(GuestTarget.init) {
    case .partySize, .attendingCount: 0
    default: -Int64(Int32.max)
    }
  }

  /// ISO first, which holds for years that nobody types otherwise.
  private func date(in text: String, language: String) -> CivilDate? {
    var scanner = DigitScanner(text)
    if let date = scanner.date(), scanner.isAtEnd { return date }
    return DateReading.date(in: text, language: language)
  }

  /// What the answers are called.
  var names: [String] { choices.flatMap { [$0.value] + $0.title.texts } }

  /// The value, its title in any language, or its number in the list.
  private func choice(_ text: String, language: String) -> String? {
    let folded = FoldedText(text)
    let exact = choices.first { choice in
      ([choice.value] + choice.title.texts).contains { FoldedText($0) == folded }
    }
    let likely =
      exact
      ?? choices.first { choice in
        ([choice.value] + choice.title.texts).contains { folded.isAnswer(named: $0) }
      }
    if let likely { return likely.value }
    return choicePlace(text, of: choices.map { $0.title.text(for: language) })
      .map { choices[$0].value }
  }
}
