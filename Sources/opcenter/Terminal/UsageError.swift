/// The words after the command's name cannot be understood. Nothing was done.
struct UsageError: Error, Equatable, Sendable, CustomStringConvertible {
  /// One sentence: what was wrong and what would be right.
  var message: String
  /// The command whose help says more; nil for the program as a whole.
  var command: String?

  var description: String { message }
}
