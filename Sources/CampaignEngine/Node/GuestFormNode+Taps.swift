extension GuestFormNode {
  package func answerNames(to question: Int?) -> [String] {
    self.question(at: question)?.names ?? []
  }

  /// A form's buttons answer their own question. Once that is answered, another choice changes the
  /// answer while the form is open; later the flow may have gone by it.
  package func effect(of tap: ButtonPayload, on node: Int, in state: State) -> Route.Effect? {
    let row = state[tap.execution]
    let isHere = row.node == node
    let isOpenHere = isHere && row.isOpenToAnswers
    guard let index = questions.firstIndex(where: { tap.handle.hasPrefix($0.key + ".") }) else {
      return .nothing
    }
    if isOpenHere, row.wait?.question == index { return .answer }
    let question = questions[index]
    let value = String(tap.handle.dropFirst(question.key.count + 1))
    guard question.choices.contains(where: { $0.value == value }) else { return .nothing }
    let symbols = state.project(of: tap.execution.space).symbols
    let saved = symbols.symbol(of: question.key).flatMap { row.variable($0)?.text }
    if saved == value { return .repeats }
    let isWaitingForTurn =
      isHere && (row.status == .waiting || row.status == .paused) && row.wait?.kind == .turn
    let asked = state.openQuestion(of: tap.execution).map { Int(state[$0].question) }
    guard saved != nil, let asked,
      isOpenHere && index < asked || isWaitingForTurn && index <= asked
    else { return .nothing }
    return .changeAnswer(question: index)
  }

  /// The form stays where it is.
  package func changeAnswer(
    to question: Int, by message: MessageID, _ visit: Visit, in engine: inout Engine
  ) -> Bool {
    guard let question = self.question(at: question),
      let answer = question.answer(from: engine.state[message].content, visit, engine)
    else { return false }
    keep(answer, to: question, visit, in: &engine)
    return true
  }
}
