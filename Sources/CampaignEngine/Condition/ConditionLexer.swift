/// A piece of a condition.
struct ConditionToken: Equatable {
  let kind: Kind
  /// Of its first character, from 1.
  let position: Int

  enum Kind: Equatable {
    case word(String)
    case quoted(String)
    case sign(ConditionSign)
    case and, or, not
    case open, close
    case end

    /// The three words that are no words, in any case.
    init?(keyword: String) {
      guard keyword.utf8.count <= 3 else { return nil }
      switch keyword.lowercased() {
      case "and": self = .and
      case "or": self = .or
      case "not": self = .not
      default: return nil
      }
    }
  }

  /// As a message names it.
  var found: String {
    switch kind {
    case .word(let text), .quoted(let text): ConditionFault.quoted(text)
    case .sign(let sign): "\"\(sign.rawValue)\""
    case .and: "AND"
    case .or: "OR"
    case .not: "NOT"
    case .open: "\"(\""
    case .close: "\")\""
    case .end: "the end"
    }
  }
}

/// Cuts a condition into tokens, one at a time.
struct ConditionLexer {
  private let scalars: [Unicode.Scalar]
  private var index = 0

  init(_ text: String) { scalars = Array(text.unicodeScalars) }

  mutating func next() throws(ConditionFault) -> ConditionToken {
    while index < scalars.count, scalars[index].properties.isWhitespace { index += 1 }
    let position = index + 1
    guard index < scalars.count else { return ConditionToken(kind: .end, position: position) }
    let kind: ConditionToken.Kind
    switch scalars[index] {
    case "(":
      index += 1
      kind = .open
    case ")":
      index += 1
      kind = .close
    case "\"": kind = .quoted(try quoted())
    default:
      if let sign = takeSign() {
        kind = .sign(sign)
      } else {
        let word = takeWord()
        kind = ConditionToken.Kind(keyword: word) ?? .word(word)
      }
    }
    return ConditionToken(kind: kind, position: position)
  }

  /// The longest sign that stands here.
  private mutating func takeSign() -> ConditionSign? {
    let following = index + 1 < scalars.count ? scalars[index + 1] : " "
    if following == "=" {
      let two: ConditionSign? =
        switch scalars[index] {
        case "!": .notEqual
        case ">": .notLess
        case "<": .notGreater
        default: nil
        }
      if let two {
        index += 2
        return two
      }
    }
    guard let one = ConditionSign(rawValue: String(scalars[index])) else { return nil }
    index += 1
    return one
  }

  private mutating func takeWord() -> String {
    var word = String.UnicodeScalarView()
    while index < scalars.count, !endsWord(at: index) {
      word.append(scalars[index])
      index += 1
    }
    return String(word)
  }

  private func endsWord(at index: Int) -> Bool {
    switch scalars[index] {
    case "(", ")", "\"", "=", "~", ">", "<": true
    case "!": index + 1 < scalars.count && scalars[index + 1] == "="
    default: scalars[index].properties.isWhitespace
    }
  }

  private mutating func quoted() throws(ConditionFault) -> String {
    let start = index + 1
    var text = String.UnicodeScalarView()
    index += 1
    while index < scalars.count, scalars[index] != "\"" {
      if scalars[index] == "\\" {
        index += 1
        guard index < scalars.count, scalars[index] == "\"" || scalars[index] == "\\" else {
          throw ConditionFault(
            .badQuery, at: index, "expected \\\" or \\\\ for a quote or a backslash inside quotes")
        }
      }
      text.append(scalars[index])
      index += 1
    }
    guard index < scalars.count else {
      throw ConditionFault(
        .badQuery, at: scalars.count + 1,
        "expected \" to close the quote of character \(start); found the end")
    }
    index += 1
    return String(text)
  }
}
