/// Takes in the body of a webhook whose signature was checked. It is worked off afterwards, item by
/// item, so that a large one holds nobody up.
package struct ReceiveWebhook: Command {
  package static let cause: CauseKind? = .gateway
  package let account: String
  package let body: String
  /// Of the body and the secret that signed it.
  package let digest: String

  package init(account: String, body: String, digest: String) {
    (self.account, self.body, self.digest) = (account, body, digest)
  }

  package struct Result: Sendable, Equatable {
    package var number: UInt64 = 0
    package var isDuplicate = false
  }

  package func perform(in engine: inout Engine) throws(Rejection) -> Result {
    let queue = engine.state.webhooks
    // WhatsApp delivers at least once. A repeat that is not noticed here does no harm either: messages
    // and reports are known by their own identifiers, and other news by their time.
    if let number = queue.tally.number(of: digest) {
      return Result(number: number, isDuplicate: true)
    }
    guard queue.waiting.count < Limits.webhooksWaiting,
      queue.byteCount + body.utf8.count <= Limits.webhookBytesWaiting
    else {
      throw .limitExceeded(
        "\(queue.waiting.count) webhooks with \(queue.byteCount) bytes wait to be worked off; try again in a minute.",
        reason: "webhooks_waiting")
    }
    engine.emit(WebhookReceived(account: account, body: body, digest: digest))
    return Result(number: engine.state.webhooks.tally.received)
  }
}
