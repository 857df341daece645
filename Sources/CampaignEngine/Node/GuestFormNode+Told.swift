import Wire

extension GuestFormNode {
  package func contents(
    ofTold answer: ToldAnswer, _ visit: Visit, in engine: Engine
  ) throws(Rejection) -> [ToldContent] {
    guard case .questions(let answers) = answer else {
      throw .invalidParams(
        field: "handle", reason: "one_of",
        "expected answers by key: \(visit.node.id) is a form; it asks for \(keys)")
    }
    for key in answers.keys where !questions.contains(where: { $0.key == key }) {
      throw .invalidParams(
        field: FieldPath.member(key, of: "answers"), reason: "unknown_question",
        "expected a question of \(visit.node.id): \(keys)")
    }
    try checkOrder(answers, from: engine.state.openIndex(of: visit))
    return questions.compactMap { question in
      answers[question.key].map { answer in
        var content = MessageContent()
        (content.kind, content.text) = (.text, answer.text)
        return ToldContent(name: question.key, content: content)
      }
    }
  }

  /// Each question is asked once those before it are answered.
  private func checkOrder(
    _ answers: WireMap<Scalar>, from open: Int
  ) throws(Rejection) {
    for index in questions.indices.dropFirst(open + 1) {
      let (before, key) = (questions[index - 1].key, questions[index].key)
      guard answers[key] == nil || answers[before] != nil else {
        throw .invalidParams(
          field: FieldPath.member(key, of: "answers"), reason: "not_asked",
          "expected an answer to \(before) too, which is asked before \(key)")
      }
    }
  }

  private var keys: String { questions.map(\.key).joined(separator: ", ") }

  package func fault(
    inTold content: ToldContent, _ visit: Visit, _ engine: Engine
  ) -> Rejection? {
    guard let index = questions.firstIndex(where: { $0.key == content.name }) else { return nil }
    let question = questions[index]
    guard question.answer(from: content.content, visit, engine) == nil else { return nil }
    return .invalidParams(
      field: FieldPath.member(content.name, of: "answers"), reason: "not_an_answer",
      "expected \(question.expected(visit, engine)); found \"\(content.content.text.prefix(40))\"")
  }

  package func effect(
    ofTold name: String, at place: ToldPlace, on node: Int, of execution: ExecutionID,
    in state: State
  ) -> Route.Effect {
    guard let index = questions.firstIndex(where: { $0.key == name }) else { return .nothing }
    let next: Int
    switch place {
    case .open: next = state.formPosition(of: execution).question
    case .ahead: next = state.nextQuestion(of: execution)
    case .left: return index == 0 ? .change(node: node) : .nothing
    }
    if index < next { return .changeAnswer(question: index) }
    guard index == next else { return .nothing }
    return place == .open ? .answer : .answerAhead(node: node)
  }
}

extension State {
  /// The question of a form that an execution is to be asked next, or is asked.
  fileprivate func openIndex(of visit: Visit) -> Int {
    switch place(ofQuestionAt: visit.index, in: visit.execution) {
    case .open: formPosition(of: visit.execution).question
    case .ahead: nextQuestion(of: visit.execution)
    case .left, nil: 0
    }
  }
}
