/// Texts as a terminal shows them, in cells. Unicode Standard Annex 11 says which characters take
/// two; combining marks take none.
enum TerminalText {
  /// How many cells the text takes.
  static func width(_ text: String) -> Int {
    // Nearly every cell of a table is ASCII, where bytes are cells.
    if text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return text.utf8.count }
    return text.reduce(0) { $0 + width($1) }
  }

  /// A joined emoji is one picture of two cells, however many scalars it has. In other scripts
  /// terminals add up the scalars, so a Devanagari syllable may take several cells.
  static func width(_ character: Character) -> Int {
    var sum = 0
    var isPicture = false
    for scalar in character.unicodeScalars {
      sum += width(scalar)
      isPicture =
        isPicture || scalar.properties.isEmojiPresentation || scalar.value == emojiSelector
    }
    return isPicture ? 2 : sum
  }

  static func width(_ scalar: Unicode.Scalar) -> Int {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control, .lineSeparator,
      .paragraphSeparator:
      return 0
    default:
      if hangulJoiners.contains(scalar.value) { return 0 }
      return scalar.properties.isEmojiPresentation || isWide(scalar.value) ? 2 : 1
    }
  }

  /// The text without anything that a terminal would obey instead of show: control characters and
  /// those that reverse the direction of what follows (a guest's name must not rewrite the screen).
  static func printable(_ text: String) -> String {
    if text.unicodeScalars.allSatisfy({ !isHarmful($0) }) { return text }
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      scalars.append(isHarmful(scalar) ? replacement(for: scalar) : scalar)
    }
    return String(scalars)
  }

  /// The text cut to so many cells, with an ellipsis where something was cut.
  static func fitted(_ text: String, to cells: Int, ellipsis: String = "…") -> String {
    guard width(text) > cells else { return text }
    let room = cells - width(ellipsis)
    guard room >= 0 else { return "" }
    var result = ""
    var used = 0
    for character in text {
      used += width(character)
      guard used <= room else { break }
      result.append(character)
    }
    return result + ellipsis
  }

  private static func isHarmful(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x2028...0x202E, 0x2066...0x2069: true
    default: false
    }
  }

  private static func replacement(for scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar {
    case "\n", "\r", "\t", "\u{2028}", "\u{2029}": " "
    default: "\u{FFFD}"
    }
  }

  /// Turns the symbol before it into its coloured picture, as in ❤️.
  private static let emojiSelector: UInt32 = 0xFE0F

  /// Vowels and final consonants that are drawn into the Hangul syllable before them.
  private static let hangulJoiners: ClosedRange<UInt32> = 0x1160...0x11FF

  /// The wide and full-width ranges of Unicode Standard Annex 11 that are not emoji.
  private static let wideRanges: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x4DBF, 0x4E00...0xA4CF,
    0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F,
    0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18DFF, 0x1AFF0...0x1B2FF, 0x1F200...0x1F265,
    0x20000...0x2FFFD, 0x30000...0x3FFFD,
  ]

  private static func isWide(_ value: UInt32) -> Bool {
    value >= 0x1100 && wideRanges.contains { $0.contains(value) }
  }
}
