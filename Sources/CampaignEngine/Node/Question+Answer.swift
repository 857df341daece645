import Wire

/// What a message says to a question.
enum QuestionAnswer: Equatable {
  case value(Scalar)
  case events(EventAnswerGiven)
}

extension Question {
  /// The answer that a message gives, or nil where it gives none.
  func answer(
    from content: MessageContent, about subject: QuestionSubject, _ visit: Visit, _ engine: Engine
  ) -> QuestionAnswer? {
    var content = content
    if let payload = ButtonPayload(content.payload), payload.execution == visit.execution,
      payload.node == visit.node.id
    {
      guard let tap = QuestionTap(payload.handle), tap.key == key,
        choices.contains(where: { $0.value == tap.value })
      else { return nil }
      if kind != .eventRSVP { return .value(.text(tap.value)) }
      content.text = tap.value
      // A button of the first message counts also where which is asked by now.
      var first = subject
      first.isChoosing = false
      return events(in: content, about: first, visit, engine).map { .events($0) }
    }
    guard content.kind.isText else { return nil }
    content.text = String(content.text[...].trimmed)
    if kind == .eventRSVP {
      return events(in: content, about: subject, visit, engine).map { .events($0) }
    }
    return value(in: content.text, about: subject, visit, engine).map { .value($0) }
  }

  private func value(
    in text: String, about subject: QuestionSubject, _ visit: Visit, _ engine: Engine
  ) -> Scalar? {
    let language = engine.language(of: visit.guest)
    switch kind {
    case .text:
      let length = Int64(text.unicodeScalars.count)
      guard !text.isInvisible else { return nil }
      return length >= Swift.max(min ?? 1, 1) && length <= Swift.min(max ?? 1000, 1000)
        ? .text(text) : nil
    case .number:
      guard let number = NumberReading(text, language: language)?.integer,
        number >= min ?? lowerBound, number <= upperBound(about: subject, visit, engine)
      else { return nil }
      return .integer(number)
    case .choice: return choice(text, language: language).map(Scalar.text)
    case .members: return members(in: text, visit, engine)
    case .eventRSVP: return nil
    case .date:
      return date(in: text, language: language).map { .text($0.description) }
    case .phone:
      let code = engine.state.project(of: visit.guest.space).row.callingCode
      let read = try? Phone.read(text, home: NumberingPlan.of(callingCode: code))
      return read.map { .text($0.phone.wireText) }
    }
  }

  /// What an answer would be, for whoever gave none.
  func expected(about subject: QuestionSubject, _ visit: Visit, _ engine: Engine) -> String {
    switch kind {
    case .text: "a text of \(Swift.max(min ?? 1, 1)) to \(Swift.min(max ?? 1000, 1000)) characters"
    case .number:
      "a whole number from \(min ?? lowerBound) to \(upperBound(about: subject, visit, engine))"
    case .choice: "one of \(choices.map(\.value).joined(separator: ", "))"
    case .date: "a date, such as 2026-12-31"
    case .phone: "a phone number"
    case .members: "numbers or names of those who come, such as 1 3"
    case .eventRSVP: "all, none, or names of the events"
    }
  }

  /// The party of a question about one event is the one that is invited to it.
  private func upperBound(
    about subject: QuestionSubject, _ visit: Visit, _ engine: Engine
  ) -> Int64 {
    let path = maxFrom.flatMap(VariablePath.init)
    let person = subject.guest.isNone ? visit.guest : subject.guest
    let guest = engine.state[person]
    let fromPath: Int64? =
      switch (path, subject.event) {
      case (.guest(.attribute(.partySize)), let event?): guest.partySize(atEvent: event)
      case (.guest(.attendingCount(nil)), let event?):
        guest.answer(toEvent: event).attendingCount
      case (.guest?, _) where person != visit.guest:
        path.flatMap { engine.state.value(of: $0, for: person) }.flatMap { Int64($0) }
      default:
        path.flatMap { engine.value(of: $0, for: visit.execution, about: subject) }
          .flatMap { Int64($0) }
      }
    return Swift.min(max ?? Int64(Int32.max), fromPath ?? Int64(Int32.max))
  }

  /// Below zero is a number like others, but not of people.
  private var lowerBound: Int64 {
    target?.range == nil ? -Int64(Int32.max) : 0
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
  func choice(_ text: String, language: String) -> String? {
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

/// What a button of a form says: `menu.veg`, or `menu.veg.12.3` of a guest and an event.
struct QuestionTap {
  let key: String
  let value: String
  /// Counter of the guest, and place of the event; nil for a question that is asked once.
  private let subject: (guest: UInt32, event: UInt16)?

  init?(_ handle: String) {
    let parts = handle.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2 || parts.count == 4 else { return nil }
    (key, value) = (String(parts[0]), String(parts[1]))
    if parts.count == 4 {
      guard let guest = UInt32(parts[2]), let event = UInt16(parts[3]) else { return nil }
      subject = (guest, event)
    } else {
      subject = nil
    }
  }

  func subject(in space: UInt32) -> QuestionSubject {
    subject.map { QuestionSubject(guest: $0.guest, event: $0.event, space: space) }
      ?? QuestionSubject()
  }

  static func handle(_ key: String, _ value: String, _ subject: QuestionSubject) -> String {
    subject.guest.isNone && subject.event == nil
      ? "\(key).\(value)" : "\(key).\(value).\(subject.guest.counter).\(subject.eventPlace)"
  }
}
