#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif
import Wire

/// What the thing behind a descriptor can show.
struct TerminalStyle: Equatable, Sendable {
  /// False for files and pipes, and for terminals that cannot redraw a line.
  var isTerminal: Bool
  var columns: Int
  var usesColor: Bool
  var usesUnicode: Bool

  /// A file or a pipe: no colour and nothing redrawn.
  static let plain = TerminalStyle(
    isTerminal: false, columns: 80, usesColor: false, usesUnicode: true)

  init(isTerminal: Bool, columns: Int, usesColor: Bool, usesUnicode: Bool) {
    self.isTerminal = isTerminal
    self.columns = columns
    self.usesColor = usesColor
    self.usesUnicode = usesUnicode
  }

  /// `NO_COLOR` counts when it is not empty (no-color.org). The first of `LC_ALL`, `LC_CTYPE` and
  /// `LANG` that is not empty names the character set (POSIX, section 8.2).
  init(isTerminal: Bool, columns: Int?, environment: (String) -> String?) {
    func value(_ name: String) -> String? { environment(name).flatMap { $0.isEmpty ? nil : $0 } }
    let isDumb = value("TERM") == nil || value("TERM") == "dumb"
    self.isTerminal = isTerminal && !isDumb
    let fallback = Self.plain.columns
    self.columns = columns.flatMap { $0 > 0 ? $0 : nil } ?? fallback
    usesColor = self.isTerminal && value("NO_COLOR") == nil
    let locale = value("LC_ALL") ?? value("LC_CTYPE") ?? value("LANG") ?? ""
    let characterSet = locale.uppercased()
    usesUnicode = characterSet.contains(text: "UTF-8") || characterSet.contains(text: "UTF8")
  }

  /// Asks the system about standard output (1) or standard error (2).
  init(descriptor: Int32) {
    var size = winsize()
    let isSized = ioctl(descriptor, numericCast(TIOCGWINSZ), &size) == 0
    self.init(
      isTerminal: isatty(descriptor) == 1, columns: isSized ? Int(size.ws_col) : nil,
      environment: { name in getenv(name).map { String(cString: $0) } })
  }
}
