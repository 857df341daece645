/// WhatsApp takes one message every six seconds from one number to one person, and up to 45 ahead of
/// that, borrowed from the time that follows (Meta, "About the platform"; over it comes 131056). A
/// token bucket: it is kept as the moment at which it is full again.
package enum PairRate {
  package static let interval = TimeSpan.seconds(6)
  package static let capacity: Int64 = 45
  /// A bucket that is full again so much later holds one token now.
  package static let whole = TimeSpan(milliseconds: interval.milliseconds * (capacity - 1))
}

extension Person {
  /// Messages that may go to this person at once.
  package func pairTokens(at time: Timestamp) -> Int64 {
    let missing = max(0, (pairFullAt - time).milliseconds)
    let interval = PairRate.interval.milliseconds
    return max(0, PairRate.capacity - (missing + interval - 1) / interval)
  }

  /// When the bucket holds a token again; in the past where it has one.
  package var nextPairToken: Timestamp {
    pairFullAt + TimeSpan(milliseconds: -PairRate.whole.milliseconds)
  }

  mutating func takePairToken(at time: Timestamp) {
    pairFullAt = max(pairFullAt, time) + PairRate.interval
  }
}
