import Wire

/// What lists, calls and flows say of a guest, each described once. Whoever reads, keeps, compares, tells,
/// shows, looks up or erases such values walks this list, so a new one is known to all of them.
package enum GuestAttribute: Int, CaseIterable, Sendable {
  case externalID, name, phone, category, language, timeZone, partySize
  case consentSource, consentAt, consentText
  case household, householdRole
  case invitedTo, children

  private var described: Facts {
    switch self {
    case .externalID:
      Facts(
        "external_id", "Key in the caller's own list.",
        given: "Key in the caller's own list; rows match guests by it first.",
        .text(longest: 200, Access({ $0.externalID }, { $0.externalID = $1 })),
        [.isPersonal, .canBeUnset, .isQuoted, .isInTexts])
    case .name:
      Facts(
        "name", "Name as the guest is greeted.",
        .text(longest: 200, Access({ $0.name }, { $0.name = $1 })),
        [.isPersonal, .isQuoted, .isInTexts, .isSetByFlows, .isVisible])
    case .phone:
      Facts(
        "phone", "Phone number in E.164.", given: "Phone number, national or international.",
        .phone(Access({ $0.phone }, { $0.phone = $1 })),
        [.isPersonal, .canBeUnset, .isQuoted, .isInTexts])
    case .category:
      Facts(
        "category", "Category.", given: "Category, such as vip.",
        .symbol(longest: 64, Access({ $0.category }, { $0.category = $1 })),
        [.canBeUnset, .isInTexts, .isSetByFlows])
    case .language:
      Facts(
        "language", "Language.", given: "Language, such as id or pt_BR.",
        .language(Access({ $0.language }, { $0.language = $1 })),
        [.isPersonal, .canBeUnset, .isInTexts, .isSetByFlows])
    case .timeZone:
      Facts(
        "time_zone", "Zone, where it is not the project's.",
        given: "IANA zone, where it is not the project's.",
        .timeZone(Access({ $0.timeZone }, { $0.timeZone = $1 })), [.isPersonal, .canBeUnset])
    case .partySize:
      Facts(
        "party_size", "How many are invited.",
        .number(1...Limits.partySize, Access({ $0.partySize }, { $0.partySize = $1 })),
        [.isInTexts, .isSetByFlows])
    case .consentSource:
      Facts(
        "consent_source", "Where the guest agreed to be written to.",
        given: "Where the guest agreed to be written to, such as paper form or RSVP site.",
        .symbol(longest: 64, Access({ $0.consentSource }, { $0.consentSource = $1 })),
        [.isPersonal, .canBeUnset])
    case .consentAt:
      Facts(
        "consent_at", "When the guest agreed to be written to.",
        given: "When the guest agreed to be written to; a day will do.",
        .time(Access({ $0.consentAt }, { $0.consentAt = $1 })), [.isPersonal, .canBeUnset])
    case .consentText:
      Facts(
        "consent_text", "What the guest agreed to, in the words that they saw.",
        .symbol(longest: 500, Access({ $0.consentText }, { $0.consentText = $1 })),
        [.isPersonal, .canBeUnset, .isQuoted])
    case .household:
      Facts(
        "household", "Key of the household.",
        given:
          "Key of the household, the same for all who belong to it; whoever has no phone is reached through it.",
        .text(longest: 64, Access({ $0.household }, { $0.household = $1 })),
        [.isPersonal, .canBeUnset, .isQuoted, .isVisible])
    case .householdRole:
      Facts(
        "household_role", "Role in the household; contact is who is asked for all.",
        .symbol(longest: 64, Access({ $0.householdRole }, { $0.householdRole = $1 })),
        [.isPersonal, .canBeUnset])
    case .invitedTo:
      Facts(
        "invited_to", "Keys of the events to which the guest is invited; all where there are none.",
        given:
          "Keys of the events to which the guest is invited; an empty list for none of them, all alone for those that come later too.",
        .events(Access({ $0.invitedTo }, { $0.invitedTo = $1 })), [.canBeUnset, .isInTexts])
    case .children:
      Facts(
        "children", "How many of the party are children.",
        .number(
          0...Limits.partySize,
          Access({ Int64($0.children) }, { $0.children = UInt16(clamping: $1) })),
        [.isInTexts, .isSetByFlows])
    }
  }

  /// Made once: `allCases` makes a list anew each time.
  package static let all = allCases

  /// Lists of fields grow at their ends only, so what came later stands there.
  package static let first = allCases.filter { $0.rawValue <= GuestAttribute.partySize.rawValue }
  package static let later = allCases.filter { $0.rawValue > GuestAttribute.partySize.rawValue }

  private static let described = allCases.map(\.described)

  package var facts: Facts { Self.described[rawValue] }
  package var name: String { facts.text }

  private static let byName = Dictionary(uniqueKeysWithValues: allCases.map { ($0.name, $0) })

  package init?(name: String) {
    guard let attribute = Self.byName[name] else { return nil }
    self = attribute
  }

  /// Those that take room among the texts that guests share.
  static let symbols = allCases.filter(\.isSymbol)

  /// A list has a column for it.
  package var isRequired: Bool { self == .name || self == .phone }
}

extension GuestAttribute {
  /// One for each attribute, handed out and never copied.
  package final class Facts: Sendable {
    package let name: StaticString
    fileprivate let text: String
    /// Of what is kept.
    package let sentence: StaticString
    /// Of what is given, which may be spelled otherwise.
    package let givenSentence: StaticString
    package let kind: Kind
    package let traits: Traits

    init(
      _ name: StaticString, _ sentence: StaticString, given: StaticString? = nil, _ kind: Kind,
      _ traits: Traits
    ) {
      (self.name, text) = (name, name.description)
      (self.sentence, givenSentence) = (sentence, given ?? sentence)
      (self.kind, self.traits) = (kind, traits)
    }
  }

  /// How it is spelled and kept.
  package enum Kind: Sendable {
    case text(longest: Int, Access<String>)
    /// A text that many guests share.
    case symbol(longest: Int, Access<Symbol>)
    case phone(Access<Phone>)
    case language(Access<String>)
    case timeZone(Access<String>)
    case number(ClosedRange<Int64>, Access<Int64>)
    /// A moment; a day stands for its beginning in Greenwich. Zero where there is none.
    case time(Access<Timestamp>)
    /// Some of the project's events, as `InvitedEvents` writes them.
    case events(Access<Symbol>)
  }

  /// Where it stands in the row.
  package struct Access<Value>: Sendable {
    let get: @Sendable (borrowing Guest) -> Value
    let set: @Sendable (inout Guest, Value) -> Void

    init(
      _ get: @escaping @Sendable (borrowing Guest) -> Value,
      _ set: @escaping @Sendable (inout Guest, Value) -> Void
    ) {
      (self.get, self.set) = (get, set)
    }
  }

  package struct Traits: OptionSet, Sendable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Changes are told by its name only, and it goes when the guest is erased.
    package static let isPersonal = Traits(rawValue: 1)
    /// It may be taken away again.
    package static let canBeUnset = Traits(rawValue: 2)
    /// Numbers are not taken for it: they have lost a plus, or zeros in front.
    package static let isQuoted = Traits(rawValue: 4)
    /// Texts may have a place for it.
    package static let isInTexts = Traits(rawValue: 8)
    package static let isSetByFlows = Traits(rawValue: 16)
    /// What nobody would see counts as nothing.
    package static let isVisible = Traits(rawValue: 32)
  }

  package func has(_ trait: Traits) -> Bool { facts.traits.contains(trait) }

  /// How long a text may be, in characters; nil for a number.
  package var longest: Int? {
    switch facts.kind {
    case .text(let longest, _), .symbol(let longest, _): longest
    case .phone, .timeZone, .time: 64
    case .language: 20
    case .number, .events: nil
    }
  }

  /// Of a number.
  package var range: ClosedRange<Int64>? {
    if case .number(let range, _) = facts.kind { range } else { nil }
  }

  var isSymbol: Bool {
    switch facts.kind {
    case .symbol, .events: true
    default: false
    }
  }
}

/// A value of an attribute.
package enum GuestValue: Equatable, Sendable {
  case text(String)
  case phone(Phone)
  case number(Int64)
  /// Keys of events, as they are given.
  case keys([String])
  /// Given, and neither a text nor anything that could stand for one.
  case unreadable

  /// As a text has it.
  package var text: String {
    switch self {
    case .text(let text): text
    case .phone(let phone): phone.wireText
    case .number(let number): String(number)
    case .keys(let keys): keys.joined(separator: " ")
    case .unreadable: ""
    }
  }

  package var phone: Phone? { if case .phone(let phone) = self { phone } else { nil } }
  package var keys: [String]? { if case .keys(let keys) = self { keys } else { nil } }
  package var number: Int64? { if case .number(let number) = self { number } else { nil } }
}

extension Guest {
  func value(of attribute: GuestAttribute, _ symbols: SymbolTable) -> GuestValue {
    switch attribute.facts.kind {
    case .text(_, let access), .language(let access), .timeZone(let access):
      .text(access.get(self))
    case .symbol(_, let access), .events(let access): .text(symbols[access.get(self)])
    case .phone(let access): .phone(access.get(self))
    case .number(_, let access): .number(access.get(self))
    case .time(let access): .text(access.get(self).textOfRow)
    }
  }

  mutating func set(
    _ attribute: GuestAttribute, to value: GuestValue, _ symbols: inout SymbolTable
  ) {
    switch (attribute.facts.kind, value) {
    case (.text(_, let access), .text(let text)), (.language(let access), .text(let text)),
      (.timeZone(let access), .text(let text)):
      access.set(&self, text)
    case (.symbol(_, let access), .text(let text)), (.events(let access), .text(let text)):
      access.set(&self, symbols.intern(text))
    case (.phone(let access), .phone(let phone)): access.set(&self, phone)
    case (.number(_, let access), .number(let number)): access.set(&self, number)
    case (.time(let access), .text(let text)):
      access.set(&self, Timestamp(textOfRow: text) ?? .zero)
    default: break
    }
  }

  /// Nothing is left of it.
  mutating func clear(_ attribute: GuestAttribute) {
    switch attribute.facts.kind {
    case .text(_, let access), .language(let access), .timeZone(let access): access.set(&self, "")
    case .symbol(_, let access), .events(let access): access.set(&self, .none)
    case .phone(let access): access.set(&self, .none)
    case .number(let range, let access): access.set(&self, range.lowerBound)
    case .time(let access): access.set(&self, .zero)
    }
  }
}

extension Timestamp {
  /// As rows have it: nothing where there is none.
  fileprivate var textOfRow: String { self == .zero ? "" : wireText }

  /// A moment, or a day, which stands for its beginning in Greenwich; nil for what is neither.
  init?(textOfRow text: String) {
    if let time = Timestamp(wireText: text) {
      self = time
    } else if let day = CivilDate(text: text), day.daysSinceEpoch >= 0 {
      self.init(milliseconds: day.daysSinceEpoch * 86_400_000)
    } else {
      return nil
    }
  }
}
