/// What is wrong with a text or a record, where, and what would be right.
///
/// Decoding does not track the path. A reader throws with the byte position, and with a `path`
/// relative to it; the entry points of `JSON` put the two together when something failed.
public struct WireError: Error, Equatable, Sendable, CustomStringConvertible {
  /// For example `params.guest_filter.rsvp[1]`; empty for the whole text.
  public var path: String
  /// One machine word: `required`, `wrong_type`, `not_one_of`, `too_short`, `too_long`, `too_many`,
  /// `out_of_range`, `not_an_integer`, `bad_format`, `unknown_key`, `duplicate_key`, `syntax`,
  /// `too_deep` or `damaged`.
  public var reason: String
  /// Says what is expected and what was found. Values are echoed only for enumerations, key names
  /// and integers: other text may be private.
  public var message: String
  /// Byte offset in the JSON text or the binary record.
  public var position: Int?

  public init(path: String, reason: String, message: String, position: Int? = nil) {
    self.path = path
    self.reason = reason
    self.message = message
    self.position = position
  }

  public var description: String {
    if !path.isEmpty { return "\(path): \(message)" }
    guard let position else { return message }
    return "\(message) at byte \(position)"
  }
}
