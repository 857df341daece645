/// Bodies of WhatsApp's webhooks that were taken in and are not worked off yet, oldest first. They
/// are kept as they came, so that nothing that WhatsApp said is lost where a crash comes between.
package struct WebhookQueue: Sendable {
  package internal(set) var waiting: [Webhook] = []
  package internal(set) var tally = WebhookTally()
  /// Bytes of the bodies that wait.
  package private(set) var byteCount = 0

  mutating func append(_ webhook: Webhook) {
    waiting.append(webhook)
    byteCount += webhook.body.utf8.count
  }

  mutating func removeFirst() {
    byteCount -= waiting.removeFirst().body.utf8.count
  }
}
