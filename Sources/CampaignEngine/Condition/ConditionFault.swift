/// What is wrong with a condition, and where.
package struct ConditionFault: Error, Equatable, Sendable {
  /// Number of the character, from 1; nil where the object form is at fault.
  package let position: Int?
  /// A word for programs.
  package let reason: Reason
  /// What was expected and what was found.
  package let message: String
  /// Which member of a filter it is about.
  package var member = "query"

  package enum Reason: String, Sendable {
    /// It cannot be read at all.
    case badQuery = "bad_query"
    case unknownField = "unknown_field"
    case unknownEvent = "unknown_event"
    case badOperator = "bad_operator"
    case badValue = "bad_value"
    /// The field belongs to something that is not at hand here.
    case wrongSubject = "wrong_subject"
    case tooLong = "too_long"
    case tooManyConditions = "too_many_conditions"
    case tooDeep = "too_deep"
  }

  package init(_ reason: Reason, at position: Int?, _ message: String) {
    (self.reason, self.position, self.message) = (reason, position, message)
  }

  package var description: String {
    position.map { "at character \($0): \(message)" } ?? message
  }

  /// What was found, in quotes, and not more of it than a message can bear.
  static func quoted(_ text: String) -> String {
    let shown = String(String.UnicodeScalarView(text.unicodeScalars.prefix(40)))
    return shown.unicodeScalars.count < text.unicodeScalars.count ? "\"\(shown)…\"" : "\"\(shown)\""
  }

  /// `=, != or ~`.
  static func list(_ words: [String]) -> String {
    guard words.count > 1 else { return words.first ?? "" }
    return "\(words.dropLast().joined(separator: ", ")) or \(words[words.count - 1])"
  }
}

extension Rejection {
  /// - Parameter field: of the filter, or of the query where it stands alone.
  package static func badCondition(_ fault: ConditionFault, field: String) -> Self {
    var rejection = Rejection.invalidParams(
      field: field, reason: fault.reason.rawValue, fault.description)
    rejection.position = fault.position
    return rejection
  }
}
