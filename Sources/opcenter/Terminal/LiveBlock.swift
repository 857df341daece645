/// Lines that are drawn again in place. It only makes texts.
struct LiveBlock: Sendable {
  private var drawnLines = 0

  /// The text that puts these lines where the last ones stood. A line that the terminal would wrap
  /// is cut, since it would take two.
  mutating func redraw(_ lines: [String], columns: Int?) -> String {
    var text = drawnLines > 0 ? "\u{1B}[\(drawnLines)A\r" : ""
    let isTerminal = columns != nil
    for line in lines {
      text += columns.map { cut(line, to: $0 - 1) } ?? line
      text += isTerminal ? "\u{1B}[K\n" : "\n"
    }
    if drawnLines > lines.count { text += "\u{1B}[J" }
    drawnLines = isTerminal ? lines.count : 0
    return text
  }

  /// Colours take no cells; a line that has them was fitted by whoever made it.
  private func cut(_ line: String, to cells: Int) -> String {
    line.contains("\u{1B}") ? line : TerminalText.fitted(line, to: max(0, cells))
  }
}
