import Wire

extension UpdateGuestNode {
  package func act(on input: NodeInput, _ visit: Visit, in engine: inout Engine) -> NodeResult {
    var changes = GuestChanges()
    for (name, value) in set.entries {
      guard let target = Self.target(name) else { continue }
      switch engine.fill(value.text, for: visit.execution) {
      case .success(let text):
        let isPlain = !value.text.contains(text: "{{")
        changes.set(
          target, to: isPlain ? value : .text(text),
          project: engine.state.project(of: visit.guest.space).row)
      case .failure(let missing):
        engine.noteFailure(visit, .missingVariable, "\(missing.path) has no value.")
        return .fail(reason: "missing_variable")
      }
    }
    changes.profile.addTags = addTags
    changes.profile.removeTags = removeTags
    let members =
      scope == .household ? engine.state.members(spokenForBy: visit.execution) : []
    if !members.isEmpty { changes.bringEverybody(of: engine.state[visit.guest]) }
    engine.apply(changes, visit)
    for (event, rsvp) in changes.rsvps where !members.isEmpty {
      engine.keep(members.map { ($0, rsvp) }, toEventAt: event, visit)
    }
    return .leave("default")
  }
}

/// What a flow writes, sorted by where it goes.
struct GuestChanges {
  var profile = GuestProfile()
  var variables: [(name: String, value: Scalar)] = []
  var subscription: Subscription?
  /// What the phone could mean, where that is more than one number.
  var phoneReadings: [Phone] = []
  private(set) var rsvps: [(event: Int, rsvp: RSVP)] = []
  private(set) var counts: [(event: Int, count: Int64)] = []
  /// How many of those who come are children.
  private(set) var children: [(event: Int, count: Int64)] = []

  /// A value that does not fit its target changes nothing; the check refused those it could see.
  mutating func set(_ target: GuestTarget, to value: Scalar, project: Project) {
    switch target {
    case .attribute(let attribute):
      if let range = attribute.range {
        guard let number = value.integer, range.contains(number) else { return }
        profile.values[attribute] = .number(number)
      } else if !attribute.has(.isVisible) || !value.text.isInvisible {
        profile.values[attribute] = .text(value.text)
      }
    case .subscription: subscription = Subscription(rawValue: value.text)
    case .rsvp(let event):
      if let index = project.answerIndex(of: event),
        let rsvp = RSVP(rawValue: value.text)
      {
        rsvps.append((index, rsvp))
      }
    case .attendingCount(let event):
      if let index = project.answerIndex(of: event),
        let count = value.integer, (0...Limits.partySize).contains(count)
      {
        counts.append((index, count))
      }
    case .attendingChildren(let event):
      if let index = project.answerIndex(of: event),
        let count = value.integer, (0...Limits.partySize).contains(count)
      {
        children.append((index, count))
      }
    case .field(let key): profile.fieldValues[key] = .some(value)
    case .eventField(let key, let event):
      if let index = project.eventIndex(of: event) {
        profile.eventFields.append(EventField(event: index, key: key, value: value))
      }
    // Each of them is set by itself.
    case .everyRSVP: break
    case .variable(let name): variables.append((name, value))
    }
  }

  /// Who says that all of them come means the whole party.
  /// - Parameter unlessComing: how many come was said before, and is not taken back.
  mutating func bringEverybody(of guest: Guest, unlessComing: Bool = false) {
    for (event, rsvp) in rsvps
    where rsvp == .attending && !counts.contains(where: { $0.event == event }) {
      if unlessComing, guest.answer(toEvent: event).rsvp == .attending { continue }
      counts.append((event, guest.partySize(atEvent: event)))
    }
  }

  var hasAnswers: Bool { !rsvps.isEmpty || !counts.isEmpty || !children.isEmpty }

  /// Takes the answers of others over.
  mutating func append(_ others: GuestChanges) {
    rsvps += others.rsvps
    counts += others.counts
    children += others.children
    profile.partySizes += others.profile.partySizes
    profile.eventFields += others.profile.eventFields
  }

  /// Who comes is kept elsewhere, and how many only where that may be said.
  mutating func keepAnswers(where mayBeSaid: (Int) -> Bool) {
    rsvps = []
    counts.removeAll { !mayBeSaid($0.event) }
    children.removeAll { !mayBeSaid($0.event) }
  }

  /// What is said of events to which the guest is not invited counts for nothing.
  mutating func keepEvents(where isInvited: (Int) -> Bool) {
    rsvps.removeAll { !isInvited($0.event) }
    counts.removeAll { !isInvited($0.event) }
    children.removeAll { !isInvited($0.event) }
    profile.eventFields.removeAll { !isInvited($0.event) }
  }

  /// The answers that follow from the present ones: whoever does not attend brings nobody.
  func answers(from guest: Guest) -> [EventAnswer] {
    var answers: [EventAnswer] = []
    func answer(_ event: Int) -> EventAnswer {
      answers.first { $0.event == event } ?? guest.answer(toEvent: event)
    }
    func put(_ answer: EventAnswer) {
      answers.removeAll { $0.event == answer.event }
      answers.append(answer)
    }
    for (event, rsvp) in rsvps {
      var changed = answer(event)
      changed.rsvp = rsvp
      changed.attendingCount = rsvp == .attending ? max(changed.attendingCount, 1) : 0
      put(changed)
    }
    for (event, count) in counts {
      var changed = answer(event)
      if changed.rsvp == .attending || count == 0 { changed.attendingCount = count }
      put(changed)
    }
    for (event, count) in children {
      var changed = answer(event)
      changed.children = UInt16(count)
      put(changed)
    }
    for index in answers.indices {
      let coming = UInt16(clamping: answers[index].attendingCount)
      answers[index].children = coming == 0 ? nil : answers[index].children.map { min($0, coming) }
    }
    return answers.filter { answer in
      let before = guest.answer(toEvent: answer.event)
      return before.rsvp != answer.rsvp || before.attendingCount != answer.attendingCount
        || before.answeredAt == .zero || before.source == .contact
        || before.children != answer.children
    }
  }
}

extension Engine {
  /// Of somebody who is asked through another. What they or an operator answered for an event stays.
  mutating func apply(_ changes: GuestChanges, to guest: GuestID, _ visit: Visit) {
    for (event, rsvp) in changes.rsvps { keep([(guest, rsvp)], toEventAt: event, visit) }
    var changes = changes
    changes.keepEvents { state.isInvited(guest, toEventAt: $0) }
    changes.keepAnswers { event in
      let source = state[guest].answer(toEvent: event).source
      return source == nil || source == .contact
    }
    var profile = changes.profile
    profile.answers = changes.answers(from: state[guest])
    guard !profile.isEmpty else { return }
    emit(
      GuestUpdated(
        guest: guest, profile: profile, execution: visit.execution,
        by: profile.answers.isEmpty ? nil : .contact))
  }

  mutating func apply(_ changes: GuestChanges, _ visit: Visit) {
    var changes = changes
    changes.keepEvents { state.isInvited(visit.guest, toEventAt: $0) }
    var profile = changes.profile
    profile.answers = changes.answers(from: state[visit.guest])
    if !profile.isEmpty {
      emit(
        GuestUpdated(
          guest: visit.guest, profile: profile, isByGuest: true, execution: visit.execution,
          by: profile.answers.isEmpty ? nil : answerSource(visit)))
    }
    for (name, value) in changes.variables {
      emit(VariableSet(execution: visit.execution, name: name, value: value))
    }
    if let subscription = changes.subscription {
      emit(
        PersonChanged(
          sender: state.senderID(ofSpace: visit.guest.space), person: state[visit.guest].person,
          subscription: subscription))
    }
  }
}
