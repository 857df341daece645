/// Why the first row of a guest file cannot be used. It lists everything at once, so that the
/// file is mended once.
struct GuestHeaderFault: Error, Equatable, Sendable, CustomStringConvertible {
  enum Problem: Equatable, Sendable {
    case empty
    case unreadable(CSVFault)
    case missing(String)
    /// Columns are counted from 1.
    case duplicate(String, columns: [Int])
    case unknown(String, column: Int, suggestion: String?)
    case unnamed(column: Int)
    /// `--map` names a title that is not there.
    case notInFile(String)
  }

  var problems: [Problem]

  var description: String { problems.map(\.description).joined(separator: "\n") }
}

extension GuestHeaderFault.Problem: CustomStringConvertible {
  var description: String {
    switch self {
    case .empty:
      "the file is empty; its first row names the columns, such as name,phone,language"
    case .unreadable(let fault):
      fault.description
    case .missing(let name):
      "there is no column \(name)"
    case .duplicate(let name, let columns):
      "columns \(columns.map(String.init).joined(separator: " and ")) are both \(name);"
        + " --map TITLE=- leaves one out"
    case .unknown(let title, let column, let suggestion):
      if let suggestion {
        "column \(column) is named \(Self.quoted(title)); did you mean \(suggestion)?"
      } else {
        "column \(column) is named \(Self.quoted(title)), which is not known;"
          + " say with --map \"TITLE=COLUMN\" what it is: fields.NAME keeps it, - leaves it out"
      }
    case .unnamed(let column):
      "column \(column) has no name in the first row"
    case .notInFile(let title):
      "no column is named \(Self.quoted(title)), as --map has it"
    }
  }

  /// A title comes from the file: it is cut, and control characters must not reach a terminal.
  private static func quoted(_ title: String) -> String {
    let longest = 40
    let scalars = title.unicodeScalars.prefix(longest)
    let cut = title.unicodeScalars.count > longest ? "…" : ""
    return "\"" + TerminalText.printable(String(String.UnicodeScalarView(scalars))) + cut + "\""
  }
}
