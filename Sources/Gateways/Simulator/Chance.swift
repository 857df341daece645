import CampaignEngine

/// Chance without a stream of random numbers: every draw is a hash of a seed, of whom and what it
/// is about, and of a word for its purpose. So the same thing always happens to the same message,
/// in whatever order messages are looked at, and also after a restart.
struct Chance: Sendable {
  private var hash = StableHash()

  init(seed: UInt64) { hash.add(seed) }

  /// Chance about one thing more particular: a person, then a message, then an attempt.
  func about(_ id: UInt64) -> Chance {
    var narrower = self
    narrower.hash.add(id)
    return narrower
  }

  func draw(_ word: String, _ detail: String = "") -> UInt64 {
    var hash = hash
    hash.add(word)
    if !detail.isEmpty { hash.add(detail) }
    return hash.value
  }

  /// True `perMille` times in a thousand.
  func happens(_ perMille: Int64, _ word: String, _ detail: String = "") -> Bool {
    perMille > 0 && draw(word, detail) % 1000 < UInt64(perMille)
  }

  func pick<Element>(_ elements: [Element], _ word: String) -> Element {
    precondition(!elements.isEmpty, "there is nothing to pick from")
    return elements[Int(draw(word) % UInt64(elements.count))]
  }

  /// A position, as likely as its weight; positions past the last weight have that one too.
  func pick(_ count: Int, weights: [Int64], _ word: String) -> Int {
    precondition(count > 0, "there is nothing to pick from")
    func weight(_ index: Int) -> UInt64 {
      // Bounded, so that no sum of weights overflows.
      UInt64(clamping: min(weights.isEmpty ? 1 : weights[min(index, weights.count - 1)], 1_000_000))
    }
    let total = (0..<count).reduce(UInt64(0)) { $0 + weight($1) }
    guard total > 0 else { return Int(draw(word) % UInt64(count)) }
    var rest = draw(word) % total
    for index in 0..<count {
      if rest < weight(index) { return index }
      rest -= weight(index)
    }
    return count - 1
  }

  /// From half of what is typical to one and a half of it.
  func spread(_ typical: TimeSpan, _ word: String, _ detail: String = "") -> TimeSpan {
    guard typical > .zero else { return .zero }
    let milliseconds = typical.milliseconds
    let part = Int64(draw(word, detail) % (UInt64(milliseconds) + 1))
    return TimeSpan(milliseconds: milliseconds / 2 + part)
  }

  /// Mostly short, now and then very long, as people and switched-off phones are: the chance to
  /// exceed x is √(median / 4x), so one in ten exceeds 25 medians. What would exceed `longest`
  /// falls somewhere in the second half of it.
  func heavyTail(median: TimeSpan, longest: TimeSpan, _ word: String) -> TimeSpan {
    guard median > .zero, longest > .zero else { return .zero }
    let drawn = draw(word)
    let uniform = Int64(drawn & 0xFFFF) + 1
    // 2^32 / uniform², with ten binary places.
    let factor = (1 << 42) / (uniform * uniform)
    let (product, isTooLong) = (median.milliseconds / 4).multipliedReportingOverflow(by: factor)
    if !isTooLong, product >> 10 <= longest.milliseconds {
      return TimeSpan(milliseconds: product >> 10)
    }
    let half = longest.milliseconds / 2
    return TimeSpan(milliseconds: longest.milliseconds - Int64((drawn >> 16) % UInt64(half + 1)))
  }
}
