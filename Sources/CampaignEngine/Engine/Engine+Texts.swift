import Wire

/// Filling in texts for one execution.
extension Engine {
  func language(of guest: GuestID) -> String { state.language(of: guest) }

  /// - Parameter subject: of the question that asks so.
  func fill(
    _ text: String, for execution: ExecutionID, about subject: QuestionSubject = QuestionSubject()
  ) -> Result<String, MissingVariable> {
    // Texts were parsed when the chatflow was saved; one that no longer parses is sent as it is.
    guard let parsed = state.graph(of: state[execution].campaign).interpolation(of: text) else {
      return .success(text)
    }
    return parsed.fill { value(of: $0, for: execution, about: subject) }
  }

  func fill(
    _ text: LocalizedText, for execution: ExecutionID,
    about subject: QuestionSubject = QuestionSubject()
  ) -> Result<String, MissingVariable> {
    fill(text.text(for: language(of: state[execution].guest)), for: execution, about: subject)
  }

  func value(
    of path: VariablePath, for execution: ExecutionID,
    about subject: QuestionSubject = QuestionSubject()
  ) -> String? {
    let row = state[execution]
    if case .variable(let name) = path {
      return state.project(of: execution.space).symbols.symbol(of: name).flatMap {
        row.variable($0)?.text
      }
    }
    if path.isOfHousehold {
      return state.value(
        ofHousehold: path, for: row.guest, with: state.members(spokenForBy: execution),
        invitedTo: subject.event)
    }
    // What is no question is said to all who are asked together.
    if subject.isOfHousehold || subject == QuestionSubject(),
      path == .asked(.eventList) || path == .asked(.eventNames)
    {
      let all = [row.guest] + state.members(spokenForBy: execution)
      return path == .asked(.eventList) ? state.eventList(of: all) : state.eventNames(of: all)
    }
    if case .asked(let property) = path {
      return state.value(
        ofAsked: property, of: subject.guest.isNone ? row.guest : subject.guest,
        event: subject.event ?? state.eventIndex(of: row.campaign))
    }
    return state.value(of: path, for: row.guest)
  }
}

extension State {
  /// A value of a guest or of their project; variables belong to executions and have none here.
  /// - Parameter members: whom the guest is asked for, too.
  package func value(
    of path: VariablePath, for id: GuestID, with members: [GuestID] = []
  ) -> String? {
    let space = id.space
    let guest = self[id]
    switch path {
    case .guest(.attribute(.invitedTo)): return eventNames(of: [id])
    case .guest(.attribute(let attribute)):
      return guest.value(of: attribute, projects[space].symbols).text
    case .guest(let property):
      guard let index = projects[space].row.answerIndex(of: property.event),
        let rsvp = rsvp(of: id, toEventAt: index)
      else { return nil }
      if case .rsvp = property { return rsvp.rawValue }
      if case .partySize = property { return String(guest.partySize(atEvent: index)) }
      return String(guest.answer(toEvent: index).attendingCount)
    case .guestField(let key):
      return projects[space].symbols.symbol(of: key).flatMap { guest.value(of: $0)?.text }
    case .variable: return nil
    case .asked(let property): return value(ofAsked: property, of: id, event: 0)
    case .householdNames, .householdSize, .householdList:
      return value(ofHousehold: path, for: id, with: members)
    case .projectName: return projects[space].row.name
    case .projectField(let key): return projects[space].row.fieldValues[key]?.text
    case .eventDate(let key), .eventTime(let key), .eventName(let key):
      guard let index = projects[space].row.eventIndex(of: key) else { return nil }
      switch path {
      case .eventDate: return dateText(ofEvent: index, in: space)
      case .eventTime: return timeText(ofEvent: index, in: space)
      default: return projects[space].row.events[index].name
      }
    }
  }

  fileprivate func value(
    ofAsked property: VariablePath.AskedProperty, of guest: GuestID, event index: Int
  ) -> String? {
    let events = projects[of: guest].row.events
    switch property {
    case .memberName: return self[guest].name
    case .eventList: return eventList(of: [guest])
    case .eventNames: return eventNames(of: [guest])
    case .eventName: return events.indices.contains(index) ? events[index].name : nil
    case .eventDate:
      return events.indices.contains(index) ? dateText(ofEvent: index, in: guest.space) : nil
    case .eventTime:
      return events.indices.contains(index) ? timeText(ofEvent: index, in: guest.space) : nil
    }
  }

  private func dateText(ofEvent index: Int, in space: UInt32) -> String {
    localTime(ofEvent: index, in: space).date.description
  }

  private func timeText(ofEvent index: Int, in space: UInt32) -> String {
    let minutes = localTime(ofEvent: index, in: space).millisecondOfDay / 60_000
    return TimeOfDay(minutes: minutes).wireText
  }

  private func localTime(
    ofEvent index: Int, in space: UInt32
  ) -> (date: CivilDate, millisecondOfDay: Int64) {
    let project = projects[space].row
    let local = (zone(named: project.timeZone) ?? .utc).local(project.events[index].startsAt)
    return (local.date, local.millisecondOfDay)
  }
}

extension State {
  /// The language that a guest is written to in: their own, or else the project's first.
  func language(of guest: GuestID) -> String {
    let own = projects[of: guest].guests[guest].language
    return own.isEmpty ? projects[of: guest].row.languages.first ?? "" : own
  }
}
