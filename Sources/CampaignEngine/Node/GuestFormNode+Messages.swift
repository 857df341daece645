extension GuestFormNode {
  package var freeTexts: [FreeText] {
    questions.flatMap { question in
      [question.shownAsk, question.shownInvalid].compactMap { $0 }.map { text in
        FreeText(
          name: "Question \"\(question.key)\"", text: text,
          hasButtons: !question.choices.isEmpty)
      }
    }
  }

  package func render(
    _ message: Message, _ visit: Visit, isOpen: Bool, in engine: Engine
  ) -> Rendering? {
    guard message.purpose == .question || message.purpose == .invalid else { return nil }
    guard isOpen else { return .fail(Engine.windowClosed) }
    guard let question = question(at: Int(message.question)) else { return nil }
    let buttons = question.choices.map { question.button(of: $0, visit, engine) }
    let again = message.purpose == .invalid ? question.shownInvalid : nil
    return engine.filled(
      again ?? question.shownAsk, visit,
      about: QuestionSubject(event: question.event(visit, engine)), buttons: buttons)
  }

  package func expectation(at question: Int, of guest: Guest) -> SendRequest.Expectation? {
    guard let question = self.question(at: question) else { return nil }
    switch question.kind {
    case .number:
      let invited = guest.partySize
      let top =
        question.maxFrom == nil ? question.max ?? 10 : min(question.max ?? invited, invited)
      return .number((question.min ?? 0)...max(question.min ?? 0, top))
    case .choice: return .button(handles: question.choices.map(\.value))
    case .date: return .date
    case .phone: return .phone
    case .text: return .text
    // The guest alone is on every list.
    case .members: return .number(1...1)
    }
  }
}

extension Question {
  func button(of choice: Choice, _ visit: Visit, _ engine: Engine) -> ContentButton {
    engine.button("\(key).\(choice.value)", choice.title, visit)
  }
}
