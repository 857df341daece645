import Wire

/// Looks a value up; nil where it is unset.
typealias FieldLook<Value> = @Sendable (ConditionRows, State) -> Value?

/// The type of a field decides with what it can be compared, and how.
enum FieldAccess: Sendable {
  case text(FieldLook<String>)
  /// Texts that many rows share, compared by number.
  case symbol(FieldLook<Symbol>)
  /// A language code, in whatever spelling.
  case language(FieldLook<String>)
  case tags
  /// Those of the project to which a guest is invited.
  case events
  case phone
  case number(FieldLook<Int64>)
  case time(FieldLook<Timestamp>)
  case day(FieldLook<CivilDate>)
  case word(WordAccess)
  case flag(FieldLook<Bool>)
  case identifier(IdentifierAccess)
  /// A variable has the type of what was last put into it.
  case variable(FieldLook<Scalar>)

  static func words<Word: WireEnum>(
    canBeUnset: Bool = false, _ look: @escaping FieldLook<Word>
  ) -> Self {
    .word(
      WordAccess(words: Word.allCases.map(\.rawValue), canBeUnset: canBeUnset) { text in
        let word = text.flatMap { Word(rawValue: $0) }
        return { look($0, $1) == word }
      })
  }

  static func identifier<Kind: IdentifiedKind>(
    _ kind: Kind.Type, _ look: @escaping FieldLook<ID<Kind>>
  ) -> Self {
    .identifier(
      IdentifierAccess(expected: ID<Kind>.expected) { text in
        if text.isEmpty { return { rows, state in look(rows, state)?.isNone ?? true } }
        guard let id = ID<Kind>(wireText: text) else { return nil }
        return { look($0, $1) == id }
      })
  }

  /// Zero is "no time yet".
  static func moment(_ look: @escaping FieldLook<Timestamp>) -> Self {
    .time { rows, state in look(rows, state).flatMap { $0 == .zero ? nil : $0 } }
  }
}

/// One of a few words.
struct WordAccess: Sendable {
  let words: [String]
  let canBeUnset: Bool
  /// Nil asks whether it is unset.
  let test: @Sendable (String?) -> ConditionTest
}

struct IdentifierAccess: Sendable {
  let expected: String
  /// Nil where the text is no identifier; an empty one asks whether it is unset.
  let test: @Sendable (String) -> ConditionTest?
}

struct ConditionField: Sendable {
  let name: String
  let scope: ConditionScope
  let access: FieldAccess

  static func guest(_ name: String, _ access: FieldAccess) -> Self {
    Self(name: name, scope: .guest, access: access)
  }

  static func execution(_ name: String, _ access: FieldAccess) -> Self {
    Self(name: name, scope: .execution, access: access)
  }

  static func message(_ name: String, _ access: FieldAccess) -> Self {
    Self(name: "message.\(name)", scope: .message, access: access)
  }

  /// All fields whose names are fixed.
  static let all = ofGuests + ofExecutions + ofMessages

  static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })
}

/// A field's name in the one spelling that we use.
struct ConditionFieldName {
  /// Lower case, without `guest.`: `category`, `rsvp.sangeet`, `last_error.class`.
  let text: String
  let isOfGuest: Bool

  init(_ written: String) {
    var name = written.lowercased()
    isOfGuest = name.hasPrefix("guest.")
    if isOfGuest {
      name.removeFirst(6)
    } else if name.hasPrefix("execution.last_error.") || name.hasPrefix("execution.vars.") {
      name.removeFirst(10)
    }
    text = name
  }

  /// What stands before and behind the first dot.
  var parts: (group: String, key: String)? {
    guard let dot = text.firstIndex(of: ".") else { return nil }
    return (String(text[..<dot]), String(text[text.index(after: dot)...]))
  }

  /// `guest.category`, as texts name it.
  var path: String {
    switch parts?.group {
    case "execution", "last_error", "vars", "message": text
    default: "guest.\(text)"
    }
  }
}
