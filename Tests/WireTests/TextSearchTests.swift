import TestRandom
import Testing
import Wire

struct TextSearchTests {
  @Test func `texts are found, cut and replaced as the standard library does it`() {
    let seed = UInt64.random(in: 0...UInt64.max)
    print("seed \(seed)")
    var chance = Random(seed: seed)
    // The last two change what stands before them into another character.
    let characters = ["a", "b", "{", "}", "é", "💐", "\u{301}", "\u{FE0F}"]
    func text(_ longest: Int) -> String {
      (0..<Int.random(in: 0...longest, using: &chance)).map { _ in
        characters[Int.random(in: 0..<characters.count, using: &chance)]
      }.joined()
    }
    var found = 0
    for _ in 0..<5000 {
      let (whole, part) = (text(12), text(2))
      #expect(whole.firstRange(ofText: part) == whole.firstRange(of: part))
      #expect(whole.contains(text: part) == whole.contains(part))
      guard !part.isEmpty else { continue }
      let parts = whole.split(separator: part, omittingEmptySubsequences: false).map(String.init)
      #expect(whole.split(atText: part) == parts)
      #expect(whole.replacing(text: part, with: "-") == whole.replacing(part, with: "-"))
      if whole.contains(part) { found += 1 }
    }
    #expect(found > 500)
  }
}
