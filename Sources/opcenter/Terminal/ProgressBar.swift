/// One line that shows how far something is, redrawn in place on a terminal. Elsewhere it stays
/// silent: a log has no use for a thousand states of one line.
///
/// It only makes texts; whoever owns standard error writes them, since standard output may belong
/// to a protocol. Time is an argument too, from any monotonic clock.
struct ProgressBar: Sendable {
  /// 20 redraws a second look smooth, and cost nothing over a slow connection.
  static let redrawIntervalMilliseconds: Int64 = 50

  private static let barCells = 24
  private static let green = "\u{1B}[32m"
  private static let plain = "\u{1B}[0m"
  private static let eraseToEnd = "\u{1B}[K"

  private let label: String
  private let style: TerminalStyle
  private var drawnAtMilliseconds: Int64?

  init(label: String, style: TerminalStyle) {
    self.label = TerminalText.printable(label)
    self.style = style
  }

  /// The text that redraws the line; nil if it is too early for that or there is no terminal.
  mutating func update(
    done: UInt64, total: UInt64, note: String = "", atMilliseconds now: Int64
  ) -> String? {
    guard style.isTerminal else { return nil }
    if let drawn = drawnAtMilliseconds {
      let (elapsed, isOverflow) = now.subtractingReportingOverflow(drawn)
      guard isOverflow || elapsed >= Self.redrawIntervalMilliseconds else { return nil }
    }
    drawnAtMilliseconds = now
    return "\r" + line(done: done, total: total, note: note) + Self.eraseToEnd
  }

  /// The text that draws the last state and leaves the line; nil if there is no terminal.
  mutating func finish(done: UInt64, total: UInt64, note: String = "") -> String? {
    guard style.isTerminal else { return nil }
    drawnAtMilliseconds = nil
    return "\r" + line(done: done, total: total, note: note) + Self.eraseToEnd + "\n"
  }

  /// The text that takes the line away, before something else is printed; nil if none is drawn.
  mutating func clear() -> String? {
    guard drawnAtMilliseconds != nil else { return nil }
    drawnAtMilliseconds = nil
    return "\r" + Self.eraseToEnd
  }

  /// The line alone, for whoever redraws it with others.
  func line(done: UInt64, total: UInt64, note: String) -> String {
    let percent = Self.share(of: done, in: total, parts: 100)
    let padding = String(repeating: " ", count: percent < 10 ? 2 : percent < 100 ? 1 : 0)
    let head = label.isEmpty ? "" : label + " "
    let counts = " \(padding)\(percent)%  \(done)/\(total)"
    let tail = note.isEmpty ? counts : counts + "  " + TerminalText.printable(note)
    // The last column stays free: some terminals wrap as soon as it is filled.
    let room = max(0, style.columns - 1)
    let barRoom = room - TerminalText.width(head) - TerminalText.width(counts) - 2
    let cells = min(Self.barCells, barRoom)
    guard cells > 0 else { return fitted(head + tail, to: room) }
    let drawn = head + "[" + bar(done: done, total: total, cells: cells) + "]"
    return drawn + fitted(tail, to: room - TerminalText.width(head) - cells - 2)
  }

  private func bar(done: UInt64, total: UInt64, cells: Int) -> String {
    let filled = Self.share(of: done, in: total, parts: cells)
    let full = String(repeating: style.usesUnicode ? "█" : "#", count: filled)
    let empty = String(repeating: style.usesUnicode ? "░" : "-", count: cells - filled)
    return style.usesColor && filled > 0 ? Self.green + full + Self.plain + empty : full + empty
  }

  private func fitted(_ text: String, to cells: Int) -> String {
    TerminalText.fitted(text, to: max(0, cells), ellipsis: style.usesUnicode ? "…" : "~")
  }

  /// How many of the parts are done, rounded down. Nothing to do counts as done.
  private static func share(of done: UInt64, in total: UInt64, parts: Int) -> Int {
    guard done < total else { return parts }
    // The product may need 128 bits; the quotient is at most `parts`.
    let product = done.multipliedFullWidth(by: UInt64(parts))
    return Int(total.dividingFullWidth(product).quotient)
  }
}
