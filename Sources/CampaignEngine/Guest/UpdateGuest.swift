import Wire

/// An operator's changes to one guest.
package struct UpdateGuest: Command {
  package let guest: GuestID
  package let profile: GuestProfile
  package let rsvp: RSVP?
  package let attendingCount: Int64?
  package let subscription: Subscription?
  package let zone: ZoneRules?
  /// For single events.
  package let answers: [GivenAnswer]
  /// What still asks for the answers that are given is over.
  package let isSettling: Bool

  package init(
    guest: GuestID, profile: GuestProfile, rsvp: RSVP?, attendingCount: Int64?,
    subscription: Subscription?, zone: ZoneRules?, answers: [GivenAnswer] = [],
    isSettling: Bool = false
  ) {
    (self.guest, self.profile, self.rsvp) = (guest, profile, rsvp)
    (self.answers, self.isSettling) = (answers, isSettling)
    (self.attendingCount, self.subscription, self.zone) = (attendingCount, subscription, zone)
  }

  /// Returns the executions that are over because of it.
  package func perform(in engine: inout Engine) throws(Rejection) -> [ExecutionID] {
    guard let before = engine.state.find(guest) else { throw .notFound(guest) }
    let project = engine.state.project(of: guest.space)
    if let externalID = profile.externalID, !externalID.isEmpty,
      let other = project.guestsByExternalID[externalID], other != guest.counter
    {
      let id = GuestID(space: guest.space, counter: other)
      throw .conflict(
        "\(id.wireText) has this external_id already.", id: id.wireText,
        reason: "external_id_in_use")
    }
    var changes = GuestChanges()
    changes.profile = try checked(profile, project)
    if let rsvp { changes.set(.rsvp(event: nil), to: .text(rsvp.rawValue), project: project.row) }
    if let attendingCount {
      changes.set(.attendingCount(event: nil), to: .integer(attendingCount), project: project.row)
    }
    try readAnswers(into: &changes, project)
    do throws(RowFault) {
      try changes.checkInvited(before, project.row, project.symbols)
    } catch {
      throw Rejection(error)
    }
    try checkCounts(changes, before, project.row)
    let answered = Dictionary(
      changes.rsvps.filter { $0.rsvp != .pending }.map { ($0.event, $0.rsvp) },
      uniquingKeysWith: { $1 })
    if isSettling, answered.isEmpty {
      throw .invalidParams(
        field: "settle", reason: "nothing_answered",
        "expected an rsvp, or answers with one, too; pending is none")
    }
    changes.profile.answers = changes.answers(from: before)
    let differences = changes.profile.differences(from: before, symbols: project.symbols)
    try checkReach(differences, before)
    if let zone { engine.record(zone) }
    engine.recognise(differences.phone, at: engine.state.senderID(ofSpace: guest.space))
    if !differences.isEmpty { engine.emit(GuestUpdated(guest: guest, profile: differences)) }
    engine.follow(differences, of: guest, as: before.person)
    if let subscription, engine.state.person(of: guest).ownSubscription != subscription {
      engine.emit(
        PersonChanged(
          sender: engine.state.senderID(ofSpace: guest.space), person: engine.state[guest].person,
          subscription: subscription))
    }
    return isSettling ? engine.endQuestions(to: guest, about: answered) : []
  }

  /// Whoever has no number is reached through their household.
  private func checkReach(_ changes: GuestProfile, _ before: Guest) throws(Rejection) {
    guard (changes.phone ?? before.phone).isNone else { return }
    if (changes.household ?? before.household).isEmpty {
      throw .invalidParams(
        field: changes.phone == nil ? "household" : "phone", reason: "required",
        "expected a phone number, or a household")
    }
    if subscription != nil {
      throw .invalidParams(
        field: "subscription", reason: "no_phone",
        "expected none for a guest without a phone number")
    }
  }

  /// Tags and custom fields, as rows have them.
  private func checked(
    _ profile: GuestProfile, _ project: ProjectState
  ) throws(Rejection) -> GuestProfile {
    var profile = profile
    let reader = GuestRowReader(project: project.row, zones: [])
    do throws(RowFault) {
      for attribute in profile.values.given {
        guard let keys = profile.values[attribute]?.keys else { continue }
        profile.values[attribute] = .text(try reader.listOfEvents(keys, attribute))
      }
      profile.tags = try profile.tags.map { tags throws(RowFault) in
        try GuestRowReader.distinct(tags)
      }
      for (index, (key, value)) in profile.fieldValues.entries.enumerated() {
        guard let value else {
          try GuestRowReader.checkName(ofField: key)
          continue
        }
        profile.fieldValues.entries[index].value = try reader.read(value, ofField: key)
      }
      try reader.checkRoom(
        for: (profile.tags ?? []) + profile.fieldValues.keys
          + GuestAttribute.symbols.compactMap { profile.values[$0]?.text },
        project.symbols)
    } catch {
      throw Rejection(error)
    }
    return profile
  }

  private func readAnswers(
    into changes: inout GuestChanges, _ project: ProjectState
  ) throws(Rejection) {
    var row = GuestRow()
    row.answers = answers
    do throws(RowFault) {
      let reader = GuestRowReader(project: project.row, zones: [])
      changes.append(try reader.read(row, symbols: project.symbols))
    } catch {
      throw Rejection(error)
    }
  }

  /// Whoever does not come brings nobody. An operator who says otherwise means something else.
  private func checkCounts(
    _ changes: GuestChanges, _ before: Guest, _ project: Project
  ) throws(Rejection) {
    func check(
      _ counts: [(event: Int, count: Int64)], _ name: String,
      _ given: (GivenAnswer) -> Scalar?
    ) throws(Rejection) {
      for (event, count) in counts where count > 0 {
        let rsvp =
          changes.rsvps.last { $0.event == event }?.rsvp ?? before.answer(toEvent: event).rsvp
        guard rsvp != .attending else { continue }
        let index = answers.firstIndex {
          project.eventIndex(of: $0.event) == event && given($0)?.integer == count
        }
        throw .invalidParams(
          field: "\(index.map { "answers[\($0)]." } ?? "")\(name)", reason: "not_attending",
          "expected 0 for a guest who does not attend; found \(count)")
      }
    }
    try check(changes.counts, "attending_count", \.attendingCount)
    try check(changes.children, "children", \.children)
  }
}
