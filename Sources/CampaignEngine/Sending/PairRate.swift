/// WhatsApp takes one message every six seconds from one number to one person, and up to 45 ahead of
/// that, borrowed from the time that follows (Meta, "About the platform"; over it comes 131056). A
/// token bucket: it is kept as the moment at which it is full again.
package enum PairRate {
  package static let interval = TimeSpan.seconds(6)
  package static let capacity: Int64 = 45
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
    pairFullAt
      + TimeSpan(milliseconds: -PairRate.interval.milliseconds * (PairRate.capacity - 1))
  }

  mutating func takePairToken(at time: Timestamp) {
    pairFullAt = max(pairFullAt, time) + PairRate.interval
  }
}
