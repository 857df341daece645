/// The names of a field list, for the message about a key that is none of them.
@usableFromInline
struct KnownNames: FieldVisitor {
  private(set) var names: [String] = []

  /// Of a value rather than a type: the names depend on the tags it holds.
  @usableFromInline
  static func of(_ value: some WireObject) -> [String] {
    var value = value
    var known = KnownNames()
    do throws(WireError) {
      try value.fields(&known)
    } catch {
      // A check of the list itself: the names are known by then.
    }
    return known.names
  }

  @usableFromInline
  mutating func field<Value: WireValue>(
    _ name: StaticString, _ value: inout Value, _ documentation: StaticString, _ rule: Rule
  ) throws(WireError) {
    names.append("\(name)")
  }

  @usableFromInline
  mutating func union<Union: WireUnion>(
    _ tag: StaticString, _ value: inout Union, _ documentation: StaticString
  ) throws(WireError) {
    names.append("\(tag)")
    try value.caseFields(&self)
  }

  @usableFromInline
  mutating func union<Union: WireUnion>(
    _ tag: StaticString, content: StaticString, _ value: inout Union, extras: inout WireExtras,
    _ documentation: StaticString
  ) throws(WireError) {
    names += ["\(tag)", "\(content)"]
  }

  @usableFromInline
  mutating func extras(_ value: inout WireExtras) throws(WireError) {}
}

/// Guesses which key was meant.
package enum KeySuggestion {
  package static func nearest(to key: String, among names: [String]) -> String? {
    let typed = Array(key.utf8)
    guard typed.count <= Limits.echoLength else { return nil }
    let plainKey = plain(key)
    if let same = names.first(where: { plain($0) == plainKey }) { return same }
    let bound = max(1, min(3, typed.count / 3))
    return names.map { (name: $0, distance: distance(typed, Array($0.utf8))) }
      .filter { $0.distance <= bound }
      .min { $0.distance < $1.distance }?.name
  }

  /// `guestFilter`, `Guest-Filter` and `guest_filter` mean the same.
  private static func plain(_ name: String) -> [UInt8] {
    name.utf8.filter { $0 != 0x5F && $0 != ASCII.minus }.map { $0 | 0x20 }
  }

  /// How many letters are to be changed, added, dropped or swapped with their neighbour.
  private static func distance(_ one: [UInt8], _ other: [UInt8]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...other.count)
    for row in one.indices {
      var current = [row + 1]
      for column in other.indices {
        let isSame = one[row] == other[column]
        var best = min(last[column] + (isSame ? 0 : 1), last[column + 1] + 1, current[column] + 1)
        if row > 0, column > 0, one[row] == other[column - 1], one[row - 1] == other[column] {
          best = min(best, beforeLast[column - 1] + 1)
        }
        current.append(best)
      }
      (beforeLast, last) = (last, current)
    }
    return last[other.count]
  }
}
