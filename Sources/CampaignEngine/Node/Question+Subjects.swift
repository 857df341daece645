/// Of whom and of what a question is asked, and in which order.
extension Question {
  /// Whoever is asked comes first; none where there is nobody to ask it of.
  func subjects(of execution: ExecutionID, in state: State) -> [QuestionSubject] {
    let asked = state[execution].guest
    let members = isForEachMember ? state.members(spokenForBy: execution) : []
    // Whoever is asked has no name where nobody else is asked about.
    let guests = isForEachMember ? [asked] + members : [GuestID.none]
    return guests.flatMap { guest in
      let person = guest.isNone ? asked : guest
      if isForEachEvent {
        return state.invitedEvents(of: person).map(\.index)
          .filter { asksRSVP || state[person].answer(toEvent: $0).rsvp == .attending }
          .map { QuestionSubject(guest: guest, event: $0) }
      }
      return concerns(person, execution, state) ? [QuestionSubject(guest: guest)] : []
    }
  }

  /// It is a question for them now: they are still asked together, and still come.
  func isAbout(_ subject: QuestionSubject, of execution: ExecutionID, in state: State) -> Bool {
    subjects(of: execution, in: state).contains(subject.beforeChoosing)
  }

  private var asksRSVP: Bool { if case .rsvp = target { true } else { false } }

  /// Whether it is a question for somebody, where it is none of each event.
  private func concerns(_ person: GuestID, _ execution: ExecutionID, _ state: State) -> Bool {
    if kind == .eventRSVP {
      return !invitedEvents(about: QuestionSubject(guest: person), of: execution, in: state).isEmpty
    }
    if kind == .members {
      let all = [state[execution].guest] + state.members(spokenForBy: execution)
      return !state.listed(all, invitedTo: event(in: state, execution.space)).isEmpty
    }
    if let event = event(in: state, execution.space) {
      guard state.isInvited(person, toEventAt: event) else { return false }
      return !isForEachMember || asksRSVP || state[person].answer(toEvent: event).rsvp == .attending
    }
    // What is asked of each is for those who come to something.
    guard isForEachMember else { return true }
    return state.invitedEvents(of: person).contains {
      state[person].answer(toEvent: $0.index).rsvp == .attending
    }
  }

  /// Where the answer goes.
  func target(about subject: QuestionSubject, in project: Project) -> GuestTarget? {
    guard let event = subject.event, isForEachEvent, project.events.indices.contains(event) else {
      return target
    }
    return target?.of(event: project.events[event].key)
  }
}

extension GuestFormNode {
  /// The question that is asked after another, or first; nil where none is left.
  /// - Parameter filledIn: those that need not be asked any more.
  func question(
    after last: AskedQuestion?, of execution: ExecutionID, in state: State,
    without filledIn: Set<Int> = []
  ) -> AskedQuestion? {
    let first = last?.index ?? 0
    for index in first..<max(questions.count, first) where !filledIn.contains(index) {
      var asked = state.askedSubjects(ofQuestion: index, by: execution)
      // What was told was never asked.
      if let last, last.index == index { asked.insert(last.subject.beforeChoosing) }
      let subject = questions[index].subjects(of: execution, in: state).first {
        !asked.contains($0)
      }
      if let subject { return AskedQuestion(index: index, subject: subject) }
    }
    return nil
  }

  func question(after last: AskedQuestion?, _ visit: Visit, _ engine: Engine) -> AskedQuestion? {
    question(
      after: last, of: visit.execution, in: engine.state,
      without: engine.filledIn(self, visit))
  }
}

extension State {
  /// Of whom and of what a question was asked in the present visit.
  func askedSubjects(ofQuestion index: Int, by execution: ExecutionID) -> Set<QuestionSubject> {
    let step = self[execution].presentStep
    var found: Set<QuestionSubject> = []
    for id in messages(of: execution) {
      let message = self[id]
      guard message.step == step else { break }
      if message.purpose == .question, Int(message.question) == index {
        found.insert(message.subject.beforeChoosing)
      }
    }
    return found
  }
}
