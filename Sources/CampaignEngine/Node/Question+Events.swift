import Wire

/// To which events somebody comes: all, none, or some of a numbered list, by numbers or by names.
extension Question {
  /// The text that asks which, with the list where its author has not placed that.
  var shownChoose: LocalizedText? {
    chooseText.map { $0.followed(by: .asked(.eventList)) }
  }

  /// The events that the answer is of.
  func invitedEvents(
    about subject: QuestionSubject, _ visit: Visit, _ engine: Engine
  ) -> [(index: Int, event: ProjectEvent)] {
    let members = scope == .household ? engine.state.members(spokenForBy: visit.execution) : []
    let guest = subject.guest.isNone ? visit.guest : subject.guest
    return engine.state.invitedEvents(ofAny: [guest] + members)
  }

  /// Nil where it is not clear.
  func events(
    in content: MessageContent, about subject: QuestionSubject, _ visit: Visit, _ engine: Engine
  ) -> EventAnswerGiven? {
    let invited = invitedEvents(about: subject, visit, engine)
    if subject.isChoosing {
      return chosen(in: content.text, of: invited, visit, engine).map(EventAnswerGiven.events)
    }
    let language = engine.language(of: visit.guest)
    switch choice(content.text, language: language).flatMap(EventRSVPChoice.init) {
    case .all: return .events(invited.map(\.index))
    case .nothing: return .events([])
    case .choose: return .choose
    case nil: break
    }
    // A number may be of a button; a name is of an event.
    guard !content.text.unicodeScalars.contains(where: { $0.properties.numericType != nil }) else {
      return nil
    }
    return MemberList(invited.map(\.event.name)).chosen(by: content.text)
      .map { .events($0.map { invited[$0].index }) }
  }

  /// By the numbers that the guest saw: events may have been added or taken away since.
  private func chosen(
    in text: String, of invited: [(index: Int, event: ProjectEvent)], _ visit: Visit,
    _ engine: Engine
  ) -> [Int]? {
    let shown = engine.shownNames(at: visit) ?? invited.map(\.event.name)
    guard let places = MemberList(shown).chosen(by: text) else { return nil }
    let indexes = places.compactMap { place in
      invited.first { $0.event.name == shown[place] }?.index
    }
    return indexes.count == places.count ? indexes : nil
  }

  /// Keeps for each event to which somebody is invited whether they come.
  func keepEvents(
    _ coming: [Int], about subject: QuestionSubject, _ visit: Visit, in engine: inout Engine
  ) {
    let guest = subject.guest.isNone ? visit.guest : subject.guest
    let members = scope == .household ? engine.state.members(spokenForBy: visit.execution) : []
    let project = engine.state.project(of: visit.guest.space).row
    let names = coming.map { project.events[$0].name }
    var changes = GuestChanges()
    for (index, event) in project.presentEvents {
      let rsvp = coming.contains(index) ? RSVP.attending : .declined
      if guest == visit.guest {
        changes.set(.rsvp(event: event.key), to: .text(rsvp.rawValue), project: project)
      } else {
        engine.keep([(guest, rsvp)], toEventAt: index, visit)
      }
      engine.keep(members.map { ($0, rsvp) }, toEventAt: index, visit)
    }
    if !members.isEmpty { changes.bringEverybody(of: engine.state[visit.guest]) }
    let text = HouseholdNames.text(names, language: engine.language(of: visit.guest))
    changes.variables.append((key, .text(text)))
    engine.apply(changes, visit)
  }
}

/// What was answered to a question about all events.
enum EventAnswerGiven: Equatable {
  case choose
  /// Places of the events to which somebody comes.
  case events([Int])
}

extension LocalizedText {
  /// With a place at its end, in each language whose text has not got it.
  func followed(by path: VariablePath) -> LocalizedText {
    mapped { text in
      let has = (try? Interpolation(parsing: text))?.paths.contains(path) ?? true
      return has ? text : "\(text)\n{{\(path)}}"
    }
  }
}
