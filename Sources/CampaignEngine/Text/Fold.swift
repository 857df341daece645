/// Text as it is compared: without case, marks and punctuation, with single spaces. "Sí, ¡VOY!" and
/// "si voy" are the same, and so are all spellings that Unicode calls compatible. Marks that are
/// letters in their script (the vowel signs of Devanagari, say) stay. A symbol, an emoji say, is a
/// word of its own, whatever stands beside it.
///
/// What is folded follows from `FoldTables` alone, not from the Unicode version of the standard
/// library, so it is the same on all systems. It is never stored: another version folds otherwise.
package struct FoldedText: Hashable, Sendable {
  package let text: String

  package init(_ original: String) { text = Self.folded(original, keepsPunctuation: false) }

  /// For conditions, in which "vip+" and "vip" are two categories: only case, marks and the number
  /// of spaces do not matter.
  package init(keepingPunctuation original: String) {
    text = Self.folded(original, keepsPunctuation: true)
  }

  package var isEmpty: Bool { text.isEmpty }

  package var words: [Substring] { text.split(separator: " ") }

  package func contains(_ part: FoldedText) -> Bool { text.utf8.contains(part.text.utf8) }

  /// Whether the words of another text stand in this one, side by side and whole.
  package func hasWords(of part: FoldedText) -> Bool {
    !part.isEmpty && " \(text) ".utf8.contains(" \(part.text) ".utf8)
  }

  /// The same without emoji and other symbols: "yes 👍" is "yes". Nothing is left of "👍".
  package var withoutSymbols: FoldedText {
    guard text.utf8.contains(where: { $0 >= 0x80 }) else { return self }
    let data = FoldData.shared
    let rest = words.filter { word in
      guard let first = word.unicodeScalars.first else { return false }
      return !data.kind(data.entry(of: first.value)).isSymbol
    }
    return FoldedText(alreadyFolded: rest.joined(separator: " "))
  }

  private init(alreadyFolded text: String) { self.text = text }

  private static func folded(_ original: String, keepsPunctuation: Bool) -> String {
    if let short = foldedASCII(original, keepsPunctuation: keepsPunctuation) { return short }
    // Nothing grows more than six scalars for a byte; the script that writes the tables sees to it.
    let capacity = original.utf8.count * 6 + 1
    return withUnsafeTemporaryAllocation(of: UInt32.self, capacity: capacity) { scratch in
      var fold = ScalarFold(into: scratch, keepsPunctuation: keepsPunctuation)
      for scalar in original.unicodeScalars { fold.add(scalar.value) }
      return fold.text()
    }
  }

  /// The same for the texts of most guests, byte by byte; nil where a byte is none of ASCII.
  private static func foldedASCII(_ original: String, keepsPunctuation: Bool) -> String? {
    // Strings of another system have no bytes to look at; they go the long way.
    var isASCII = false
    let folded = String(unsafeUninitializedCapacity: original.utf8.count) { buffer in
      let count =
        original.utf8.withContiguousStorageIfAvailable { bytes in
          foldASCII(bytes, keepsPunctuation: keepsPunctuation, into: buffer)
        } ?? nil
      isASCII = count != nil
      return count ?? 0
    }
    return isASCII ? folded : nil
  }

  private static func foldASCII(
    _ bytes: UnsafeBufferPointer<UInt8>, keepsPunctuation: Bool,
    into buffer: UnsafeMutableBufferPointer<UInt8>
  ) -> Int? {
    var count = 0
    var isSpacePending = false
    for byte in bytes {
      var kept = byte
      switch byte {
      case 0x30...0x39, 0x61...0x7A: break
      case 0x41...0x5A: kept = byte + 0x20
      case 0...0x20, 0x7F:
        isSpacePending = count > 0
        continue
      case 0x80...: return nil
      // "can't" is "cant", and O`Brien is O'Brien.
      case 0x27, 0x60:
        guard keepsPunctuation else { continue }
        kept = 0x27
      default:
        guard keepsPunctuation else {
          isSpacePending = count > 0
          continue
        }
      }
      if isSpacePending {
        buffer[count] = 0x20
        count += 1
        isSpacePending = false
      }
      buffer[count] = kept
      count += 1
    }
    return count
  }
}

/// Folds scalar by scalar. What it needs to remember is what stood before.
private struct ScalarFold {
  private let data = FoldData.shared
  private let scratch: UnsafeMutableBufferPointer<UInt32>
  private let keepsPunctuation: Bool
  private var count = 0
  private var isSpacePending = false
  /// What the last scalar was that stayed; only the next one needs to know.
  private var last = FoldData.Class.space
  /// The last one that is no mark: it decides whether accents stay.
  private var base = FoldData.Class.space
  private var isJoining = false
  /// Something was kept whose order matters, or that may compose with what stands before it.
  private var needsComposition = false

  init(into scratch: UnsafeMutableBufferPointer<UInt32>, keepsPunctuation: Bool) {
    self.scratch = scratch
    self.keepsPunctuation = keepsPunctuation
  }

  mutating func add(_ scalar: UInt32) {
    let entry = data.entry(of: scalar)
    guard let text = data.replacement(entry) else {
      keep(scalar, data.kind(entry))
      return
    }
    for part in text { keep(part, data.kind(data.entry(of: part))) }
  }

  private mutating func keep(_ scalar: UInt32, _ kind: FoldData.Class) {
    switch kind {
    case .dropped: return
    case .joiner:
      isJoining = true
      return
    case .letter, .plain, .jamo:
      if kind == .jamo { needsComposition = true }
      append(scalar, kind)
      base = kind == .plain ? .plain : .letter
    case .mark:
      needsComposition = true
      append(scalar, kind)
    case .accent:
      if base == .letter {
        needsComposition = true
        append(scalar, kind)
      }
    case .space: space()
    case .punctuation where !keepsPunctuation: space()
    case .apostrophe where !keepsPunctuation: base = .punctuation
    // 🤷‍♀️ is 🤷.
    case .gender where isJoining: break
    case .punctuation, .apostrophe, .symbol, .gender, .flag:
      append(scalar, kind)
      base = kind
    }
    isJoining = false
  }

  private mutating func space() {
    isSpacePending = true
    base = .space
  }

  private mutating func append(_ scalar: UInt32, _ kind: FoldData.Class) {
    if isSpacePending || isApart(kind), count > 0 {
      scratch[count] = 0x20
      count += 1
    }
    isSpacePending = false
    scratch[count] = scalar
    count += 1
    last = kind
  }

  /// A symbol is a word; so are the two scalars of 🇮🇩. Where punctuation stays, nothing is set
  /// apart.
  private func isApart(_ kind: FoldData.Class) -> Bool {
    !keepsPunctuation && (kind.isSymbol || last.isSymbol) && !(kind == .flag && last == .flag)
  }

  // MARK: Composition

  mutating func text() -> String {
    if needsComposition {
      order()
      compose()
    }
    var length = 0
    for place in 0..<count { length += Self.utf8Count(scratch[place]) }
    return String(unsafeUninitializedCapacity: length) { buffer in
      var end = 0
      for place in 0..<count { Self.write(scratch[place], to: buffer, &end) }
      return end
    }
  }

  /// Marks that do not touch each other may be typed in any order.
  private func order() {
    for place in 1..<max(count, 1) {
      let (scalar, own) = (scratch[place], data.order(of: scratch[place]))
      guard own > 0 else { continue }
      var free = place
      while free > 0, data.order(of: scratch[free - 1]) > own {
        scratch[free] = scratch[free - 1]
        free -= 1
      }
      scratch[free] = scalar
    }
  }

  private mutating func compose() {
    var end = 0
    /// Place of the letter that what follows may compose with.
    var starter: Int?
    var lastOrder: UInt8 = 0
    for place in 0..<count {
      let scalar = scratch[place]
      let own = data.order(of: scalar)
      if let starter, end == starter + 1 || lastOrder != 0 && lastOrder < own,
        let composed = data.composition(scratch[starter], scalar)
      {
        scratch[starter] = composed
        continue
      }
      scratch[end] = scalar
      if own == 0 { starter = end }
      lastOrder = own
      end += 1
    }
    count = end
  }

  private static func utf8Count(_ scalar: UInt32) -> Int {
    scalar < 0x80 ? 1 : scalar < 0x800 ? 2 : scalar < 0x1_0000 ? 3 : 4
  }

  private static func write(
    _ scalar: UInt32, to buffer: UnsafeMutableBufferPointer<UInt8>, _ end: inout Int
  ) {
    func put(_ byte: UInt32) {
      buffer[end] = UInt8(truncatingIfNeeded: byte)
      end += 1
    }
    switch utf8Count(scalar) {
    case 1: put(scalar)
    case 2: put(0xC0 | scalar >> 6)
    case 3:
      put(0xE0 | scalar >> 12)
      put(0x80 | scalar >> 6 & 0x3F)
    default:
      put(0xF0 | scalar >> 18)
      put(0x80 | scalar >> 12 & 0x3F)
      put(0x80 | scalar >> 6 & 0x3F)
    }
    if scalar >= 0x80 { put(0x80 | scalar & 0x3F) }
  }
}

extension FoldedText {
  /// An emoji beside a name is no part of it.
  func isAnswer(named name: String) -> Bool {
    let name = FoldedText(name)
    guard self != name else { return !isEmpty }
    let bare = withoutSymbols
    return !bare.isEmpty && bare == name.withoutSymbols
  }
}

extension String {
  /// Nothing of it can be seen: spaces, joiners, marks on nothing.
  var isInvisible: Bool {
    // Most texts begin with a letter.
    if let first = utf8.first, (0x21...0x7E).contains(first) { return false }
    return FoldedText(keepingPunctuation: self).isEmpty
  }
}

/// The value of a decimal digit of any script.
package func digitValue(of scalar: Unicode.Scalar) -> Int? {
  let zeros = FoldTables.zeros
  guard let zero = zeros.last(where: { $0 <= scalar.value }), scalar.value - zero < 10 else {
    return nil
  }
  return Int(scalar.value - zero)
}

extension String.UTF8View {
  /// True where `part` stands somewhere in this text, byte by byte.
  func contains(_ part: String.UTF8View) -> Bool {
    guard let first = part.first else { return true }
    var start = startIndex
    while let found = self[start...].firstIndex(of: first) {
      if self[found...].starts(with: part) { return true }
      start = index(after: found)
    }
    return false
  }
}
