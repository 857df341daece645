import Wire

/// A form whose questions were asked inside WhatsApp, by the send_flow before it.
extension GuestFormNode {
  package func formFields(for guest: Guest) -> [FormField] {
    questions.filter { $0.forEach == nil }.map { question in
      FormField(name: question.fieldName, question.expectation(for: guest))
    }
  }

  /// Takes what was filled in, and asks for what is missing; a question that is open stays open, unless it was
  /// among what was filled in.
  func takeFilledIn(
    _ message: MessageID, _ visit: Visit, in engine: inout Engine
  ) -> NodeResult {
    let response = FlowResponse(text: engine.state[message].content.text)
    for index in questions.indices {
      guard let answer = questions[index].answer(in: response, visit, engine) else { continue }
      keep(answer, to: AskedQuestion(index: index), visit, in: &engine)
    }
    let (open, attempts) = engine.state.formPosition(of: visit.execution)
    if let open, !engine.filledIn(self, visit).contains(open.index) {
      waitForAnswer(open.index, attempts: attempts, visit, in: &engine)
      return .wait
    }
    return askNext(after: open, visit, isForced: true, in: &engine)
  }
}

extension Question {
  var fieldName: String { formField ?? key }

  /// Read as tolerantly as what somebody writes; nil where nothing was filled in, or nothing that is an answer.
  fileprivate func answer(
    in response: FlowResponse, _ visit: Visit, _ engine: Engine
  ) -> QuestionAnswer? {
    guard forEach == nil, let values = response.values(of: fieldName) else { return nil }
    if kind == .eventRSVP { return events(filledIn: values, visit, engine) }
    let alone = values.count == 1 ? [Self.unnumbered(values[0])] : []
    for text in [values.joined(separator: ", ")] + alone {
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

  /// When the execution came to what sent this form's questions last; nil where nothing did.
  private func formSentAt(_ visit: Visit) -> Timestamp? {
    state[visit.execution].steps.last { step in
      let node = visit.graph.nodes[Int(step.node)]
      return node.traits.contains(.sendsForm) && node.answeringWait == visit.index
    }?.enteredAt
  }

  /// It may be filled in, whether or not it has failed first.
  func mayBeFilledIn(_ visit: Visit) -> Bool { formSentAt(visit) != nil }

  /// Questions that were answered inside WhatsApp, at once or bit by bit.
  func filledIn(_ form: GuestFormNode, _ visit: Visit) -> Set<Int> {
    guard let since = formSentAt(visit) else { return [] }
    var found: Set<Int> = []
    for id in state.messages(of: visit.execution) {
      let row = state[id]
      guard row.createdAt >= since else { break }
      guard row.direction == .inbound, row.content.kind == .flow, !row.isUnapplied else { continue }
      let response = FlowResponse(text: row.content.text)
      found.formUnion(
        form.questions.indices.filter {
          form.questions[$0].answer(in: response, visit, self) != nil
        })
    }
    return found
  }
}
