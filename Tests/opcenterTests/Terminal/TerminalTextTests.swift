import Testing

@testable import opcenter

struct TerminalTextTests {
  @Test(arguments: [
    ("", 0), ("Meera Rao", 9), ("José", 4), ("Jose\u{301}", 4), ("王小明", 6), ("한국", 4),
    ("ｆｕｌｌ", 8), ("สมชาย", 5), ("สวัสดี", 4), ("محمد", 4), ("שלום", 4), ("Анна", 4), ("हिन्दी", 5),
    ("😀", 2), ("👨‍👩‍👧", 2), ("❤️", 2), ("❤", 1), ("🇮🇩", 2), ("👍🏽", 2), ("a\u{200D}", 1),
    ("a\tb", 2),
  ])
  func `the width is the number of cells that a terminal gives a text`(text: String, cells: Int) {
    #expect(TerminalText.width(text) == cells)
  }

  @Test(arguments: [
    ("Meera", 5, "Meera"), ("Meera", 4, "Mee…"), ("王小明", 5, "王小…"), ("王小明", 4, "王…"),
    ("Meera", 1, "…"), ("Meera", 0, ""), ("", 0, ""),
  ])
  func `a fitted text is never wider than its room`(text: String, cells: Int, expected: String) {
    #expect(TerminalText.fitted(text, to: cells) == expected)
    #expect(TerminalText.width(expected) <= cells)
  }

  @Test func `control characters and reversals of direction are shown and not obeyed`() {
    #expect(TerminalText.printable("Rao,\r\nMeera\t") == "Rao,  Meera ")
    #expect(
      TerminalText.printable("a\u{1B}[2Jb\u{9B}c\u{202E}d") == "a\u{FFFD}[2Jb\u{FFFD}c\u{FFFD}d")
    #expect(TerminalText.printable("محمد 王 👨‍👩‍👧") == "محمد 王 👨‍👩‍👧")
  }
}
