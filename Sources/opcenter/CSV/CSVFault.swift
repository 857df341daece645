/// One record that could not be read. The records around it are not touched by it.
struct CSVFault: Error, Equatable, Sendable, CustomStringConvertible {
  enum Reason: String, CaseIterable, Sendable {
    case unterminatedQuote = "unterminated_quote"
    case textAfterQuote = "text_after_quote"
    case invalidUTF8 = "invalid_utf8"
    case tooFewColumns = "too_few_columns"
    case tooManyColumns = "too_many_columns"
    case fieldTooLong = "field_too_long"
    case recordTooLong = "record_too_long"
    case unsupportedEncoding = "unsupported_encoding"
    case notAPhone = "not_a_phone"
  }

  /// The physical line on which the record starts, counted from 1 as editors do.
  var line: Int
  var reason: Reason
  /// Says what was expected and found. It never repeats what the file says, since that is
  /// personal data.
  var message: String

  var description: String { "line \(line): \(message)" }
}
