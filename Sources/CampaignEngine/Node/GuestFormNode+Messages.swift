extension GuestFormNode {
  package var freeTexts: [FreeText] {
    questions.flatMap { question in
      [question.shownAsk, question.shownInvalid, question.shownChoose].compactMap { $0 }
        .map { text in
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
    let subject = message.subject
    let buttons = question.buttons(about: subject, visit, engine)
    let again = message.purpose == .invalid && !subject.isChoosing ? question.shownInvalid : nil
    let asked = (subject.isChoosing ? question.shownChoose : nil) ?? question.shownAsk
    var about = subject
    about.event = about.event ?? question.event(in: engine.state, visit.guest.space)
    about.isOfHousehold = question.scope == .household
    if about.guest.isNone { about.guest = visit.guest }
    return engine.filled(again ?? asked, visit, about: about, buttons: buttons)
  }

  package func isAbout(_ message: Message, in state: State) -> Bool {
    question(at: Int(message.question))?
      .isAbout(message.subject, of: message.execution, in: state) ?? true
  }

  package func expectation(of message: Message, _ guest: Guest) -> SendRequest.Expectation? {
    question(at: Int(message.question))?.expectation(for: guest, about: message.subject)
  }
}

extension Question {
  func expectation(
    for guest: Guest, about subject: QuestionSubject = QuestionSubject()
  ) -> SendRequest.Expectation {
    switch kind {
    case .number:
      let invited = subject.event.map(guest.partySize(atEvent:)) ?? guest.partySize
      let top = maxFrom == nil ? max ?? 10 : Swift.min(max ?? invited, invited)
      return .number((min ?? 0)...Swift.max(min ?? 0, top))
    // The first of the list is always one.
    case .eventRSVP where subject.isChoosing: return .number(1...1)
    case .choice, .eventRSVP: return .button(handles: choices.map(\.value))
    case .date: return .date
    case .phone: return .phone
    case .text: return .text
    // The guest alone is on every list.
    case .members: return .number(1...1)
    }
  }
}

extension Question {
  func button(
    of choice: Choice, about subject: QuestionSubject, _ visit: Visit, _ engine: Engine
  ) -> ContentButton {
    engine.button(QuestionTap.handle(key, choice.value, subject), choice.title, visit)
  }

  /// Of one event alone nothing is to be chosen.
  func buttons(
    about subject: QuestionSubject, _ visit: Visit, _ engine: Engine
  ) -> [ContentButton] {
    if subject.isChoosing { return [] }
    let isOne =
      kind == .eventRSVP
      && invitedEvents(about: subject, of: visit.execution, in: engine.state).count < 2
    return choices.filter { !isOne || $0.value != EventRSVPChoice.choose.rawValue }
      .map { button(of: $0, about: subject, visit, engine) }
  }
}
