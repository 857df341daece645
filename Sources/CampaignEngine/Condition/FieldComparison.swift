import Wire

/// One comparison on its way to a test, by the type of its field. `!=` is tested as `=`, and turned
/// round by the caller.
struct FieldComparison {
  private let field: String
  private let sign: ConditionSign
  private let value: ConditionTerm
  private let signPosition: Int
  private let project: ProjectState

  init(field: String, _ comparison: Condition.Comparison, project: ProjectState) {
    (self.field, sign, value) = (field, comparison.sign, comparison.value)
    (signPosition, self.project) = (comparison.position, project)
  }

  private static let equality: [ConditionSign] = [.equal, .notEqual]
  private static let texts: [ConditionSign] = [.equal, .notEqual, .contains]
  private static let order: [ConditionSign] = [
    .equal, .notEqual, .greater, .notLess, .less, .notGreater,
  ]

  private var text: String { value.text }
  private var asksUnset: Bool { text.isEmpty && Self.equality.contains(sign) }

  // MARK: Faults

  private func allow(_ signs: [ConditionSign], _ type: String) throws(ConditionFault) {
    guard signs.contains(sign) else {
      throw ConditionFault(
        .badOperator, at: signPosition,
        "expected \(ConditionFault.list(signs.map(\.rawValue))) after \(field), which is \(type); found \(sign.rawValue)"
      )
    }
  }

  private func badValue(_ expected: String) -> ConditionFault {
    ConditionFault(
      .badValue, at: value.position,
      "expected \(expected) for \(field); found \(ConditionFault.quoted(text))")
  }

  private func part() throws(ConditionFault) -> TextNeedle {
    let needle = TextNeedle(text)
    guard !needle.isEmpty else { throw badValue("a text to look for") }
    return needle
  }

  // MARK: Types

  func test(text look: @escaping FieldLook<String>) throws(ConditionFault) -> ConditionTest {
    try allow(Self.texts, "a text")
    if asksUnset { return { look($0, $1)?.isEmpty ?? true } }
    let needle = try part()
    if sign == .contains { return { look($0, $1).map(needle.isPart) ?? false } }
    return { rows, state in
      guard let text = look(rows, state), !text.isEmpty else { return false }
      return needle.equals(text)
    }
  }

  func test(symbol look: @escaping FieldLook<Symbol>) throws(ConditionFault) -> ConditionTest {
    try allow(Self.texts, "a text")
    if sign == .contains {
      let needle = try part()
      return { rows, state in
        guard let symbol = look(rows, state), !symbol.isNone else { return false }
        return needle.isPart(of: rows.symbols(in: state).folded(symbol))
      }
    }
    let wanted = project.symbols.symbols(like: text)
    return { rows, state in wanted.contains(look(rows, state) ?? .none) }
  }

  func test(language look: @escaping FieldLook<String>) throws(ConditionFault) -> ConditionTest {
    try allow(Self.texts, "a language")
    if asksUnset { return { look($0, $1)?.isEmpty ?? true } }
    let wanted = languageKey(text)
    guard !wanted.isEmpty else { throw badValue("a language to look for") }
    if sign == .contains {
      return { look($0, $1).map { languageKey($0).contains(text: wanted) } ?? false }
    }
    return { look($0, $1).map { isSameLanguage($0, wanted) } ?? false }
  }

  func testTags() throws(ConditionFault) -> ConditionTest {
    try allow(Self.texts, "a list of tags")
    if asksUnset { return { rows, _ in rows.guest?.tags.isEmpty ?? true } }
    if sign == .contains {
      let needle = try part()
      return { rows, state in
        rows.guest?.tags.contains { needle.isPart(of: rows.symbols(in: state).folded($0)) } ?? false
      }
    }
    let wanted = project.symbols.symbols(like: text)
    return { rows, _ in rows.guest?.tags.contains(where: wanted.contains) ?? false }
  }

  func testEvents() throws(ConditionFault) -> ConditionTest {
    try allow(Self.equality, "a list of events")
    let events = project.row.presentEvents.map(\.index)
    if asksUnset {
      return { rows, state in
        !events.contains { rows.isInvited(toEventAt: $0, in: state) }
      }
    }
    guard let index = project.row.eventIndex(of: text.lowercased()) else {
      let keys = project.row.presentEvents.map(\.event.key)
      throw badValue(
        keys.isEmpty
          ? "no event, since the project has none,"
          : "an event of the project, \(ConditionFault.list(keys))")
    }
    return { rows, state in rows.isInvited(toEventAt: index, in: state) }
  }

  func testPhone() throws(ConditionFault) -> ConditionTest {
    try allow(Self.texts, "a phone number")
    if asksUnset { return { rows, _ in rows.guest?.phone.isNone ?? true } }
    if sign == .contains {
      let part = PhonePart(text, callingCode: project.row.callingCode)
      guard !part.isEmpty else { throw badValue("digits") }
      return { rows, _ in rows.guest.map { part.stands(in: $0.phone) } ?? false }
    }
    let home = NumberingPlan.of(callingCode: project.row.callingCode)
    guard let read = try? Phone.read(text, home: home) else {
      throw badValue("a phone number such as +6281230000077")
    }
    // Whichever of them was meant.
    let wanted = [read.phone] + read.readings
    return { rows, _ in rows.guest.map { wanted.contains($0.phone) } ?? false }
  }

  func test(number look: @escaping FieldLook<Int64>) throws(ConditionFault) -> ConditionTest {
    try allow(Self.order, "a number")
    if asksUnset { return { look($0, $1) == nil } }
    guard let number = Int64(text) else { throw badValue("a whole number") }
    return ordered(look) { _ in (number, number) }
  }

  func test(time look: @escaping FieldLook<Timestamp>) throws(ConditionFault) -> ConditionTest {
    try allow(Self.order, "a time")
    if asksUnset { return { look($0, $1) == nil } }
    guard let literal = TimeLiteral(text) else { throw badValue(TimeLiteral.expected) }
    guard !literal.isRelative || !Self.equality.contains(sign) else {
      throw ConditionFault(
        .badOperator, at: signPosition,
        "expected >, >=, < or <= before a span from now; found \(sign.rawValue)")
    }
    let zone = project.row.timeZone
    return ordered({ look($0, $1)?.milliseconds }, { literal.milliseconds(zone: zone, in: $0) })
  }

  func test(day look: @escaping FieldLook<CivilDate>) throws(ConditionFault) -> ConditionTest {
    try allow(Self.order, "a date")
    if asksUnset { return { look($0, $1) == nil } }
    guard let literal = TimeLiteral(text) else { throw badValue(TimeLiteral.expected) }
    return ordered(look, on: literal)
  }

  func test(word access: WordAccess) throws(ConditionFault) -> ConditionTest {
    try allow(Self.equality, "one of a few words")
    if asksUnset, access.canBeUnset { return access.test(nil) }
    guard let word = access.words.first(where: { $0 == text.lowercased() }) else {
      throw badValue(ConditionFault.list(access.words) + (access.canBeUnset ? " or \"\"" : ""))
    }
    return access.test(word)
  }

  func test(flag look: @escaping FieldLook<Bool>) throws(ConditionFault) -> ConditionTest {
    try allow(Self.equality, "yes or no")
    switch text.lowercased() {
    case "yes", "true": return { look($0, $1) == true }
    case "no", "false": return { look($0, $1) == false }
    default: throw badValue("yes or no")
    }
  }

  func test(identifier access: IdentifierAccess) throws(ConditionFault) -> ConditionTest {
    try allow(Self.equality, "an identifier")
    guard let test = access.test(text.lowercased()) else { throw badValue(access.expected) }
    return test
  }

  func test(variable look: @escaping FieldLook<Scalar>) throws(ConditionFault) -> ConditionTest {
    if Self.texts.contains(sign) {
      let isText = try test(text: { look($0, $1)?.text })
      guard sign != .contains, let number = Int64(text) else { return isText }
      return { look($0, $1)?.integer == number || isText($0, $1) }
    }
    if let number = Int64(text) {
      return ordered({ look($0, $1)?.integer }, { _ in (number, number) })
    }
    guard let literal = TimeLiteral(text) else {
      throw badValue("a whole number or a day such as 2026-12-12")
    }
    return ordered({ look($0, $1).flatMap { CivilDate(text: $0.text) } }, on: literal)
  }

  // MARK: Order

  private func ordered(
    _ look: @escaping FieldLook<CivilDate>, on literal: TimeLiteral
  ) -> ConditionTest {
    let zone = project.row.timeZone
    return ordered({ look($0, $1)?.daysSinceEpoch }) { state in
      let day = literal.day(zone: zone, in: state)
      return (day, day)
    }
  }

  private func ordered(
    _ look: @escaping FieldLook<Int64>,
    _ bounds: @escaping @Sendable (State) -> (first: Int64, last: Int64)
  ) -> ConditionTest {
    let sign: ConditionSign = sign == .notEqual ? .equal : sign
    return { rows, state in
      guard let value = look(rows, state) else { return false }
      let (first, last) = bounds(state)
      return sign.holds(value, first: first, last: last)
    }
  }
}

extension ConditionRows {
  /// Of the project that the rows belong to; only asked where one of them is there.
  func symbols(in state: State) -> SymbolTable {
    let space = guest == nil ? subject.execution.space : subject.guest.space
    return state.projects[space].symbols
  }
}
