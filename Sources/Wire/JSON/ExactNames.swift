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
  private var few: [String] = []
  private var many: Set<ExactName> = []
  private static let fewCount = 12

  @usableFromInline
  init() {}

  /// False if the name was there already.
  @usableFromInline
  mutating func insert(_ name: String) -> Bool {
    if many.isEmpty {
      if few.contains(where: { isSameText($0, name) }) { return false }
      if few.count < Self.fewCount {
        few.append(name)
        return true
      }
      many = Set(few.map(ExactName.init))
    }
    return many.insert(ExactName(text: name)).inserted
  }
}
