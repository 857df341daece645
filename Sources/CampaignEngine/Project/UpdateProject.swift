import Wire

/// What an operator changes of a project: what is nil stays. The sender is for life, since windows
/// and opt-outs of its guests are with the number.
package struct ProjectChange: Sendable {
  package var name: String?
  /// The rules of the new time zone.
  package var zone: ZoneRules?
  package var callingCode: String?
  package var languages: [String]?
  package var quietHours: Patch<QuietHours> = .keep
  /// All events, the main one first.
  package var events: [ProjectEvent]?
  /// Merged key by key; a nil value clears.
  package var fieldValues = WireMap<Scalar?>()
  package var fieldTypes = WireMap<FieldType?>()

  package init() {}
}

/// Changes a project. Waits and reminders around an event move with it; other deadlines that are set
/// stay, and what is worked out from now on uses the new times.
package struct UpdateProject: Command {
  package let project: ProjectID
  package let change: ProjectChange

  package init(project: ProjectID, change: ProjectChange) {
    (self.project, self.change) = (project, change)
  }

  package func perform(in engine: inout Engine) throws(Rejection) {
    guard let state = engine.state.find(project) else {
      throw .notFound(project)
    }
    let space = project.counter - 1
    var row = state.row
    if let name = change.name { row.name = name }
    if let zone = change.zone { row.timeZone = zone.name }
    if let callingCode = change.callingCode { row.callingCode = callingCode }
    if let languages = change.languages { row.languages = languages }
    switch change.quietHours {
    case .keep: break
    case .clear: row.quietHours = nil
    case .set(let hours): row.quietHours = hours
    }
    for (key, value) in change.fieldValues.entries { row.fieldValues[key] = value }
    for (key, type) in change.fieldTypes.entries { row.fieldTypes[key] = type }
    try checkFieldCounts(row)
    if let events = change.events { try row.replaceEvents(by: events, in: engine.state, space) }
    let isOther = Binary.encode(row) != Binary.encode(state.row)
    // A government may change the rules of a zone that keeps its name.
    let hasOtherRules = change.zone.map { engine.state.zone(named: $0.name) != $0 } ?? false
    guard isOther || hasOtherRules else { return }
    if let zone = change.zone { engine.record(zone) }
    if isOther { engine.emit(ProjectUpdated(project: space, row: row)) }
    engine.rescheduleReminders(ofProject: space)
    if hasOtherRules || row.events != state.row.events || row.timeZone != state.row.timeZone {
      engine.moveWaits(ofProject: space)
    }
  }

  private func checkFieldCounts(_ row: Project) throws(Rejection) {
    guard row.fieldValues.count <= Limits.projectFields,
      row.fieldTypes.count <= Limits.projectFields
    else {
      throw .limitExceeded(
        "A project has at most \(Limits.projectFields) fields of each kind.", reason: "fields")
    }
  }
}

extension Project {
  /// Guests' answers are stored by an event's place. So a key keeps its place for ever, the main
  /// event stays the main one, and new events come at the end.
  fileprivate mutating func replaceEvents(
    by wanted: [ProjectEvent], in state: State, _ space: UInt32
  ) throws(Rejection) {
    var seen = Set<String>()
    for (index, event) in wanted.enumerated() where !seen.insert(event.key).inserted {
      throw .invalidParams(
        field: "events[\(index)].key", reason: "duplicate_key",
        "expected a key of its own; found \"\(event.key)\" twice")
    }
    if let main = events.first, wanted.first?.key != main.key {
      throw .invalidParams(
        field: "events", reason: "main_event",
        "expected \"\(main.key)\" first: guests' rsvp is the answer to it; its name and time may change"
      )
    }
    for (index, event) in presentEvents where !seen.contains(event.key) {
      try state.checkUnused(event, at: index, in: space)
    }
    var places: [Int] = []
    for event in wanted {
      if let place = events.firstIndex(where: { $0.key == event.key }) {
        events[place] = event
        places.append(place)
      } else {
        places.append(events.count)
        events.append(event)
      }
    }
    if let index = places.indices.dropFirst().first(where: { places[$0] < places[$0 - 1] }) {
      throw .invalidParams(
        field: "events[\(index)].key", reason: "event_order",
        "expected the events in the order in which they were added, new ones last")
    }
    guard events.count <= Limits.eventsEver else {
      throw .limitExceeded(
        "A project has at most \(Limits.eventsEver) events, those that were removed among them.",
        reason: "events")
    }
    removedEvents = events.map(\.key).filter { !seen.contains($0) }
  }
}

extension State {
  /// An event goes only while nobody answered and nothing that may still run names it.
  fileprivate func checkUnused(
    _ event: ProjectEvent, at index: Int, in space: UInt32
  ) throws(Rejection) {
    let counts = project(of: space).answerCounts
    let count = index < counts.count ? counts[index] : 0
    guard count == 0 else {
      throw .conflict(
        "\(count) \(count == 1 ? "guest has" : "guests have") answered for the event \"\(event.key)\"; set them to pending first.",
        reason: "event_answered")
    }
    if let id = chatflowInUse(in: space, where: { $0.events.contains(event.key) }) {
      throw .conflict(
        "\(id.wireText) names the event \"\(event.key)\"; change the chatflow first.",
        id: id.wireText, reason: "event_in_use")
    }
    let about = projects[space].campaigns.firstID(in: space) {
      $0.isUnfinished && $0.settings.event == event.key
    }
    if let id = about {
      throw .conflict(
        "\(id.wireText) is about the event \"\(event.key)\"; end or change the campaign first.",
        id: id.wireText, reason: "event_in_use")
    }
    let named = projects[space].campaigns.firstID(in: space) {
      $0.isUnfinished && $0.settings.guestFilter.namedEvents.contains(event.key)
    }
    if let id = named {
      throw .conflict(
        "The filter of \(id.wireText) names the event \"\(event.key)\"; end or change the campaign first.",
        id: id.wireText, reason: "event_in_use")
    }
    if let id = openReminder(in: space, where: { $0.namedEvents.contains(event.key) }) {
      throw .conflict(
        "\(id.wireText) names the event \"\(event.key)\"; change or cancel the reminder first.",
        id: id.wireText, reason: "event_in_use")
    }
  }

  /// A chatflow whose newest version, or one that a campaign still walks, is as asked.
  func chatflowInUse(in space: UInt32, where isMeant: (ChatflowGraph) -> Bool) -> ChatflowID? {
    let project = project(of: space)
    let newest = project.chatflows.firstID(in: space) { chatflow in
      !chatflow.isDeleted && chatflow.versions.last.map { isMeant($0.graph) } == true
    }
    if let newest { return newest }
    for (id, campaign) in project.campaigns.identified(in: space)
    where campaign.chatflowVersion > 0 && campaign.isUnfinished {
      if isMeant(graph(of: id)) { return campaign.settings.chatflow }
    }
    return nil
  }
}
