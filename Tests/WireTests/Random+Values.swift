import TestRandom

extension Random {
  /// Letters, what needs escaping, and scalars of every length in UTF-8.
  mutating func text(upTo length: Int = 20) -> String {
    let scalars: [UnicodeScalar] = [
      "a", "Z", "0", " ", "\"", "\\", "/", "\n", "\t", "\u{0}", "\u{1F}", "\u{7F}", "é", "e\u{301}",
      "म", "\u{2028}", "\u{FEFF}", "🎉", "\u{10FFFF}",
    ].flatMap { (text: String) in Array(text.unicodeScalars) }
    var text = ""
    for _ in 0..<below(length + 1) { text.unicodeScalars.append(scalars[below(scalars.count)]) }
    return text
  }

  mutating func integer() -> Int64 {
    let width = UInt64(below(64))
    return Int64(bitPattern: next() >> width) * (width > 0 && chance(2) ? -1 : 1)
  }
}
