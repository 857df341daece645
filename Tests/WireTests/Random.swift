/// SplitMix64: small, seeded, the same everywhere.
struct Random: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }

  mutating func chance(_ oneIn: Int) -> Bool { below(oneIn) == 0 }

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
