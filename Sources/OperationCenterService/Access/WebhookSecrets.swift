import CampaignEngine
import Wire

/// What WhatsApp signs its webhooks with, by Meta's number of the business account: the secret of the
/// Meta app that is subscribed to the account.
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
          path: FieldPath.member(account, of: "secrets"), reason: "too_short",
          message: "expected \(Self.leastCharacters) to 256 characters; found \(secret.utf8.count)",
          position: 0)
      }
      secrets[account] = Array(secret.utf8)
    }
  }

  /// Meta's have 32.
  private static let leastCharacters = 16

  subscript(account: String) -> [UInt8]? { secrets[account] }

  /// Whether what is signed for one account may speak of another: the accounts of one Meta app share
  /// its secret, and its webhooks.
  func isSame(for one: String, and other: String) -> Bool {
    one == other || secrets[one] != nil && secrets[one] == secrets[other]
  }
}
