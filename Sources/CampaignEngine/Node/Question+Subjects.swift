/// Of whom and of what a question is asked, and in which order.
extension Question {
  /// None where there is nobody to ask it of.
  func subjects(_ visit: Visit, _ engine: Engine) -> [QuestionSubject] {
    let state = engine.state
    let members = isForEachMember ? state.members(spokenForBy: visit.execution) : []
    // Whoever is asked has no name where nobody else is asked about.
    let guests = isForEachMember ? [visit.guest] + members : [GuestID.none]
    return guests.flatMap { guest in
      let person = guest.isNone ? visit.guest : guest
      if isForEachEvent {
        return state.invitedEvents(of: person).map(\.index)
          .filter { asksRSVP || state[person].answer(toEvent: $0).rsvp == .attending }
          .map { QuestionSubject(guest: guest, event: $0) }
      }
      return concerns(person, visit, engine) ? [QuestionSubject(guest: guest)] : []
    }
  }

  private var asksRSVP: Bool { if case .rsvp = target { true } else { false } }

  /// Whether it is a question for somebody, where it is none of each event.
  private func concerns(_ person: GuestID, _ visit: Visit, _ engine: Engine) -> Bool {
    let state = engine.state
    if kind == .eventRSVP {
      return !invitedEvents(about: QuestionSubject(guest: person), visit, engine).isEmpty
    }
    if kind == .members {
      let all = [visit.guest] + state.members(spokenForBy: visit.execution)
      return !state.listed(all, invitedTo: event(visit, engine)).isEmpty
    }
    if let event = event(visit, engine), target?.event != nil || isForEachMember {
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
  func question(
    after last: AskedQuestion?, _ visit: Visit, _ engine: Engine
  ) -> AskedQuestion? {
    for index in (last?.index ?? 0)..<max(questions.count, last?.index ?? 0) {
      var subjects = questions[index].subjects(visit, engine)
      if let last, index == last.index {
        let order = last.subject.order(askedOf: visit.guest)
        subjects.removeAll { $0.order(askedOf: visit.guest) <= order }
      }
      if let subject = subjects.first { return AskedQuestion(index: index, subject: subject) }
    }
    return nil
  }
}
