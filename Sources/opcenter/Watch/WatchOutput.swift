import CampaignEngine
import OperationCenterService
import Wire

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What a watcher sees: a picture redrawn in place, lines of text, or lines of JSON.
struct WatchOutput {
  /// Four pictures a second are as many as a person can read.
  static let intervalMilliseconds: Int64 = 250
  /// A log has no use for more lines than this.
  private static let lineIntervalMilliseconds: Int64 = 5000

  let isOnce: Bool
  private let isJSON: Bool
  private(set) var hasShown = false
  private var block = LiveBlock()
  private var drawn: [String] = []
  private var lineAtMilliseconds: Int64?
  private var lineStatus: CampaignStatus?

  init(isJSON: Bool, isOnce: Bool) { (self.isJSON, self.isOnce) = (isJSON, isOnce) }

  var needsEvents: Bool { isJSON && !isOnce }

  mutating func show(_ feed: borrowing CampaignFeed, atMilliseconds now: Int64) throws {
    defer { hasShown = true }
    if isJSON {
      if !hasShown { try put("{\"statistics\":\(feed.rawStatistics.text)}\n") }
      return
    }
    let style = TerminalStyle(descriptor: STDOUT_FILENO)
    if isOnce { return }
    if style.isTerminal {
      drawn = WatchPicture(feed, style, rows: Self.terminalRows).lines
      try put(block.redraw(drawn, columns: style.columns))
      return
    }
    let isDue = lineAtMilliseconds.map { now - $0 >= Self.lineIntervalMilliseconds } ?? true
    guard isDue || feed.statistics.status != lineStatus else { return }
    (lineAtMilliseconds, lineStatus) = (now, feed.statistics.status)
    try put(WatchPicture(feed, style, rows: nil).summary + "\n")
  }

  func show(_ event: RawJSON) throws {
    if isJSON { try put("{\"event\":\(event.text)}\n") }
  }

  /// Something about the connection: under the picture, or on standard error where there is none.
  mutating func note(_ text: String) throws {
    let style = TerminalStyle(descriptor: STDOUT_FILENO)
    if style.isTerminal, !isJSON {
      try put(block.redraw(drawn + ["", text], columns: style.columns))
    } else {
      StandardError.write("opcenter: \(text)\n")
    }
  }

  mutating func finish(_ feed: borrowing CampaignFeed) throws {
    if isJSON {
      if !isOnce { try put("{\"statistics\":\(feed.rawStatistics.text)}\n") }
      return
    }
    let style = TerminalStyle(descriptor: STDOUT_FILENO)
    // The last picture stays, so it may be longer than the screen.
    let lines = WatchPicture(feed, style, rows: nil).lines
    try put(block.redraw(lines, columns: style.isTerminal ? style.columns : nil))
  }

  private func put(_ text: String) throws { try StandardOutput.write(text) }

  private static var terminalRows: Int? {
    var size = winsize()
    guard ioctl(STDOUT_FILENO, numericCast(TIOCGWINSZ), &size) == 0, size.ws_row > 0 else {
      return nil
    }
    return Int(size.ws_row)
  }
}
