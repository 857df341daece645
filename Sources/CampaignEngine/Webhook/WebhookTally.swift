import Wire

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
    try visit.field("digest", &digest, "Of the body and the secret.")
    try visit.field("number", &number, "Number of the body.")
  }
}

/// What became of one item.
package enum WebhookOutcome: String, WireEnum {
  case applied, refused, skipped
}
