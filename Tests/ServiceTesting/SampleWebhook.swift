import Foundation
import OperationCenterService
import Wire

/// Webhooks of the account `1029384756`, signed as WhatsApp signs them.
package enum SampleWebhook {
  package static let account = "1029384756"
  private static let secret = "a secret that only tests know"

  /// An account of the same app, and one of another.
  package static let sister = "1029384757"
  package static let stranger = "5647382910"

  /// What the file of `serve --webhook-secrets` holds.
  package static let secretsFile =
    #"{"\#(account)": "\#(secret)", "\#(sister)": "\#(secret)", "\#(stranger)": "another secret for tests"}"#

  static func secrets() throws -> WebhookSecrets {
    try WebhookSecrets(parsing: Array(secretsFile.utf8))
  }

  /// Params of `webhook.receive`.
  package static func params(_ body: [UInt8]) -> JSONValue {
    .object([
      ("account", .string(account)), ("signature", .string(signature(of: body))),
      ("body", .string(Data(body).base64EncodedString())),
    ])
  }

  package static func signature(of body: [UInt8]) -> String {
    "sha256=" + Hexadecimal.text(HMAC.sha256(body, key: Array(secret.utf8)))
  }

  /// A body about one number: the value of one change.
  package static func body(
    _ value: String, field: String = "messages", of account: String = account
  ) -> [UInt8] {
    Array(
      #"{"object":"whatsapp_business_account","entry":[{"id":"\#(account)","time":1795341300,"changes":[{"field":"\#(field)","value":\#(value)}]}]}"#
        .utf8)
  }
}
