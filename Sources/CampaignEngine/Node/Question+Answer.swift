import Wire

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
    case .members: return members(in: text, visit, engine)
    case .date:
      return date(in: text, language: language).map { .text($0.description) }
    case .phone:
      let code = engine.state.project(of: visit.guest.space).row.callingCode
      let read = try? Phone.read(text, home: NumberingPlan.of(callingCode: code))
      return read.map { .text($0.phone.wireText) }
    }
  }

  /// What an answer would be, for whoever gave none.
  func expected(_ visit: Visit, _ engine: Engine) -> String {
    switch kind {
    case .text: "a text of \(Swift.max(min ?? 1, 1)) to \(Swift.min(max ?? 1000, 1000)) characters"
    case .number: "a whole number from \(min ?? lowerBound) to \(upperBound(visit, engine))"
    case .choice: "one of \(choices.map(\.value).joined(separator: ", "))"
    case .date: "a date, such as 2026-12-31"
    case .phone: "a phone number"
    case .members: "numbers or names of those who come, such as 1 3"
    }
  }

  private func upperBound(_ visit: Visit, _ engine: Engine) -> Int64 {
    let fromPath = maxFrom.flatMap(VariablePath.init)
      .flatMap { engine.value(of: $0, for: visit.execution) }.flatMap { Int64($0) }
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
