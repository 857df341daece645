@usableFromInline
enum Limits {
  /// Arrays and objects inside one another in JSON. Typed decoding recurses, so this bounds the
  /// stack; the deepest document in use is a chatflow of about ten levels.
  static let depth = 64
  /// The same for binary records, which wrap what came as JSON in levels of their own.
  @usableFromInline static let binaryDepth = 128
  /// Unicode scalars of a key, word or number echoed in a message.
  static let echoLength = 64
}
