import Wire

/// Upserts many guests. A value that cannot be used refuses its row and no other.
package struct ImportGuests: Command {
  package let project: ProjectID
  package let rows: [GuestRow]
  package let isDryRun: Bool
  package let overwritesRSVP: Bool
  package let match: GuestMatch
  /// Rules of the zones that the rows name; a zone that is not here does not exist.
  package let zones: [ZoneRules]

  package init(
    project: ProjectID, rows: [GuestRow], isDryRun: Bool, overwritesRSVP: Bool,
    match: GuestMatch = .phone, zones: [ZoneRules]
  ) {
    self.match = match
    (self.project, self.rows, self.isDryRun) = (project, rows, isDryRun)
    (self.overwritesRSVP, self.zones) = (overwritesRSVP, zones)
  }

  /// By what a row without a key that is known finds its guest.
  package enum GuestMatch: String, WireEnum {
    /// By phone and name together.
    case phone
    /// Else by the name alone, where one guest has it.
    case name
  }

  package enum RowResult: String, WireEnum { case created, updated, unchanged, refused }

  package struct Item: Sendable {
    package var result = RowResult.refused
    package var guest = GuestID.none
    package var phone = Phone.none
    package var changed: [String] = []
    package var warnings: [ImportWarning] = []
    package var error: RowFault?
  }

  package func perform(in engine: inout Engine) throws(Rejection) -> [Item] {
    guard engine.state.find(project) != nil else { throw .notFound(project) }
    // A dry run is the real thing on a copy of the state, which is thrown away.
    guard isDryRun else { return engine.importRows(of: self) }
    var copy = Engine(state: engine.state, secret: engine.secret)
    return copy.importRows(of: self)
  }
}

extension Engine {
  fileprivate mutating func importRows(of command: ImportGuests) -> [ImportGuests.Item] {
    let space = command.project.counter - 1
    // No row changes the project, whose copy costs as much as all the rest of a row.
    let reader = GuestRowReader(project: state.projects[space].row, zones: command.zones)
    var list = ListInWork(space: space, in: state)
    return command.rows.enumerated().map { index, row in
      do throws(RowFault) {
        return try importRow(row, index, &list, space: space, command, reader)
      } catch {
        var item = ImportGuests.Item()
        item.error = error
        return item
      }
    }
  }

  private mutating func importRow(
    _ row: GuestRow, _ index: Int, _ list: inout ListInWork, space: UInt32,
    _ command: ImportGuests, _ reader: GuestRowReader
  ) throws(RowFault) -> ImportGuests.Item {
    var given = try reader.read(row, symbols: state.projects[space].symbols)
    if let externalID = given.profile.externalID { try list.take(externalID, of: index) }
    var item = ImportGuests.Item()
    let id: GuestID
    if let known = state.match(given.profile, space: space) {
      id = known
    } else {
      let namesakes = list.namesakes(of: given.profile, space: space, in: state)
      guard command.match == .name, !namesakes.isEmpty else {
        return try create(&given, space: space, zones: command.zones, namesakes: namesakes)
      }
      id = try alone(namesakes)
      item.warnings.append(ImportWarning(matchedByName: id))
    }
    list.take(id)
    item.guest = id
    let before = state[id]
    if given.hasAnswers {
      try given.checkInvited(before, state.projects[space].row, state.projects[space].symbols)
    }
    given.profile.answers = given.answers(from: before)
    if !command.overwritesRSVP { keepAnswers(&given, before, &item) }
    let changes = given.profile.differences(
      from: before, symbols: state.projects[space].symbols)
    if let warning = ImportWarning(phoneReadings: given.phoneReadings) {
      item.warnings.append(warning)
    }
    if let phone = changes.phone {
      recognise(phone, at: state.senderID(ofSpace: space))
      item.warnings += state.sharedPhoneWarnings(of: phone, space: space, but: id)
    }
    if !changes.isEmpty {
      emitZone(of: given.profile, command.zones)
      emit(GuestUpdated(guest: id, profile: changes))
      follow(changes, of: id, as: before.person)
    }
    let hasSubscribed = emitSubscription(given.subscription, of: id, &item)
    item.changed = changes.changedFields + (hasSubscribed ? ["subscription"] : [])
    item.result = item.changed.isEmpty ? .unchanged : .updated
    item.phone = changes.phone ?? before.phone
    if !changes.answers.isEmpty || changes.partySize != nil {
      item.warnings += state.partyWarnings(of: id)
    }
    return item
  }

  /// A new guest of the values that were read, for an import as for one alone.
  /// - Parameter namesakes: guests who may be the same.
  mutating func create(
    _ given: inout GuestChanges, space: UInt32, zones: [ZoneRules], namesakes: [GuestID] = []
  ) throws(RowFault) -> ImportGuests.Item {
    let phone = given.profile.phone ?? .none
    guard !phone.isNone || given.profile.household?.isEmpty == false else {
      throw RowFault(
        field: "phone", reason: "required",
        message: "expected a phone number, or a household, for a new guest")
    }
    guard given.profile.name != nil else {
      throw RowFault(
        field: "name", reason: "required", message: "expected a name for a new guest")
    }
    guard state.projects[space].guests.count < UInt32.max - 1 else {
      throw RowFault(
        field: "name", reason: "limit_exceeded",
        message: "the project has no room for more guests")
    }
    let id = GuestID(space: space, counter: state.projects[space].guests.nextCounter)
    var item = ImportGuests.Item()
    emitZone(of: given.profile, zones)
    if given.hasAnswers {
      try given.checkInvited(Guest(), state.projects[space].row, state.projects[space].symbols)
      given.profile.answers = given.answers(from: Guest())
    }
    // Taken out, since a copy counts references of all that is in it.
    var profile = GuestProfile()
    swap(&profile, &given.profile)
    recognise(phone, at: state.senderID(ofSpace: space))
    emit(GuestCreated(project: space, profile: profile))
    if let warning = ImportWarning(phoneReadings: given.phoneReadings) {
      item.warnings.append(warning)
    }
    if !phone.isNone, !state.hasNumberAlone(id) || phone.otherSpelling != nil {
      item.warnings += state.sharedPhoneWarnings(of: phone, space: space, but: id)
    }
    // Of the others it is told that they share the phone.
    let elsewhere = namesakes.filter { phone.isNone || state[$0].phone != phone }
    if let warning = ImportWarning(possiblySame: elsewhere) { item.warnings.append(warning) }
    item.warnings += state.partyWarnings(of: id)
    emitSubscription(given.subscription, of: id, &item)
    (item.result, item.guest, item.phone) = (.created, id, phone)
    return item
  }

  /// The guest that a row means by its name.
  private func alone(_ namesakes: [GuestID]) throws(RowFault) -> GuestID {
    guard namesakes.count == 1 else {
      let names = namesakes.prefix(ImportWarning.mostNamesakes).map(\.wireText).joined(
        separator: ", ")
      throw RowFault(
        field: "name", reason: "ambiguous_name",
        message: "expected a name that one guest has; \(namesakes.count) have it: \(names)")
    }
    return namesakes[0]
  }

  private mutating func emitZone(of profile: GuestProfile, _ zones: [ZoneRules]) {
    if let zone = zones.first(where: { $0.name == profile.values[.timeZone]?.text }) {
      record(zone)
    }
  }

  /// A list may opt a guest out, but never back in: only they themselves can do that.
  @discardableResult
  private mutating func emitSubscription(
    _ wanted: Subscription?, of id: GuestID, _ item: inout ImportGuests.Item
  ) -> Bool {
    guard let wanted else { return false }
    guard state[id].person != 0 else {
      item.warnings.append(
        ImportWarning(
          code: "no_phone", field: "subscription",
          message:
            "Without a number there is nothing to opt out; \(wanted.rawValue) was not applied."
        ))
      return false
    }
    let sender = state.senderID(ofSpace: id.space)
    let present = state.person(of: id).subscription
    guard wanted != present else { return false }
    guard wanted.index > present.index else {
      item.warnings.append(
        ImportWarning(
          code: "kept_opt_out", field: "subscription", guests: [],
          message: "This number opted out; \(wanted.rawValue) was not applied."))
      return false
    }
    emit(PersonChanged(sender: sender, person: state[id].person, subscription: wanted))
    return true
  }

  /// What a guest answered in their own words stays.
  private func keepAnswers(
    _ given: inout GuestChanges, _ before: Guest, _ item: inout ImportGuests.Item
  ) {
    given.profile.answers.removeAll { answer in
      let own = before.answer(toEvent: answer.event)
      guard own.answeredAt > .zero,
        own.rsvp != answer.rsvp || own.attendingCount != answer.attendingCount
          || own.children != answer.children
      else { return false }
      item.warnings.append(
        ImportWarning(
          code: "kept_answer", field: answer.event == 0 ? "rsvp" : "answers", guests: [],
          message:
            "The guest answered \(own.rsvp.rawValue) on \(own.answeredAt.wireText.prefix(10)); \(answer.rsvp.rawValue) was not applied."
        ))
      return true
    }
  }
}

extension State {
  /// The guest that a row is about: by external id where it has one and it is known, else by phone
  /// and name together, since a family may share a phone, or by household and name where there is none.
  fileprivate func match(_ profile: GuestProfile, space: UInt32) -> GuestID? {
    if let externalID = profile.externalID {
      return projects[space].guestsByExternalID[externalID]
        .map { GuestID(space: space, counter: $0) }
    }
    guard let name = profile.name else { return nil }
    let folded = FoldedText(name)
    guard let phone = profile.phone, !phone.isNone else {
      return profile.household.flatMap { key in
        guests(ofHousehold: key, in: space).first { FoldedText(self[$0].name) == folded }
      }
    }
    guard let person = person(with: phone, atSenderOf: space) else { return nil }
    return guests(of: person, at: senderID(ofSpace: space)).last { id in
      id.space == space && !self[id].isTester && FoldedText(self[id].name) == folded
    }
  }

  /// More people than were invited may be right, and may be a slip.
  package func partyWarnings(of id: GuestID) -> [ImportWarning] {
    // Most guests have none, and a copy of the project costs more than all the rest of a row.
    guard !projects[of: id].guests[id].answers.isEmpty else { return [] }
    let guest = self[id]
    let above = guest.answers
      .filter { $0.attendingCount > guest.partySize(atEvent: $0.event) }
    guard !above.isEmpty else { return [] }
    let events = projects[of: id].row.events
    return above.map { answer in
      let key = events.indices.contains(answer.event) ? " to \(events[answer.event].key)" : ""
      return ImportWarning(
        code: "above_party", field: answer.event == 0 ? "attending_count" : "answers", guests: [],
        message:
          "\(answer.attendingCount) come\(key), and \(guest.partySize(atEvent: answer.event)) are invited."
      )
    }
  }

  fileprivate func sharedPhoneWarnings(
    of phone: Phone, space: UInt32, but id: GuestID
  ) -> [ImportWarning] {
    let persons = Set(
      ([phone] + phone.otherSpellings).compactMap { person(with: $0, atSenderOf: space) })
    let others = persons.sorted().flatMap { guests(of: $0, at: senderID(ofSpace: space)) }
      .filter { $0.space == space && $0 != id && !self[$0].isTester }.sorted()
    guard !others.isEmpty else { return [] }
    let names = others.map(\.wireText).joined(separator: ", ")
    return [
      ImportWarning(
        code: "shared_phone", field: "phone", guests: others,
        message: others.count == 1
          ? "\(names) has the same number." : "\(names) have the same number.")
    ]
  }
}
