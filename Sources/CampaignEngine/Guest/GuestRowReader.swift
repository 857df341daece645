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
    for attribute in row.cells.given {
      if let keys = row.cells[attribute]?.keys {
        changes.profile.values[attribute] = .text(try listOfEvents(keys, attribute))
      } else if let value = nonEmpty(row[attribute]) {
        try read(value, of: attribute, &changes)
      }
    }
    try readAnswers(row, &changes)
    try readSubscription(row, &changes)
    try readTagsAndFields(row, symbols, &changes)
    return changes
  }

  private func read(
    _ value: Scalar, of attribute: GuestAttribute, _ changes: inout GuestChanges
  ) throws(RowFault) {
    func fault(_ reason: String, _ message: String) -> RowFault {
      RowFault(field: attribute.name, reason: reason, message: message)
    }
    let text = value.text
    switch attribute.facts.kind {
    case .text:
      if attribute.has(.isVisible), text.isInvisible { return }
      changes.profile.values[attribute] = .text(text)
    case .symbol: changes.profile.values[attribute] = .text(text)
    // Given as a list.
    case .events: break
    case .phone:
      do {
        let read = try Phone.read(text, home: home)
        changes.profile.values[attribute] = .phone(read.phone)
        changes.phoneReadings = read.readings
      } catch {
        throw fault(error.reason, error.message)
      }
    case .language:
      guard Pattern.language.matches(text) else {
        throw fault("bad_format", "expected \(Pattern.language.expected)")
      }
      changes.profile.values[attribute] = .text(text)
    case .timeZone:
      guard zones.contains(where: { $0.name == text }) else {
        throw fault("unknown_time_zone", "expected an IANA time zone such as Asia/Jakarta")
      }
      changes.profile.values[attribute] = .text(text)
    case .time:
      guard let time = Timestamp(textOfRow: text) else {
        throw fault(
          "bad_format", "expected \(Timestamp.expected), or a day such as 2026-11-22")
      }
      changes.profile.values[attribute] = .text(time.wireText)
    case .number(let range, _):
      guard let number = wholeNumber(value), range.contains(number) else {
        throw fault(
          "out_of_range",
          "expected a whole number from \(range.lowerBound) to \(range.upperBound)")
      }
      changes.profile.values[attribute] = .number(number)
    }
  }

  /// As rows of guests keep it.
  func listOfEvents(_ keys: [String], _ attribute: GuestAttribute) throws(RowFault) -> String {
    // Words of lists that can say nothing of what is not there.
    if keys.count == 1, project.eventIndex(of: keys[0]) == nil {
      switch keys[0].lowercased() {
      case "all": return ""
      case "none": return InvitedEvents.text([])
      default: break
      }
    }
    guard let listed = project.listed(keys) else {
      let index = keys.firstIndex { project.eventIndex(of: $0) == nil } ?? 0
      throw unknownEvent("\(attribute.name)[\(index)]")
    }
    return InvitedEvents.text(listed)
  }

  private func unknownEvent(_ field: String) -> RowFault {
    let keys = project.presentEvents.map(\.event.key).joined(separator: ", ")
    return RowFault(
      field: field, reason: "unknown_event",
      message: keys.isEmpty
        ? "expected the key of an event, and the project has none" : "expected one of \(keys)")
  }

  private func readAnswers(_ row: GuestRow, _ changes: inout GuestChanges) throws(RowFault) {
    var main = GivenAnswer()
    (main.rsvp, main.attendingCount) = (row.rsvp, row.attendingCount)
    try readAnswer(main, event: nil, field: "", &changes)
    for (index, answer) in (row.answers ?? []).enumerated() {
      let field = "answers[\(index)]"
      guard project.eventIndex(of: answer.event) != nil else {
        throw unknownEvent("\(field).event")
      }
      try readAnswer(answer, event: answer.event, field: "\(field).", &changes)
    }
  }

  private func readAnswer(
    _ answer: GivenAnswer, event: String?, field: String, _ changes: inout GuestChanges
  ) throws(RowFault) {
    func number(
      _ value: Scalar?, _ name: String, in range: ClosedRange<Int64>
    ) throws(RowFault) -> Int64? {
      guard let value = nonEmpty(value) else { return nil }
      guard let number = wholeNumber(value), range.contains(number) else {
        throw RowFault(
          field: "\(field)\(name)", reason: "out_of_range",
          message:
            "expected a whole number from \(range.lowerBound) to \(range.upperBound)")
      }
      return number
    }
    if let text = nonEmpty(answer.rsvp) {
      guard let rsvp = RSVP(rawValue: text) else {
        throw RowFault(
          field: "\(field)rsvp", reason: "not_one_of",
          message: "expected one of \(RSVP.allCases.map(\.rawValue).joined(separator: ", "))")
      }
      changes.set(.rsvp(event: event), to: .text(rsvp.rawValue), project: project)
    }
    let counts = 0...Limits.partySize
    if let count = try number(answer.attendingCount, "attending_count", in: counts) {
      changes.set(.attendingCount(event: event), to: .integer(count), project: project)
    }
    if let count = try number(answer.children, "children", in: counts) {
      changes.set(.attendingChildren(event: event), to: .integer(count), project: project)
    }
    if let size = try number(answer.partySize, "party_size", in: 1...Limits.partySize),
      let index = project.eventIndex(of: event)
    {
      changes.profile.partySizes.append(EventPartySize(event: index, size: UInt16(size)))
    }
    for (key, value) in answer.fieldValues.entries {
      try Self.checkName(ofField: key)
      guard let index = project.eventIndex(of: event) else { continue }
      let kept = try value.flatMap { value throws(RowFault) in try read(value, ofField: key) }
      if kept == nil, value != nil { continue }
      changes.profile.eventFields.append(EventField(event: index, key: key, value: kept))
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
    let shared = GuestAttribute.symbols.compactMap { changes.profile.values[$0]?.text }
    let ofEvents = changes.profile.eventFields.map(\.key)
    if symbols.count + (row.tags?.count ?? 0) + row.fieldValues.count + shared.count
      + ofEvents.count > Limits.symbolsPerProject
    {
      try checkRoom(for: (row.tags ?? []) + row.fieldValues.keys + shared + ofEvents, symbols)
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
