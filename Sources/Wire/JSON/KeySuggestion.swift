/// Guesses which key was meant.
package enum KeySuggestion {
  package static func nearest(to key: String, among names: [String]) -> String? {
    let count = key.utf8.count
    guard count <= Limits.echoLength else { return nil }
    let plainKey = plain(key)
    if let same = names.first(where: { plain($0) == plainKey }) { return same }
    let bound = max(1, min(3, count / 3))
    return names.map { (name: $0, distance: Spelling.distance(key, $0)) }
      .filter { $0.distance <= bound }
      .min { $0.distance < $1.distance }?.name
  }

  /// `guestFilter`, `Guest-Filter` and `guest_filter` mean the same.
  private static func plain(_ name: String) -> [UInt8] {
    name.utf8.filter { $0 != 0x5F && $0 != ASCII.minus }.map { $0 | 0x20 }
  }
}
