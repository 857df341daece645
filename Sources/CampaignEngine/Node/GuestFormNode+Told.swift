import Wire

extension GuestFormNode {
  package func contents(
    ofTold answer: ToldAnswer, _ visit: Visit, in engine: Engine
  ) throws(Rejection) -> [ToldContent] {
    guard case .questions(let answers) = answer else {
      throw .invalidParams(
        field: "handle", reason: "one_of",
        "expected answers by key: \(visit.node.id) is a form; it asks for \(keys); another question is named by node_id"
      )
    }
    for key in answers.keys where !questions.contains(where: { $0.key == key }) {
      throw .invalidParams(
        field: FieldPath.member(key, of: "answers"), reason: "unknown_question",
        "expected a question of \(visit.node.id): \(keys)")
    }
    let waiting = engine.state.toldWaiting(of: visit)
    let place = engine.state.place(ofQuestionAt: visit.index, in: visit.execution)
    let open = engine.state.told(self, of: visit.execution, at: place)?.index ?? questions.count
    try checkOrder(answers, waiting, from: open, of: visit.execution, in: engine.state)
    return questions.compactMap { question in
      guard let answer = answers[question.key] else { return nil }
      // A choice is named by its value, which another's title may be like: so it is tapped, not typed.
      guard let choice = question.choices.first(where: { $0.value == answer.text }) else {
        return ToldContent(question.key, text: answer.text)
      }
      let subject = toldSubject(of: question, of: visit.execution, in: engine.state)
      return ToldContent(
        question.key, tapping: question.button(of: choice, about: subject, visit, engine))
    }
  }

  /// Each question is asked once those before it are answered.
  /// - Parameter waiting: those that were answered and wait for the end of a pause.
  private func checkOrder(
    _ answers: WireMap<Scalar>, _ waiting: [String], from open: Int, of execution: ExecutionID,
    in state: State
  ) throws(Rejection) {
    for index in questions.indices.dropFirst(open + 1) {
      let (before, key) = (questions[index - 1].key, questions[index].key)
      let isAsked = !questions[index - 1].subjects(of: execution, in: state).isEmpty
      guard answers[key] == nil || answers[before] != nil || waiting.contains(before) || !isAsked
      else {
        throw .invalidParams(
          field: FieldPath.member(key, of: "answers"), reason: "not_asked",
          "expected an answer to \(before) too, which is asked before \(key)")
      }
    }
  }

  /// Of whom a told answer to a question is: whoever is asked now, or next.
  private func toldSubject(
    of question: Question, of execution: ExecutionID, in state: State
  ) -> QuestionSubject {
    let index = questions.firstIndex { $0.key == question.key } ?? 0
    let node = state[execution].node ?? 0
    let place = state.place(ofQuestionAt: node, in: execution)
    let next = state.told(self, of: execution, at: place)
    return next.flatMap { $0.index == index ? $0.subject : nil }
      ?? question.subjects(of: execution, in: state).first ?? QuestionSubject()
  }

  private var keys: String { questions.map(\.key).joined(separator: ", ") }

  package func fault(
    inTold content: ToldContent, _ visit: Visit, _ engine: Engine
  ) -> Rejection? {
    guard let index = questions.firstIndex(where: { $0.key == content.name }) else { return nil }
    let question = questions[index]
    let subject = toldSubject(of: question, of: visit.execution, in: engine.state)
    let answer = question.answer(from: content.content, about: subject, visit, engine)
    guard answer == nil || answer == .events(.choose) else { return nil }
    return .invalidParams(
      field: FieldPath.member(content.name, of: "answers"), reason: "not_an_answer",
      "expected \(question.expected(about: subject, visit, engine)); found \"\(content.content.text.prefix(40))\""
    )
  }

  package func effect(
    ofTold name: String, at place: ToldPlace, on node: Int, of execution: ExecutionID,
    in state: State
  ) -> Route.Effect {
    guard let index = questions.firstIndex(where: { $0.key == name }) else { return .nothing }
    if place == .left { return index == 0 ? .change(node: node) : .nothing }
    guard let next = state.told(self, of: execution, at: place)?.index else {
      return .changeAnswer(question: index)
    }
    if index < next { return .changeAnswer(question: index) }
    guard index == next else { return .nothing }
    return place == .open ? .answer : .answerAhead(node: node)
  }
}

extension State {
  /// Keys of the form's questions to which told answers wait.
  fileprivate func toldWaiting(of visit: Visit) -> [String] {
    messages(of: visit.execution).compactMap { id in
      guard self[id].isUnapplied, let told = self[id].told, told.node == visit.node.id else {
        return nil
      }
      return told.name
    }
  }

  /// The question of a form that an execution is asked, or is to be asked next; nil where none is left.
  fileprivate func told(
    _ form: GuestFormNode, of execution: ExecutionID, at place: ToldPlace?
  ) -> AskedQuestion? {
    switch place {
    case .open: askedQuestion(of: execution) ?? form.question(after: nil, of: execution, in: self)
    case .ahead:
      form.question(after: askedQuestion(of: execution), of: execution, in: self)
    case .left, nil: AskedQuestion(index: 0)
    }
  }
}
