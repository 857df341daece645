import Wire

/// To which events somebody comes: all, none, or some of a numbered list, by numbers or by names.
extension Question {
  /// The text that asks which, with the list where its author has not placed that.
  var shownChoose: LocalizedText? {
    chooseText.map { $0.followed(by: .asked(.eventList)) }
  }

  /// The events that the answer is of.
  func invitedEvents(
    about subject: QuestionSubject, of execution: ExecutionID, in state: State
  ) -> [(index: Int, event: ProjectEvent)] {
    let members = scope == .household ? state.members(spokenForBy: execution) : []
    let guest = subject.guest.isNone ? state[execution].guest : subject.guest
    return state.invitedEvents(ofAny: [guest] + members)
  }

  /// Nil where it is not clear.
  func events(
    in content: MessageContent, about subject: QuestionSubject, _ visit: Visit, _ engine: Engine
  ) -> EventAnswerGiven? {
    let invited = invitedEvents(about: subject, of: visit.execution, in: engine.state)
    let language = engine.language(of: visit.guest)
    if subject.isChoosing {
      if let chosen = chosen(in: content.text, of: invited, visit, engine) {
        return .events(chosen)
      }
      // Numbers are of the list by now, and no more of the buttons.
      let text = FoldedText(content.text)
      let named = choices.first {
        ([$0.value] + $0.title.texts).contains { FoldedText($0) == text }
      }
      switch named.flatMap({ EventRSVPChoice(rawValue: $0.value) }) {
      case .all: return .events(invited.map(\.index))
      case .nothing: return .events([])
      case .choose: return .choose
      case nil: return nil
      }
    }
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
    let shown = engine.shownNames(at: visit) ?? invited.map(\.event.name.inList)
    guard let places = MemberList(shown).chosen(by: text) else { return nil }
    // Two events may have one name: each number is another of them.
    var left = invited
    let indexes = shown.map { name -> Int? in
      left.firstIndex { $0.event.name.inList == name }.map { left.remove(at: $0).index }
    }
    let chosen = places.compactMap { indexes[$0] }
    return chosen.count == places.count ? chosen : nil
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
    // Of those who are asked about one by one, each comes with their party.
    if scope == .household || isForEachMember {
      changes.bringEverybody(of: engine.state[visit.guest], unlessComing: true)
    }
    let text = HouseholdNames.text(names, language: engine.language(of: visit.guest))
    if guest == visit.guest { changes.variables.append((key, .text(text))) }
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
