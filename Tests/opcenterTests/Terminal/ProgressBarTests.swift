import Testing

@testable import opcenter

struct ProgressBarTests {
  private let terminal = TerminalStyle(
    isTerminal: true, columns: 60, usesColor: false, usesUnicode: false)

  /// The line without the control sequences around it.
  private func visible(_ text: String?) -> String? {
    text?.replacing("\r", with: "").replacing("\u{1B}[K", with: "")
      .replacing("\u{1B}[32m", with: "").replacing("\u{1B}[0m", with: "")
  }

  @Test func `the line shows the label, the bar, the share, the counts and the note`() {
    var bar = ProgressBar(label: "Guests", style: terminal)
    let text = bar.update(done: 225, total: 500, note: "day 2", atMilliseconds: 0)
    #expect(text == "\rGuests [##########--------------]  45%  225/500  day 2\u{1B}[K")
  }

  @Test func `colour is used only where it is wanted, and only for what is done`() {
    var style = terminal
    style.usesColor = true
    style.usesUnicode = true
    var bar = ProgressBar(label: "", style: style)
    #expect(bar.update(done: 1, total: 2, atMilliseconds: 0)?.contains("\u{1B}[32m█") == true)
    #expect(bar.update(done: 0, total: 2, atMilliseconds: 99)?.contains("\u{1B}[32m") == false)
  }

  @Test func `it is redrawn at most every fifty milliseconds`() {
    var bar = ProgressBar(label: "", style: terminal)
    let drawn = [100, 149, 150, 160, 199, 200, 230, 10_000].map {
      bar.update(done: 1, total: 2, atMilliseconds: $0) != nil
    }
    #expect(drawn == [true, false, true, false, false, true, false, true])
  }

  @Test func `the last state is drawn at once and leaves the line`() {
    var bar = ProgressBar(label: "", style: terminal)
    _ = bar.update(done: 1, total: 2, atMilliseconds: 0)
    #expect(visible(bar.finish(done: 2, total: 2))?.hasSuffix(" 100%  2/2\n") == true)
    #expect(bar.clear() == nil)
  }

  @Test func `a line that was drawn can be taken away`() {
    var bar = ProgressBar(label: "", style: terminal)
    #expect(bar.clear() == nil)
    _ = bar.update(done: 1, total: 2, atMilliseconds: 0)
    #expect(bar.clear() == "\r\u{1B}[K")
    #expect(bar.update(done: 1, total: 2, atMilliseconds: 1) != nil)
  }

  @Test func `nothing is written where there is no terminal`() {
    var bar = ProgressBar(label: "Guests", style: .plain)
    #expect(bar.update(done: 1, total: 2, atMilliseconds: 0) == nil)
    #expect(bar.finish(done: 2, total: 2) == nil)
    #expect(bar.clear() == nil)
  }

  @Test(arguments: 0...80)
  func `the line is always narrower than the terminal`(columns: Int) throws {
    var style = terminal
    style.columns = columns
    var bar = ProgressBar(label: "गेस्ट 王", style: style)
    let text = try #require(
      visible(bar.update(done: 3, total: 1_000_000, note: "day 2\nx", atMilliseconds: 0)))
    #expect(TerminalText.width(text) <= max(0, columns - 1))
  }

  @Test(
    arguments: [
      (0, 0, "100%"), (0, 3, "  0%"), (1, 3, " 33%"), (999, 1_000, " 99%"), (5, 3, "100%"),
      (UInt64.max - 1, UInt64.max, " 99%"),
    ] as [(UInt64, UInt64, String)])
  func `the share is rounded down and never overflows`(done: UInt64, total: UInt64, share: String) {
    var style = terminal
    style.columns = 120
    var bar = ProgressBar(label: "", style: style)
    let text = bar.update(done: done, total: total, atMilliseconds: .max)
    #expect(text?.contains("] \(share)  ") == true)
    #expect(bar.update(done: done, total: total, atMilliseconds: .min) != nil)
  }
}
