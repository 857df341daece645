/// Finds rows by texts that the rows themselves hold: of each text only a few bits are kept here, and
/// whoever looks compares with the row. A text may lead to several rows, and a row may have several texts.
///
/// Spread over small tables, so that growing one never moves a million entries at once. It is never
/// walked: the order of a hash table must not reach any result.
package struct FingerprintIndex<Kind: IdentifiedKind>: Sendable {
  private var shards: [FingerprintShard] = []
  private static var shardCount: Int { 256 }

  package init() {}

  package var count: Int { shards.reduce(0) { $0 + $1.count } }

  /// - Parameter has: whether the row has the text; asked of those that may.
  package func first(for text: String, where has: (ID<Kind>) -> Bool) -> ID<Kind>? {
    guard !shards.isEmpty else { return nil }
    let (shard, fingerprint) = Self.place(of: text)
    var found: ID<Kind>?
    shards[shard].walk(fingerprint) { _, identifier in
      guard identifier != FingerprintShard.givenUp else { return false }
      let id = ID<Kind>(rawValue: identifier)
      guard has(id) else { return false }
      found = id
      return true
    }
    return found
  }

  package mutating func insert(_ id: ID<Kind>, for text: String) {
    if shards.isEmpty { shards = Array(repeating: FingerprintShard(), count: Self.shardCount) }
    let (shard, fingerprint) = Self.place(of: text)
    shards[shard].insert(id.rawValue, fingerprint)
  }

  package mutating func remove(_ id: ID<Kind>, for text: String) {
    guard !shards.isEmpty else { return }
    let (shard, fingerprint) = Self.place(of: text)
    shards[shard].remove(id.rawValue, fingerprint)
  }

  /// Only equality matters, so the seed of Swift's hasher does no harm to determinism.
  private static func place(of text: String) -> (shard: Int, fingerprint: UInt32) {
    let hash = UInt64(bitPattern: Int64(text.hashValue))
    return (Int(hash & UInt64(shardCount - 1)), UInt32(truncatingIfNeeded: hash >> 32))
  }
}

/// Open addressing, with the next free place after the one that a fingerprint asks for.
private struct FingerprintShard: Sendable {
  static var free: UInt64 { 0 }
  /// No row has this identifier: counters begin at 1, and prefixes of spaces are small.
  static var givenUp: UInt64 { UInt64.max }

  /// Each free, given up, or an identifier.
  private var identifiers: [UInt64] = []
  private var fingerprints: [UInt32] = []
  /// Places that are not free.
  private var taken = 0
  private(set) var count = 0

  /// Visits the places with a fingerprint until `body` returns true, or a free place ends them.
  func walk(_ fingerprint: UInt32, _ body: (Int, UInt64) -> Bool) {
    guard !identifiers.isEmpty else { return }
    let mask = identifiers.count - 1
    var place = Int(fingerprint) & mask
    // There always is a free place.
    while identifiers[place] != Self.free {
      if fingerprints[place] == fingerprint, body(place, identifiers[place]) { return }
      place = (place + 1) & mask
    }
  }

  mutating func insert(_ identifier: UInt64, _ fingerprint: UInt32) {
    var isKnown = false
    walk(fingerprint) { _, other in
      isKnown = other == identifier
      return isKnown
    }
    if isKnown { return }
    if (taken + 1) * 4 > identifiers.count * 3 { grow() }
    put(identifier, fingerprint)
  }

  mutating func remove(_ identifier: UInt64, _ fingerprint: UInt32) {
    var found: Int?
    walk(fingerprint) { place, other in
      if other == identifier { found = place }
      return found != nil
    }
    guard let found else { return }
    identifiers[found] = Self.givenUp
    count -= 1
  }

  private mutating func put(_ identifier: UInt64, _ fingerprint: UInt32) {
    let mask = identifiers.count - 1
    var place = Int(fingerprint) & mask
    while identifiers[place] != Self.free { place = (place + 1) & mask }
    identifiers[place] = identifier
    fingerprints[place] = fingerprint
    taken += 1
    count += 1
  }

  /// Places that were given up become free again.
  private mutating func grow() {
    let (oldIdentifiers, oldFingerprints) = (identifiers, fingerprints)
    var size = 8
    while (count + 1) * 2 > size { size *= 2 }
    identifiers = Array(repeating: Self.free, count: size)
    fingerprints = Array(repeating: 0, count: size)
    (taken, count) = (0, 0)
    for (identifier, fingerprint) in zip(oldIdentifiers, oldFingerprints)
    where identifier != Self.free && identifier != Self.givenUp {
      put(identifier, fingerprint)
    }
  }
}
