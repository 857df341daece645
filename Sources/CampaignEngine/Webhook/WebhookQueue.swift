import Wire

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

/// One body, and how far it is worked off.
package struct Webhook: WireObject {
  /// The first that was ever taken in has 1.
  package var number: UInt64 = 0
  /// The business account, as the secret that signed it is named.
  package var account = ""
  package var body = ""
  package var receivedAt = Timestamp.zero
  /// Items that are worked off.
  package var done = 0

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("number", &number, "Number among all.")
    try visit.field("account", &account, "Business account.")
    try visit.field("body", &body, "What WhatsApp sent, to the byte.")
    try visit.field("received_at", &receivedAt, "When it was taken in.")
    try visit.field("done", &done, "Items that are worked off.")
  }
}

/// What came so far, and what became of it.
package struct WebhookTally: WireObject, Equatable {
  /// Bodies; repeats are not among them.
  package var received: UInt64 = 0
  /// Items: messages, reports, news.
  package var applied: UInt64 = 0
  package var refused: UInt64 = 0
  package var skipped: UInt64 = 0
  /// The newest bodies, to know a repeat by. A ring: the next one takes the place of the oldest.
  package private(set) var recent: [WebhookDigest] = []

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("received", &received, "Bodies taken in.")
    try visit.field("applied", &applied, "Items that were taken over.")
    try visit.field("refused", &refused, "Items that were refused.")
    try visit.field("skipped", &skipped, "Items that say nothing to this service.")
    try visit.field("recent", &recent, "The newest bodies.")
  }

  /// Number of a body that came before.
  package func number(of digest: String) -> UInt64? {
    recent.first { $0.digest == digest }?.number
  }

  mutating func remember(_ digest: String) {
    let entry = WebhookDigest(digest: digest, number: received)
    if recent.count < Limits.webhooksRemembered {
      recent.append(entry)
    } else {
      recent[Int((received - 1) % UInt64(Limits.webhooksRemembered))] = entry
    }
  }

  package func count(of outcome: WebhookOutcome) -> UInt64 {
    switch outcome {
    case .applied: applied
    case .refused: refused
    case .skipped: skipped
    }
  }

  mutating func count(_ outcome: WebhookOutcome) {
    switch outcome {
    case .applied: applied += 1
    case .refused: refused += 1
    case .skipped: skipped += 1
    }
  }
}

package struct WebhookDigest: WireObject, Equatable {
  package var digest = ""
  package var number: UInt64 = 0

  package init() {}
  init(digest: String, number: UInt64) { (self.digest, self.number) = (digest, number) }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("digest", &digest, "Of the account and the body.")
    try visit.field("number", &number, "Number of the body.")
  }
}

/// What became of one item.
package enum WebhookOutcome: String, WireEnum {
  case applied, refused, skipped
}
