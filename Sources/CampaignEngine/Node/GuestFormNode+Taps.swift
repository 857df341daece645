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
    if tap.handle == SendFlowNode.handle { return effect(ofFormFrom: row, at: node, in: state) }
    guard let given = QuestionTap(tap.handle),
      let index = questions.firstIndex(where: { $0.key == given.key })
    else { return .nothing }
    let question = questions[index]
    let subject = given.subject(in: tap.execution.space)
    // Anybody may write a payload: it speaks of those alone whom the question is about.
    guard question.isAbout(subject, of: tap.execution, in: state) else { return .nothing }
    if isOpenHere, row.wait?.question == index, state.isAsked(subject, of: tap.execution) {
      return .answer
    }
    guard question.choices.contains(where: { $0.value == given.value }) else { return .nothing }
    let saved = question.saved(about: subject, of: tap.execution, in: state)
    if saved == given.value { return .repeats }
    let isWaitingForTurn =
      isHere && (row.status == .waiting || row.status == .paused) && row.wait?.kind == .turn
    let asked = state.askedQuestion(of: tap.execution)
    guard saved != nil, let asked else { return .nothing }
    let isBefore =
      index < asked.index
      || index == asked.index && subject != asked.subject.beforeChoosing
        && state.askedSubjects(ofQuestion: index, by: tap.execution).contains(subject)
    guard isOpenHere && isBefore || isWaitingForTurn && (isBefore || index == asked.index) else {
      return .nothing
    }
    return .changeAnswer(question: index)
  }

  /// What was filled in inside WhatsApp.
  private func effect(ofFormFrom row: Execution, at node: Int, in state: State) -> Route.Effect {
    guard let here = row.node else { return .nothing }
    if here == node, row.isOpenToAnswers { return .answer }
    guard state.graph(of: row.campaign).nodes[here].answeringWait == node, !row.status.isEnded,
      !row.awaitedMessage.isNone
    else { return .nothing }
    // Whoever fills it in has it, whatever WhatsApp has said of the message so far.
    let sent = state[row.awaitedMessage]
    if sent.status == .held || sent.mayHaveBeenTaken || sent.isInLane && sent.attempts > 0 {
      return .proof(row.awaitedMessage)
    }
    return sent.status.isWithWhatsApp ? .answer : .nothing
  }

  /// The form stays where it is.
  package func changeAnswer(
    to question: Int, by message: MessageID, _ visit: Visit, in engine: inout Engine
  ) -> Bool {
    guard let index = questions.indices.contains(question) ? question : nil else { return false }
    let content = engine.state[message].content
    let tap = ButtonPayload(content.payload).flatMap { QuestionTap($0.handle) }
    // What is told names no subject: the first is meant.
    let subject =
      tap?.subject(in: visit.execution.space)
      ?? questions[index].subjects(of: visit.execution, in: engine.state).first
      ?? QuestionSubject()
    guard questions[index].isAbout(subject, of: visit.execution, in: engine.state),
      let answer = questions[index].answer(from: content, about: subject, visit, engine),
      answer != .events(.choose)
    else { return false }
    keep(answer, to: AskedQuestion(index: index, subject: subject), visit, in: &engine)
    return true
  }
}

extension State {
  /// The question that is open is about this; which of several events is asked of the same.
  fileprivate func isAsked(_ subject: QuestionSubject, of execution: ExecutionID) -> Bool {
    askedQuestion(of: execution).map { $0.subject.beforeChoosing == subject } ?? true
  }
}

extension Question {
  /// What was answered before, where anything was.
  fileprivate func saved(
    about subject: QuestionSubject, of execution: ExecutionID, in state: State
  ) -> String? {
    let project = state.project(of: execution.space)
    if kind == .eventRSVP, forEach != nil {
      // Which answer it was is told apart by nothing that is kept.
      let guest = subject.guest.isNone ? state[execution].guest : subject.guest
      return state[guest].answers.contains { $0.rsvp != .pending } ? "" : nil
    }
    guard forEach != nil, let target = target(about: subject, in: project.row) else {
      return project.symbols.symbol(of: key).flatMap { state[execution].variable($0)?.text }
    }
    let guest = state[subject.guest.isNone ? state[execution].guest : subject.guest]
    switch target {
    case .field(let name):
      return project.symbols.symbol(of: name).flatMap { guest.value(of: $0)?.text }
    case .eventField(let name, let event):
      guard let index = project.row.eventIndex(of: event) else { return nil }
      return project.symbols.symbol(of: name).flatMap {
        guest.value(of: $0, ofEvent: index)?.text
      }
    case .rsvp(let event):
      return project.row.answerIndex(of: event).map { guest.answer(toEvent: $0).rsvp.rawValue }
    default: return nil
    }
  }
}
