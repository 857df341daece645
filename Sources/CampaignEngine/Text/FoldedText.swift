/// Text as it is compared: without case, accents and punctuation, with single spaces. "Sí, ¡VOY!"
/// and "si voy" are the same. Signs that carry meaning in their script (the vowel signs of
/// Devanagari, say) stay.
package struct FoldedText: Hashable, Sendable {
  package let text: String

  package init(_ original: String) { text = Self.folded(original, keepsPunctuation: false) }

  /// For conditions, in which "vip+" and "vip" are two categories: only case, accents and the
  /// number of spaces do not matter.
  package init(keepingPunctuation original: String) {
    text = Self.folded(original, keepsPunctuation: true)
  }

  package var isEmpty: Bool { text.isEmpty }

  package var words: [Substring] { text.split(separator: " ") }

  package func contains(_ part: FoldedText) -> Bool { text.utf8.contains(part.text.utf8) }

  private enum Fold { case dropped, space, kept(String) }

  private static func folded(_ original: String, keepsPunctuation: Bool) -> String {
    if let short = foldedASCII(original, keepsPunctuation: keepsPunctuation) { return short }
    var folded = ""
    folded.reserveCapacity(original.utf8.count)
    var isSpacePending = false
    for scalar in original.unicodeScalars {
      switch fold(scalar, keepsPunctuation: keepsPunctuation) {
      case .dropped: continue
      case .space: isSpacePending = !folded.isEmpty
      case .kept(let text):
        if isSpacePending { folded.append(" ") }
        isSpacePending = false
        folded.append(text)
      }
    }
    return folded
  }

  /// The same for the texts of most guests, byte by byte; nil where a byte is none of ASCII.
  private static func foldedASCII(_ original: String, keepsPunctuation: Bool) -> String? {
    guard original.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
    return String(unsafeUninitializedCapacity: original.utf8.count) { buffer in
      var count = 0
      var isSpacePending = false
      for byte in original.utf8 {
        switch foldASCII(byte, keepsPunctuation: keepsPunctuation) {
        case nil: continue
        case 0x20: isSpacePending = count > 0
        case let kept?:
          if isSpacePending {
            buffer[count] = 0x20
            count += 1
          }
          isSpacePending = false
          buffer[count] = kept
          count += 1
        }
      }
      return count
    }
  }

  /// Nil is dropped; all kinds of space become one.
  private static func foldASCII(_ byte: UInt8, keepsPunctuation: Bool) -> UInt8? {
    switch byte {
    case 0x30...0x39, 0x61...0x7A: byte
    case 0x41...0x5A: byte + 0x20
    case 0...0x20, 0x7F: 0x20
    default:
      // "can't" is "cant"
      keepsPunctuation ? byte : byte == 0x27 ? nil : 0x20
    }
  }

  private static func fold(_ scalar: Unicode.Scalar, keepsPunctuation: Bool) -> Fold {
    if scalar.isASCII {
      guard let byte = foldASCII(UInt8(scalar.value), keepsPunctuation: keepsPunctuation) else {
        return .dropped
      }
      return byte == 0x20 ? .space : .kept(String(Unicode.Scalar(byte)))
    }
    if isAccent(scalar) { return .dropped }
    let properties = scalar.properties
    switch properties.generalCategory {
    case .spaceSeparator, .lineSeparator, .paragraphSeparator, .control: return .space
    case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
      .initialPunctuation, .finalPunctuation, .otherPunctuation:
      // The typographic apostrophe is written inside words.
      if keepsPunctuation { return .kept(scalar.value == 0x2019 ? "'" : String(scalar)) }
      return scalar.value == 0x2019 ? .dropped : .space
    case .format: return .dropped
    default: return .kept(baseLetter(scalar) ?? properties.lowercaseMapping)
    }
  }

  /// Combining accents of Latin, Greek and Cyrillic, variation selectors, and the vowel points that
  /// Arabic and Hebrew leave out at will.
  private static func isAccent(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0300...0x036F, 0x1AB0...0x1AFF, 0x0591...0x05C7, 0x064B...0x065F, 0x0670,
      0xFE00...0xFE0F:
      true
    default: false
    }
  }

  /// The letter under the accent, taken from the scalar's own name: LATIN SMALL LETTER E WITH ACUTE.
  private static func baseLetter(_ scalar: Unicode.Scalar) -> String? {
    guard (0xC0...0x24F).contains(scalar.value) || (0x1E00...0x1EFF).contains(scalar.value),
      let name = scalar.properties.name
    else { return nil }
    for prefix in ["LATIN SMALL LETTER ", "LATIN CAPITAL LETTER "] where name.hasPrefix(prefix) {
      let rest = name.dropFirst(prefix.count)
      guard let letter = rest.first, rest.dropFirst().hasPrefix(" WITH ") else { return nil }
      return letter.lowercased()
    }
    return nil
  }
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
