/// A guest's place among the households. They are in order of a hash, which says nothing but that two keys
/// are alike.
package struct HouseholdEntry: Comparable, Sendable {
  fileprivate let hash: Int
  fileprivate let guest: UInt32

  /// Nil where there is no key.
  init?(_ key: String, _ id: GuestID) {
    if key.isEmpty { return nil }
    (hash, guest) = (FoldedText(keepingPunctuation: key).hashValue, id.counter)
  }

  package static func < (one: Self, other: Self) -> Bool {
    (one.hash, one.guest) < (other.hash, other.guest)
  }
}

extension State {
  mutating func enter(_ id: GuestID, ofHousehold key: String) {
    if let entry = HouseholdEntry(key, id) { projects[of: id].guestsByHousehold.insert(entry) }
  }

  /// Guests whose rows have a key, however it is written, lowest first. Of a key that very many have, the
  /// first ones.
  package func guests(ofHousehold key: String, in space: UInt32) -> [GuestID] {
    guard let first = HouseholdEntry(key, GuestID(space: space, counter: 0)) else { return [] }
    let folded = FoldedText(keepingPunctuation: key)
    return projects[space].guestsByHousehold.elements(
      from: first, limit: Limits.guestsOfHouseholdKey
    )
    .prefix { $0.hash == first.hash }
    .map { GuestID(space: space, counter: $0.guest) }
    .filter { FoldedText(keepingPunctuation: self[$0].household) == folded }
  }
}
