import OperationCenterService
import Persistence
import Wire

/// The file of `serve --webhook-secrets`, which nobody else may read.
enum WebhookSecretsFile {
  static func secrets(at path: String?) throws -> WebhookSecrets {
    guard let path else { return WebhookSecrets() }
    let file = PrivateFile(FileStorage(), path)
    guard let bytes = try file.read(maximumBytes: WebhookSecrets.maximumBytes) else {
      throw FileFailure(path: path, reason: "there is no such file", isRead: true)
    }
    do throws(WireError) { return try WebhookSecrets(parsing: bytes) } catch {
      throw Refusal(message: "\(path) is no file of webhook secrets: \(error)")
    }
  }
}
