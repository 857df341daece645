import Testing

@testable import Wire

struct SpellingTests {
  @Test(arguments: [
    ("", "", 0), ("a", "", 1), ("", "abc", 3), ("phone", "phone", 0), ("phnoe", "phone", 1),
    ("kitten", "sitting", 3), ("ca", "abc", 3), ("é", "e", 1),
  ])
  func `the distance counts insertions, removals, replacements and swaps`(
    left: String, right: String, expected: Int
  ) {
    #expect(Spelling.distance(left, right) == expected)
    #expect(Spelling.distance(right, left) == expected)
  }

  @Test(arguments: [
    ("guest", "guests"), ("jurnal", "journal"), ("sede", "seed"), ("xyz", nil), ("", nil),
    (String(repeating: "guests", count: 20), nil),
  ])
  func `the nearest word is offered only if it is near`(word: String, expected: String?) {
    let candidates = ["seed", "guests", "chatflow", "journal", "json"]
    #expect(Spelling.nearest(to: word, among: candidates) == expected)
  }

  @Test func `the first of equally near words is offered`() {
    #expect(Spelling.nearest(to: "bat", among: ["cat", "hat"]) == "cat")
    #expect(Spelling.nearest(to: "a", among: ["b"]) == nil)
  }
}
