/// True when two texts have the same bytes. `==` on strings compares by canonical equivalence, for
/// which an e with an accent equals an e and an accent; names on the wire do not.
@usableFromInline
func isSameText(_ left: String, _ right: String) -> Bool {
  left.utf8.count == right.utf8.count && left.utf8.elementsEqual(right.utf8)
}

/// A text that is compared and hashed by its bytes.
struct ExactName: Hashable {
  let text: String

  static func == (left: Self, right: Self) -> Bool { isSameText(left.text, right.text) }

  func hash(into hasher: inout Hasher) {
    for byte in text.utf8 { hasher.combine(byte) }
    hasher.combine(0xFF as UInt8)
  }
}

/// Notices the second of two equal names. A few are compared one by one; many go to a set, so that
/// a caller's thousand keys do not cost a million comparisons.
@usableFromInline
struct DistinctNames {
  private var many: Set<ExactName> = []
  @inlinable static var fewCount: Int { 12 }

  @usableFromInline
  init() {}

  /// False if the name was there already.
  /// - Parameter entries: those before it, each of whose names was inserted.
  @inlinable
  mutating func insert<Value>(
    _ name: String, after entries: [(key: String, value: Value)]
  ) -> Bool {
    if entries.count <= Self.fewCount {
      return !entries.contains { isSameText($0.key, name) }
    }
    if isEmpty {
      for entry in entries { _ = insertAmongMany(entry.key) }
    }
    return insertAmongMany(name)
  }

  @usableFromInline
  var isEmpty: Bool { many.isEmpty }

  @usableFromInline
  mutating func insertAmongMany(_ name: String) -> Bool {
    many.insert(ExactName(text: name)).inserted
  }
}
