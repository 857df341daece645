import Wire

/// Finds the fields of a condition in a project and gives each comparison its test.
struct ConditionCompiler {
  let project: ProjectState
  let scope: ConditionScope

  /// As deep as a condition may be.
  func compile(_ condition: Condition) throws(ConditionFault) -> ConditionPredicate.Node {
    switch condition {
    case .all(let parts): return .all(try compile(parts))
    case .any(let parts): return .any(try compile(parts))
    case .not(let part): return .not(try compile(part))
    case .search(let term): return .test(try search(term))
    case .comparison(let comparison):
      let positive = ConditionPredicate.Node.test(try test(comparison))
      // So that "is not" holds for what is unset.
      return comparison.sign == .notEqual ? .not(positive) : positive
    }
  }

  private func compile(
    _ parts: [Condition]
  ) throws(ConditionFault) -> [ConditionPredicate.Node] {
    var nodes: [ConditionPredicate.Node] = []
    for part in parts { nodes.append(try compile(part)) }
    return nodes
  }

  private func search(_ term: ConditionTerm) throws(ConditionFault) -> ConditionTest {
    let search = GuestSearch(term.text, callingCode: project.row.callingCode)
    guard !search.isEmpty else {
      throw ConditionFault(
        .badValue, at: term.position,
        "expected a word with letters or digits to look for; found \(ConditionFault.quoted(term.text))"
      )
    }
    return { rows, _ in rows.guest.map(search.finds) ?? false }
  }

  // MARK: Fields

  private func field(_ term: ConditionTerm) throws(ConditionFault) -> ConditionField {
    let name = ConditionFieldName(term.text)
    let fixed = ConditionField.byName[name.text]
    let found = if let fixed { fixed } else { try keyed(name, term) }
    guard let found, found.scope == .guest || !name.isOfGuest else { throw unknown(name, term) }
    guard found.scope <= scope else {
      throw ConditionFault(
        .wrongSubject, at: term.position,
        "expected a field of \(scope.everything); \(found.name) is one of \(found.scope.nouns), which are not at hand here"
      )
    }
    return found
  }

  /// Fields that the project or the flow names.
  private func keyed(
    _ name: ConditionFieldName, _ term: ConditionTerm
  ) throws(ConditionFault) -> ConditionField? {
    guard let (group, key) = name.parts, !key.isEmpty else { return nil }
    let symbol = project.symbols.symbol(of: key) ?? .unknown
    switch group {
    case "rsvp": return .guest(name.text, .rsvp(event: try event(key, term)))
    case "attending_count":
      return .guest(name.text, .attendingCount(event: try event(key, term)))
    case "party_size": return .guest(name.text, .partySize(event: try event(key, term)))
    case "fields":
      guard Pattern.handle.matches(key) else { return nil }
      return .guest(name.text, .custom(symbol, type: project.row.fieldTypes[key] ?? .text))
    case "vars":
      guard Pattern.handle.matches(key) else { return nil }
      return .execution(name.text, .variable(symbol))
    default: return nil
    }
  }

  private func event(_ key: String, _ term: ConditionTerm) throws(ConditionFault) -> Int {
    if let index = project.row.eventIndex(of: key) { return index }
    let keys = project.row.presentEvents.map(\.event.key)
    let expected =
      keys.isEmpty
      ? "expected a field without an event, since the project has none"
      : "expected an event of the project, \(ConditionFault.list(keys))"
    throw ConditionFault(
      .unknownEvent, at: term.position, "\(expected); found \(ConditionFault.quoted(key))")
  }

  private func unknown(_ name: ConditionFieldName, _ term: ConditionTerm) -> ConditionFault {
    let fitting = ConditionField.all.filter { $0.scope <= scope }.map(\.name)
    let names =
      fitting + project.row.fieldTypes.keys.map { "fields.\($0)" }
      + project.row.presentEvents.map { "rsvp.\($0.event.key)" }
    // Whoever writes `status` means that of what is at hand.
    let shorter = fitting.first { $0.hasSuffix(".\(name.text)") }
    let isCustom = project.row.fieldTypes[name.text] != nil
    let guess =
      isCustom
      ? "fields.\(name.text)" : shorter ?? KeySuggestion.nearest(to: name.text, among: names)
    return ConditionFault(
      .unknownField, at: term.position,
      "expected a field such as \(guess ?? "category, rsvp or fields.NAME"); found \(ConditionFault.quoted(term.text))"
    )
  }

  // MARK: Comparisons

  private func test(_ comparison: Condition.Comparison) throws(ConditionFault) -> ConditionTest {
    let field = try field(comparison.field)
    let asked = FieldComparison(field: field.name, comparison, project: project)
    switch field.access {
    case .text(let look): return try asked.test(text: look)
    case .symbol(let look): return try asked.test(symbol: look)
    case .language(let look): return try asked.test(language: look)
    case .tags: return try asked.testTags()
    case .events: return try asked.testEvents()
    case .phone: return try asked.testPhone()
    case .number(let look): return try asked.test(number: look)
    case .time(let look): return try asked.test(time: look)
    case .day(let look): return try asked.test(day: look)
    case .word(let access): return try asked.test(word: access)
    case .flag(let look): return try asked.test(flag: look)
    case .identifier(let access): return try asked.test(identifier: access)
    case .variable(let look): return try asked.test(variable: look)
    }
  }
}

extension Symbol {
  /// Stands for a text that nothing has.
  static let unknown = Symbol(rawValue: UInt32.max)
}
