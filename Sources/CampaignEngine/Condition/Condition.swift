/// A condition as it was written: what is compared with what, before anything is looked up. It is
/// printed in the language that it was read from.
package indirect enum Condition: Equatable, Sendable {
  case all([Condition])
  case any([Condition])
  case not(Condition)
  case comparison(Comparison)
  /// A bare word or a text in quotes: it stands in the guest's name, phone or external id.
  case search(ConditionTerm)

  package struct Comparison: Equatable, Sendable {
    package let field: ConditionTerm
    package let sign: ConditionSign
    package let value: ConditionTerm
    /// Of the sign, for messages.
    package let position: Int

    package init(
      _ field: ConditionTerm, _ sign: ConditionSign, _ value: ConditionTerm, at position: Int = 0
    ) {
      (self.field, self.sign, self.value, self.position) = (field, sign, value, position)
    }

    /// Where it stood does not matter.
    package static func == (left: Self, right: Self) -> Bool {
      left.field == right.field && left.sign == right.sign && left.value == right.value
    }
  }
}

/// A word of a condition, and the number of its first character, from 1.
package struct ConditionTerm: Equatable, Sendable {
  package let text: String
  package let position: Int

  package init(_ text: String, at position: Int = 0) {
    (self.text, self.position) = (text, position)
  }

  package static func == (left: Self, right: Self) -> Bool { left.text == right.text }
}

/// How a field is compared.
package enum ConditionSign: String, CaseIterable, Sendable {
  case equal = "="
  case notEqual = "!="
  case contains = "~"
  case greater = ">"
  case notLess = ">="
  case less = "<"
  case notGreater = "<="

  /// Whether a value holds that lies between `first` and `last` where it is equal to what was
  /// written: a day is many instants.
  func holds(_ value: Int64, first: Int64, last: Int64) -> Bool {
    switch self {
    case .equal: first <= value && value <= last
    case .notEqual: value < first || last < value
    case .greater: value > last
    case .notLess: value >= first
    case .less: value < first
    case .notGreater: value <= last
    case .contains: false
    }
  }
}

extension Condition: CustomStringConvertible {
  package var description: String {
    switch self {
    case .all(let parts): parts.map(\.inParentheses).joined(separator: " AND ")
    case .any(let parts):
      parts.map { part in
        if case .any = part { part.inParentheses } else { part.description }
      }.joined(separator: " OR ")
    case .not(let part): "NOT \(part.inParentheses)"
    case .comparison(let comparison):
      "\(comparison.field.printed) \(comparison.sign.rawValue) \(comparison.value.printed)"
    case .search(let term): term.printed
    }
  }

  private var inParentheses: String {
    switch self {
    case .all, .any: "(\(description))"
    case .not, .comparison, .search: description
    }
  }
}

extension ConditionTerm {
  /// Plain where nothing in it could be read as something else.
  fileprivate var printed: String {
    let isPlain = text.unicodeScalars.allSatisfy { scalar in
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9", "_", ".", "-", "+", ":": true
      default: false
      }
    }
    if isPlain, !text.isEmpty, ConditionToken.Kind(keyword: text) == nil { return text }
    var quoted = "\""
    for scalar in text.unicodeScalars {
      if scalar == "\"" || scalar == "\\" { quoted.unicodeScalars.append("\\") }
      quoted.unicodeScalars.append(scalar)
    }
    return quoted + "\""
  }
}
