import TestRandom
import Testing

@testable import CampaignEngine

struct TrimmingTests {
  /// Visible ASCII at both ends takes a shorter way, which has to come to the same.
  @Test(arguments: [
    ("", ""), ("a", "a"), ("a b", "a b"), (" a ", "a"), ("\t\r\na\u{a0}", "a"), ("  ", ""),
    ("\u{2003}é\u{2003}", "é"), ("é ", "é"), (" é", "é"), ("a\u{301}", "a\u{301}"), ("a\r\n", "a"),
  ])
  func `white space of every kind goes from both ends, and nothing else`(
    _ text: String, _ trimmed: String
  ) {
    #expect(text[...].trimmed == trimmed[...])
    #expect(Array(text[...].trimmed.utf8) == Array(trimmed.utf8))
  }

  @Test func `a text is measured in scalars where its bytes leave it open`() {
    #expect("abc".isAtMost(scalars: 3))
    #expect(!"abcd".isAtMost(scalars: 3))
    #expect("éüñ".isAtMost(scalars: 3))
    #expect(!"éüñe".isAtMost(scalars: 3))
    #expect(!"e\u{301}e\u{301}".isAtMost(scalars: 3))
  }

  /// The short way for what needs nothing is the long way, only shorter.
  @Test func `values that need no folding are taken as they are, and all others folded`() {
    let parts = [
      "a", "b", " ", "  ", "\t", "\n", "\u{A0}", "\u{3000}", "é", "e\u{301}", "\u{0}", "👍",
    ]
    for seed in UInt64(1)...2000 {
      var random = Random(seed: seed)
      let text = (0..<random.below(9)).map { _ in random.pick(parts) ?? "" }.joined()
      let value = TemplateText.parameterValue(text)
      #expect(Array(value.utf8) == Array(TemplateText.spaced(text).utf8), "seed \(seed)")
    }
  }
}
