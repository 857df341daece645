import Wire

/// Turns the texts of a row into a guest's values, or says which of them cannot be used.
struct GuestRowReader {
  let project: Project
  let zones: [ZoneRules]
  /// Looked up once for all rows.
  private let home: NumberingPlan?

  init(project: Project, zones: [ZoneRules]) {
    (self.project, self.zones) = (project, zones)
    home = NumberingPlan.of(callingCode: project.callingCode)
  }

  /// - Parameter symbols: the project's, as they are by now: rows before this one may have added some.
  func read(_ row: GuestRow, symbols: SymbolTable) throws(RowFault) -> GuestChanges {
    var changes = GuestChanges()
    try row.checkTexts()
    changes.profile.externalID = nonEmpty(row.externalID)
    changes.profile.name = nonEmpty(row.name).flatMap { $0.isInvisible ? nil : $0 }
    if let phone = nonEmpty(row.phone) {
      do {
        (changes.profile.phone, changes.phoneReadings) = try Phone.read(phone, home: home)
      } catch {
        throw RowFault(field: "phone", reason: error.reason, message: error.message)
      }
    }
    changes.profile.category = nonEmpty(row.category)
    if let language = nonEmpty(row.language) {
      guard Pattern.language.matches(language) else {
        throw RowFault(
          field: "language", reason: "bad_format", message: "expected \(Pattern.language.expected)")
      }
      changes.profile.language = language
    }
    if let zone = nonEmpty(row.timeZone) {
      guard zones.contains(where: { $0.name == zone }) else {
        throw RowFault(
          field: "time_zone", reason: "unknown_time_zone",
          message: "expected an IANA time zone such as Asia/Jakarta")
      }
      changes.profile.timeZone = zone
    }
    try readNumbers(row, &changes)
    try readSubscription(row, &changes)
    try readTagsAndFields(row, symbols, &changes)
    return changes
  }

  private func readNumbers(_ row: GuestRow, _ changes: inout GuestChanges) throws(RowFault) {
    if let size = nonEmpty(row.partySize) {
      guard let number = wholeNumber(size), (1...Limits.partySize).contains(number) else {
        throw RowFault(
          field: "party_size", reason: "out_of_range",
          message: "expected a whole number from 1 to \(Limits.partySize)")
      }
      changes.profile.partySize = number
    }
    try readAnswer(row.rsvp, row.attendingCount, event: nil, field: "", &changes)
    for (index, answer) in (row.answers ?? []).enumerated() {
      let field = "answers[\(index)]"
      guard project.eventIndex(of: answer.event) != nil else {
        let keys = project.presentEvents.map(\.event.key).joined(separator: ", ")
        throw RowFault(
          field: "\(field).event", reason: "unknown_event",
          message: keys.isEmpty
            ? "expected the key of an event, and the project has none" : "expected one of \(keys)")
      }
      try readAnswer(
        answer.rsvp, answer.attendingCount, event: answer.event, field: "\(field).", &changes)
    }
  }

  private func readAnswer(
    _ rsvp: String?, _ attendingCount: Scalar?, event: String?, field: String,
    _ changes: inout GuestChanges
  ) throws(RowFault) {
    if let text = nonEmpty(rsvp) {
      guard let rsvp = RSVP(rawValue: text) else {
        throw RowFault(
          field: "\(field)rsvp", reason: "not_one_of",
          message: "expected one of \(RSVP.allCases.map(\.rawValue).joined(separator: ", "))")
      }
      changes.set(.rsvp(event: event), to: .text(rsvp.rawValue), project: project)
    }
    if let count = nonEmpty(attendingCount) {
      guard let number = wholeNumber(count), (0...Limits.partySize).contains(number) else {
        throw RowFault(
          field: "\(field)attending_count", reason: "out_of_range",
          message: "expected a whole number from 0 to \(Limits.partySize)")
      }
      changes.set(.attendingCount(event: event), to: .integer(number), project: project)
    }
  }

  private func readSubscription(_ row: GuestRow, _ changes: inout GuestChanges) throws(RowFault) {
    guard let text = nonEmpty(row.subscription) else { return }
    guard let subscription = Subscription(rawValue: text) else {
      throw RowFault(
        field: "subscription", reason: "not_one_of",
        message: "expected one of \(Subscription.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    changes.subscription = subscription
  }

  private func readTagsAndFields(
    _ row: GuestRow, _ symbols: SymbolTable, _ changes: inout GuestChanges
  ) throws(RowFault) {
    if symbols.count + (row.tags?.count ?? 0) + row.fieldValues.count + 1 > Limits.symbolsPerProject
    {
      try checkRoom(
        for: (row.tags ?? []) + row.fieldValues.keys + [row.category].compactMap { $0 }, symbols)
    }
    if let tags = row.tags {
      let unique = try Self.distinct(tags)
      if !unique.isEmpty { changes.profile.tags = unique }
    }
    if !row.fieldValues.isEmpty {
      changes.profile.fieldValues.entries.reserveCapacity(row.fieldValues.count)
    }
    for (key, value) in row.fieldValues.entries {
      guard let value = try read(value, ofField: key) else { continue }
      changes.profile.fieldValues.entries.append((key, value))
    }
  }

  /// Each once, without empty ones.
  static func distinct(_ tags: [String]) throws(RowFault) -> [String] {
    var unique: [String] = []
    for (index, tag) in tags.enumerated() where !tag.isEmpty && !unique.contains(tag) {
      guard tag.isAtMost(scalars: Guest.tagLength.upperBound) else {
        throw RowFault(
          field: "tags[\(index)]", reason: "too_long",
          message: "expected at most \(Guest.tagLength.upperBound) characters")
      }
      unique.append(tag)
    }
    return unique
  }

  static func checkName(ofField key: String) throws(RowFault) {
    guard Pattern.handle.matches(key) else {
      throw RowFault(
        field: FieldPath.member(key, of: "fields"), reason: "bad_format",
        message: "expected field names of \(Pattern.handle.expected)")
    }
  }

  /// As its kind wants it; nil for an empty text.
  func read(_ value: Scalar, ofField key: String) throws(RowFault) -> Scalar? {
    try Self.checkName(ofField: key)
    guard !value.text.isEmpty else { return nil }
    let type = project.fieldTypes[key] ?? .text
    let number = type == .number && value.integer == nil ? wholeNumber(value) : nil
    let value = number.map(Scalar.integer) ?? value
    try check(value, as: type, for: key)
    return value
  }

  /// Categories, tags and names of fields.
  func checkRoom(for texts: [String], _ symbols: SymbolTable) throws(RowFault) {
    let news = texts.count { symbols.symbol(of: $0) == nil }
    guard symbols.count + news <= Limits.symbolsPerProject else {
      throw RowFault(
        field: "tags", reason: "limit_exceeded",
        message:
          "a project has at most \(Limits.symbolsPerProject) categories, tags and field names")
    }
  }

  /// In the digits of any script, as a spreadsheet writes it ("4.0") or a person ("4.").
  private func wholeNumber(_ value: Scalar) -> Int64? {
    if let number = value.integer { return number }
    guard let reading = NumberReading(value.text), reading.isAlone else { return nil }
    return reading.integer
  }

  private func check(
    _ value: Scalar, as type: FieldType, for key: String
  ) throws(RowFault) {
    guard value.text.isAtMost(scalars: 1000) else {
      throw RowFault(
        field: FieldPath.member(key, of: "fields"), reason: "too_long",
        message: "expected at most 1000 characters")
    }
    if type == .number, value.integer == nil {
      throw RowFault(
        field: FieldPath.member(key, of: "fields"), reason: "not_an_integer",
        message: "expected a whole number")
    }
    if type == .date {
      var scanner = DigitScanner(value.text)
      guard scanner.date() != nil, scanner.isAtEnd else {
        throw RowFault(
          field: FieldPath.member(key, of: "fields"), reason: "bad_format",
          message: "expected a date such as 2026-12-12")
      }
    }
  }

  private func nonEmpty(_ text: String?) -> String? {
    guard let text, !text.isEmpty else { return nil }
    if text.utf8.isPlainlyTrimmed { return text }
    let trimmed = text[...].trimmed
    return trimmed.isEmpty ? nil : String(trimmed)
  }

  private func nonEmpty(_ value: Scalar?) -> Scalar? {
    guard case .text(let text) = value else { return value }
    return nonEmpty(text).map(Scalar.text)
  }
}

extension GuestProfile {
  /// Only what would change something.
  func differences(from guest: Guest, symbols: SymbolTable) -> GuestProfile {
    var changes = self
    if externalID == guest.externalID { changes.externalID = nil }
    if name == guest.name { changes.name = nil }
    if phone == guest.phone { changes.phone = nil }
    // That nothing reached the old number says nothing about another.
    if changes.phone != nil, guest.unreachableSince > .zero, unreachableSince == nil {
      changes.unreachableSince = .zero
    }
    if category == symbols[guest.category] { changes.category = nil }
    if let language, isSameLanguage(language, guest.language) { changes.language = nil }
    if timeZone == guest.timeZone { changes.timeZone = nil }
    if partySize == guest.partySize { changes.partySize = nil }
    changes.answers = answers.filter { answer in
      let before = guest.answer(toEvent: answer.event)
      return before.rsvp != answer.rsvp || before.attendingCount != answer.attendingCount
    }
    if let tags, Set(tags) == Set(guest.tags.map { symbols[$0] }) { changes.tags = nil }
    changes.fieldValues = WireMap()
    for (key, value) in fieldValues.entries {
      let stored = symbols.symbol(of: key).flatMap { guest.value(of: $0) }
      if stored != value { changes.fieldValues[key] = .some(value) }
    }
    return changes
  }

  var changedFields: [String] {
    var names: [String] = []
    if externalID != nil { names.append("external_id") }
    if name != nil { names.append("name") }
    if phone != nil { names.append("phone") }
    if category != nil { names.append("category") }
    if language != nil { names.append("language") }
    if timeZone != nil { names.append("time_zone") }
    if partySize != nil { names.append("party_size") }
    if answers.contains(where: { $0.event == 0 }) { names.append("rsvp") }
    if answers.contains(where: { $0.event != 0 }) { names.append("answers") }
    if tags != nil { names.append("tags") }
    if !fieldValues.isEmpty { names.append("fields") }
    return names
  }
}
