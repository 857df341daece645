/// Text as it is compared: without case, accents and punctuation, with single spaces. "Sí, ¡VOY!"
/// and "si voy" are the same. Signs that carry meaning in their script (the vowel signs of
/// Devanagari, say) stay.
package struct FoldedText: Hashable, Sendable {
  package let text: String

  package init(_ original: String) {
    var folded = ""
    folded.reserveCapacity(original.utf8.count)
    var isSpacePending = false
    for scalar in original.unicodeScalars {
      switch Self.fold(scalar) {
      case .dropped: continue
      case .space: isSpacePending = !folded.isEmpty
      case .kept(let text):
        if isSpacePending { folded.append(" ") }
        isSpacePending = false
        folded.append(text)
      }
    }
    text = folded
  }

  package var isEmpty: Bool { text.isEmpty }

  package var words: [Substring] { text.split(separator: " ") }

  package func contains(_ part: FoldedText) -> Bool {
    part.isEmpty || Array(text.utf8).contains(Array(part.text.utf8))
  }

  private enum Fold { case dropped, space, kept(String) }

  private static func fold(_ scalar: Unicode.Scalar) -> Fold {
    if scalar.isASCII {
      switch scalar.value {
      case 0x30...0x39, 0x61...0x7A: return .kept(String(scalar))
      case 0x41...0x5A: return .kept(String(Unicode.Scalar(UInt8(scalar.value + 32))))
      case 0x27: return .dropped  // "can't" is "cant"
      default: return .space
      }
    }
    if isAccent(scalar) { return .dropped }
    let properties = scalar.properties
    switch properties.generalCategory {
    case .spaceSeparator, .lineSeparator, .paragraphSeparator, .control, .connectorPunctuation,
      .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
      .finalPunctuation, .otherPunctuation:
      // The typographic apostrophe is written inside words.
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

extension Array where Element == UInt8 {
  /// True where `part` stands somewhere in this array.
  fileprivate func contains(_ part: [UInt8]) -> Bool {
    guard part.count <= count else { return false }
    return (0...(count - part.count)).contains { start in
      self[start] == part[0] && self[start..<(start + part.count)].elementsEqual(part)
    }
  }
}
