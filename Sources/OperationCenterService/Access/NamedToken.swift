import CampaignEngine
import JSONRPC
import Wire

/// What is kept of a token: enough to know it again, not enough to use it.
///
/// Tokens are random, so nobody can try them out; a plain hash is as good as a slow one. The salt
/// keeps two files from showing that they hold the same token.
package struct NamedToken: WireObject, Equatable {
  package var name = ""
  package var capabilities: [Capability] = []
  package var methods: [String]?
  package var createdAt = Timestamp.zero
  package var project: ProjectID?
  private var salt = ""
  private var hash = ""

  package init() {}

  package init(_ token: String, for caller: Caller, at time: Timestamp) {
    (name, capabilities, methods) = (caller.name, caller.capabilities, caller.methods)
    (project, createdAt) = (caller.project, time)
    let salt = SecretToken.bytes(count: 16)
    self.salt = Hexadecimal.text(salt)
    hash = Hexadecimal.text(SHA256.hash(salt + Array(token.utf8)))
  }

  package var caller: Caller {
    Caller(name: name, capabilities: capabilities, methods: methods, project: project)
  }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("name", &name, "Who holds it.", .pattern(Self.namePattern))
    try visit.field("capabilities", &capabilities, "What its holder may do.", .length(1...4))
    try visit.field("methods", &methods, "The only methods its holder may call.", .omittable)
    try visit.field(
      "salt", &salt, "Stands before the token where it is hashed.", .pattern(Self.hex))
    try visit.field("hash", &hash, "SHA-256 of salt and token.", .pattern(Self.hex))
    try visit.field("created_at", &createdAt, "When it was made.")
    try visit.field("project_id", &project, "The only project that it is for.", .omittable)
  }

  /// Takes as long for a wrong token as for the right one.
  func isHash(of token: String) -> Bool {
    guard let salt = Hexadecimal.bytes(salt), let kept = Hexadecimal.bytes(hash) else {
      return false
    }
    return ConstantTime.isSame(kept, SHA256.hash(salt + Array(token.utf8)))
  }

  package static let namePattern = Pattern(
    name: "token name", expected: "1 to 64 of letters, digits, ., _ and -",
    expression: "^[A-Za-z0-9._-]{1,64}$", matches: isPlainName)

  private static let hex = Pattern(
    name: "hexadecimal", expected: "up to 64 hexadecimal digits, two a byte",
    expression: "^([0-9a-fA-F]{2}){1,32}$"
  ) { text in
    (2...64).contains(text.utf8.count) && Hexadecimal.bytes(text) != nil
  }
}

/// Secrets as they are given away.
package enum SecretToken {
  /// 32 random bytes as hexadecimal digits.
  package static func make() -> String { Hexadecimal.text(bytes(count: 32)) }

  /// The system's generator is the one for secrets, on every platform.
  static func bytes(count: Int) -> [UInt8] {
    var generator = SystemRandomNumberGenerator()
    return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
  }
}
