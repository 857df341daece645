/// Rows of text in aligned columns.
///
///     outcome    guests  share
///     ─────────  ──────  ─────
///     attending     168    41%
struct Table: Sendable {
  struct Column: Sendable {
    enum Alignment: Sendable {
      case leading
      case trailing
      /// Trailing if every cell that is not empty is a number.
      case automatic
    }

    var title: String
    var alignment: Alignment

    init(_ title: String, _ alignment: Alignment = .automatic) {
      self.title = TerminalText.printable(title)
      self.alignment = alignment
    }
  }

  private static let gap = "  "
  /// No column is made narrower than this to fit a terminal.
  private static let narrowestCells = 8

  private let columns: [Column]
  private var rows: [[String]] = []
  private let rule: String

  /// `usesUnicode` is false for terminals that show ASCII only.
  init(_ columns: [Column], usesUnicode: Bool = true) {
    self.columns = columns
    rule = usesUnicode ? "─" : "-"
  }

  /// Missing cells are empty.
  mutating func append(_ cells: [String]) {
    precondition(cells.count <= columns.count, "A row has more cells than the table has columns.")
    let missing = [String](repeating: "", count: columns.count - cells.count)
    rows.append(cells.map(TerminalText.printable) + missing)
  }

  /// The lines of the table, each with its line break. Where it would be wider than the terminal,
  /// the widest column of text is cut.
  func rendered(maximumCells: Int? = nil) -> String {
    guard !columns.isEmpty else { return "" }
    let isTrailing = columns.indices.map(isTrailing)
    let widths = fittedWidths(maximumCells: maximumCells, isTrailing: isTrailing)
    let titles = columns.map(\.title)
    let rules = widths.map { String(repeating: rule, count: $0) }
    return ([titles, rules] + rows).map { cells in
      line(cells, widths: widths, isTrailing: isTrailing)
    }.joined()
  }

  private func line(_ cells: [String], widths: [Int], isTrailing: [Bool]) -> String {
    var text = ""
    var owedSpaces = 0
    for (index, cell) in cells.enumerated() {
      if index > 0 { owedSpaces += Self.gap.utf8.count }
      let ellipsis = rule == "-" ? "~" : "…"
      let shown = TerminalText.fitted(cell, to: widths[index], ellipsis: ellipsis)
      let padding = widths[index] - TerminalText.width(shown)
      if isTrailing[index] { owedSpaces += padding }
      // Spaces are written only before something, so that no line ends with them.
      if !shown.isEmpty {
        text += String(repeating: " ", count: owedSpaces) + shown
        owedSpaces = 0
      }
      if !isTrailing[index] { owedSpaces += padding }
    }
    return text + "\n"
  }

  private func fittedWidths(maximumCells: Int?, isTrailing: [Bool]) -> [Int] {
    var widths = columns.indices.map { column in
      rows.reduce(TerminalText.width(columns[column].title)) {
        max($0, TerminalText.width($1[column]))
      }
    }
    guard let maximumCells else { return widths }
    let gaps = Self.gap.utf8.count * (columns.count - 1)
    var excess = widths.reduce(gaps, +) - maximumCells
    while excess > 0 {
      // Numbers are never cut: a cut number is a wrong one.
      guard
        let widest = widths.indices.filter({ !isTrailing[$0] }).max(by: { widths[$0] < widths[$1] }
        ),
        widths[widest] > Self.narrowestCells
      else { break }
      widths[widest] -= 1
      excess -= 1
    }
    return widths
  }

  private func isTrailing(_ column: Int) -> Bool {
    switch columns[column].alignment {
    case .leading: return false
    case .trailing: return true
    case .automatic:
      let cells = rows.lazy.map { $0[column] }.filter { !$0.isEmpty }
      return !cells.isEmpty && cells.allSatisfy(Self.isNumber)
    }
  }

  /// Digits, perhaps with a sign before, separators between and a short unit behind: `1,204`,
  /// `-3`, `41%`, `0.04 USD`, `12 ms`. A dash alone stands for no number.
  private static func isNumber(_ cell: String) -> Bool {
    if cell == "-" || cell == "–" { return true }
    var rest = Substring(cell)
    if let sign = rest.first, "+-−".contains(sign) { rest.removeFirst() }
    guard let first = rest.first, first.isASCII, first.isNumber else { return false }
    let unit = rest.drop { ($0.isASCII && $0.isNumber) || ".,' ".contains($0) }
    return unit.count <= 3 && unit.allSatisfy { $0.isLetter || $0 == "%" }
  }
}
