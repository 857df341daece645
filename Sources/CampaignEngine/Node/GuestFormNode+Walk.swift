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
    switch kind {
    case .text:
      let length = Int64(text.unicodeScalars.count)
      return length >= Swift.max(min ?? 1, 1) && length <= Swift.min(max ?? 1000, 1000)
        ? .text(text) : nil
    case .number:
      guard let number = Self.number(in: text), number >= min ?? 0,
        number <= upperBound(visit, engine)
      else { return nil }
      return .integer(number)
    case .choice: return choice(text).map(Scalar.text)
    case .date:
      var scanner = DigitScanner(text)
      return scanner.date().flatMap { scanner.isAtEnd ? .text($0.description) : nil }
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

  /// A number alone, or the only one in a sentence: "we are 3".
  private static func number(in text: String) -> Int64? {
    if let number = Int64(text) { return number }
    let found = text.split { !$0.isASCII || !$0.isNumber }
    return found.count == 1 ? Int64(found[0]) : nil
  }

  /// The value, its title in any language, or its number in the list.
  private func choice(_ text: String) -> String? {
    let folded = FoldedText(text)
    if let choice = choices.first(where: { choice in
      ([choice.value] + choice.title.texts).contains { FoldedText($0) == folded }
    }) {
      return choice.value
    }
    guard let number = Int(text), choices.indices.contains(number - 1) else { return nil }
    return choices[number - 1].value
  }
}
