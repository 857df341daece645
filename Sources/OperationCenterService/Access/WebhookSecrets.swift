import CampaignEngine
import Wire

/// What WhatsApp signs its webhooks with, by business account: the secret of the Meta app that is
/// subscribed to the account.
///
///     {"1029384756": "0123456789abcdef0123456789abcdef"}
package struct WebhookSecrets: Sendable {
  private var secrets: [String: [UInt8]] = [:]

  /// Takes no webhook at all.
  package init() {}

  package static let maximumBytes = 1 << 20

  package init(parsing file: [UInt8]) throws(WireError) {
    let map = try JSON.decode(WireMap<String>.self, from: file, root: "secrets")
    for (account, secret) in map.entries {
      guard isPlainName(account) else {
        throw WireError(
          path: "secrets", reason: "bad_format",
          message: "expected accounts of \(Pattern.account.expected)", position: 0)
      }
      guard (Self.leastCharacters...256).contains(secret.utf8.count) else {
        throw WireError(
          path: "secrets.\(account)", reason: "too_short",
          message: "expected \(Self.leastCharacters) to 256 characters; found \(secret.utf8.count)",
          position: 0)
      }
      secrets[account] = Array(secret.utf8)
    }
  }

  /// Meta's have 32.
  private static let leastCharacters = 16

  subscript(account: String) -> [UInt8]? { secrets[account] }
}

/// `X-Hub-Signature-256` of a webhook: HMAC-SHA256 over the bytes as they came.
struct WebhookSignature: WireText, Equatable {
  let code: [UInt8]

  static let none = WebhookSignature(code: [])
  static var expected: String { "sha256= and 64 hexadecimal digits" }
  static var expression: String? { "^sha256=[0-9a-fA-F]{64}$" }
  private static let prefix = "sha256="

  private init(code: [UInt8]) { self.code = code }

  init?(wireText: String) {
    guard wireText.hasPrefix(Self.prefix),
      let code = Hexadecimal.bytes(String(wireText.dropFirst(Self.prefix.count))),
      code.count == SHA256.digestBytes
    else { return nil }
    self.init(code: code)
  }

  var wireText: String { Self.prefix + Hexadecimal.text(code) }

  func isRight(for body: [UInt8], secret: [UInt8]) -> Bool {
    ConstantTime.isSame(code, HMAC.sha256(body, key: secret))
  }
}
