import Wire

/// A form whose questions were asked inside WhatsApp, by the send_flow before it.
extension GuestFormNode {
  package func formFields(for guest: Guest) -> [FormField] {
    questions.filter { $0.forEach == nil }.map { question in
      FormField(name: question.fieldName, question.expectation(for: guest))
    }
  }

  /// Takes what was filled in, and asks for what is missing.
  func takeFilledIn(_ message: MessageID, _ visit: Visit, in engine: inout Engine) -> NodeResult {
    let response = FlowResponse(text: engine.state[message].content.text)
    for index in questions.indices {
      guard let answer = questions[index].answer(in: response, visit, engine) else { continue }
      keep(answer, to: AskedQuestion(index: index), visit, in: &engine)
    }
    return askNext(after: nil, visit, isForced: true, in: &engine)
  }
}

extension Question {
  fileprivate var fieldName: String { formField ?? key }

  /// Read as tolerantly as what somebody writes; nil where nothing was filled in, or nothing that is an answer.
  fileprivate func answer(
    in response: FlowResponse, _ visit: Visit, _ engine: Engine
  ) -> QuestionAnswer? {
    guard forEach == nil, let values = response.values(of: fieldName) else { return nil }
    if kind == .eventRSVP { return events(filledIn: values, visit, engine) }
    for text in [values.joined(separator: ", ")] + values.prefix(1).map(Self.unnumbered) {
      var content = MessageContent()
      (content.kind, content.text) = (.text, kind == .date ? Self.day(text) : text)
      let answer = self.answer(from: content, about: QuestionSubject(), visit, engine)
      if let answer, answer != .events(.choose) { return answer }
    }
    return nil
  }

  /// Keys of events, their names, or one of the choices.
  private func events(
    filledIn values: [String], _ visit: Visit, _ engine: Engine
  ) -> QuestionAnswer? {
    let invited = invitedEvents(about: QuestionSubject(), of: visit.execution, in: engine.state)
    let places = values.map { value in
      let names = [value, Self.unnumbered(value)].map { FoldedText($0) }
      return invited.first { event in
        [event.event.key, event.event.name].contains { names.contains(FoldedText($0)) }
      }?.index
    }
    if places.allSatisfy({ $0 != nil }) {
      return .events(.events(invited.map(\.index).filter(places.contains)))
    }
    guard values.count == 1,
      let choice = choice(Self.unnumbered(values[0]), language: engine.language(of: visit.guest))
    else { return nil }
    switch EventRSVPChoice(rawValue: choice) {
    case .all: return .events(.events(invited.map(\.index)))
    case .nothing: return .events(.events([]))
    case .choose, nil: return nil
    }
  }

  /// WhatsApp's own editor of forms calls choices `0_Yes`, `1_No`.
  private static func unnumbered(_ text: String) -> String {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    let rest = text.dropFirst(digits.count)
    guard !digits.isEmpty, rest.first == "_" else { return text }
    return rest.dropFirst().split(separator: "_").joined(separator: " ")
  }

  /// Older forms give days as milliseconds since 1970.
  private static func day(_ text: String) -> String {
    guard (12...13).contains(text.utf8.count), let milliseconds = Int64(text) else { return text }
    return CivilDate(daysSinceEpoch: milliseconds.flooredQuotient(86_400_000)).description
  }
}

extension Engine {
  /// The message before this form had its questions in it, and was sent.
  func isFilledIn(_ visit: Visit) -> Bool {
    let steps = state[visit.execution].steps
    guard steps.count > 1, case let before = steps[steps.count - 2], before.exit == .passed,
      visit.graph.nodes[Int(before.node)].traits.contains(.sendsForm)
    else { return false }
    return visit.graph.nodes[Int(before.node)].handles[Int(before.handle)] == "default"
  }

  /// Questions that the newest form of this visit has answered.
  func filledIn(_ form: GuestFormNode, _ visit: Visit) -> Set<Int> {
    let since = state[visit.execution].steps.last?.enteredAt ?? .zero
    let newest = state.newestMessage(of: visit.execution) { row in
      row.direction == .inbound && row.content.kind == .flow && row.createdAt >= since
    }
    guard let newest else { return [] }
    let response = FlowResponse(text: state[newest].content.text)
    return Set(
      form.questions.indices.filter { form.questions[$0].answer(in: response, visit, self) != nil })
  }
}
