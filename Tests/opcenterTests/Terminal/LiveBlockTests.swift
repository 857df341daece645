import Testing

@testable import opcenter

struct LiveBlockTests {
  @Test func `lines are drawn again where they stood, and what is left over goes away`() {
    var block = LiveBlock()
    #expect(block.redraw(["one", "two"], columns: 20) == "one\u{1B}[K\ntwo\u{1B}[K\n")
    #expect(
      block.redraw(["three"], columns: 20) == "\u{1B}[2A\rthree\u{1B}[K\n\u{1B}[J")
    #expect(block.redraw([], columns: 20) == "\u{1B}[1A\r\u{1B}[J")
  }

  @Test func `a line that the terminal would wrap is cut`() {
    var block = LiveBlock()
    #expect(block.redraw(["abcdefghij"], columns: 8) == "abcdef…\u{1B}[K\n")
  }

  @Test func `without a terminal nothing moves`() {
    var block = LiveBlock()
    #expect(block.redraw(["one"], columns: nil) == "one\n")
    #expect(block.redraw(["two"], columns: nil) == "two\n")
  }
}
