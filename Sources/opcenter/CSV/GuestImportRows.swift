import CampaignEngine
import OperationCenterService
import Wire

/// A guest file read for `guest.import`: rows that can be sent, and those refused here already.
struct GuestImportRows {
  struct RefusedLine: WireObject {
    var line = 0
    var reason = ""
    var message = ""

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("line", &line, "Line of the file on which the row starts, from 1.")
      try visit.field("reason", &reason, "A word for programs.")
      try visit.field("message", &message, "For people.")
    }
  }

  /// What the service noticed about a row that it took.
  struct WarnedLine: WireObject {
    var line = 0
    var code = ""
    var field = ""
    var message = ""
    var readings: [Phone]?

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("line", &line, "Line of the file on which the row starts, from 1.")
      try visit.field("code", &code, "A word for programs.")
      try visit.field("field", &field, "Column that it is about.")
      try visit.field("message", &message, "For people.")
      try visit.field("readings", &readings, "Numbers that a phone may mean.", .omittable)
    }
  }

  /// How a file was read, where nobody has said so.
  struct Reading: WireObject {
    var encoding = ""
    var separator = ""
    var columns: [GuestHeader.Reading] = []

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("encoding", &encoding, "utf-8, utf-16, or windows-1252, which is a guess.")
      try visit.field("separator", &separator, "What stands between the columns.")
      try visit.field("columns", &columns, "Those whose title is not the name of a column.")
    }
  }

  private(set) var rows: [GuestRow] = []
  let reading: Reading
  /// The file as it was, for those of its rows that are to be mended.
  private let stood: RefusedRows
  /// Line of the file for each row.
  private(set) var lines: [Int] = []
  private(set) var refused: [RefusedLine] = []
  private(set) var warnings: [WarnedLine] = []
  /// Long files go in several calls, so the service does not see all rows with one key together.
  private var linesByExternalID: [String: Int] = [:]

  /// Rows of the file, whatever became of them.
  private(set) var count = 0

  init(file path: String, _ map: GuestColumnMap = GuestColumnMap()) throws {
    let bytes = try Files.read(path)
    let found: GuestRows
    do throws(GuestHeaderFault) { found = try GuestRows(bytes, map) } catch {
      throw Refusal(message: "\(path): \(error)")
    }
    var reading = Reading()
    reading.encoding = found.text.encoding.rawValue
    reading.separator = String(Unicode.Scalar(found.separator))
    reading.columns = found.header.readings
    self.reading = reading
    stood = RefusedRows(found.text.bytes, separator: found.separator)
    for result in found { add(result) }
  }

  /// What a person should know of how the file was read, a line each.
  var notes: [String] {
    let guess =
      reading.encoding == FileText.Encoding.windows1252.rawValue
      ? [
        "the list is read as Windows-1252; where names look wrong, save it as \"CSV UTF-8\""
      ] : []
    return guess
      + reading.columns.map { column in
        let title = TerminalText.printable(column.title)
        return column.column == "-"
          ? "the column \(title) is left out" : "the column \(title) is read as \(column.column)"
      }
  }

  /// Writes the refused rows as a table, each with why; before anything is sent, its titles alone, so that
  /// a place where nothing can be written is known by then.
  func writeRefused(to path: String, isBegun: Bool) throws {
    try Files.write(stood.table(of: isBegun ? refused : []), to: path, isPrivate: true)
  }

  private mutating func add(_ result: Result<GuestFileRow, CSVFault>) {
    count += 1
    switch result {
    case .failure(let fault):
      refused.append(
        RefusedLine(line: fault.line, reason: fault.reason.rawValue, message: fault.message))
    case .success(let row):
      do throws(Fault) {
        let checked = try Self.importRow(row)
        if let key = row.row.externalID {
          if let line = linesByExternalID[key] {
            throw Fault(
              reason: "repeated", message: "external_id: line \(line) has the same one")
          }
          linesByExternalID[key] = row.line
        }
        rows.append(checked)
        lines.append(row.line)
      } catch {
        refused.append(RefusedLine(line: row.line, reason: error.reason, message: error.message))
      }
    }
  }

  /// What became of the rows of one call, under their lines.
  /// - Parameter first: the row that the call began with.
  mutating func add(_ items: [ImportItem], from first: Int) {
    for item in items {
      let line = lines[first + item.row]
      for warning in item.warnings {
        warnings.append(
          WarnedLine(
            line: line, code: warning.code, field: warning.field, message: warning.message,
            readings: warning.readings))
      }
      guard let error = item.error else { continue }
      refused.append(
        RefusedLine(
          line: line, reason: error.reason, message: "\(error.field): \(error.message)"))
    }
  }

  mutating func sortRefused() { refused.sort { $0.line < $1.line } }

  private struct Fault: Error {
    let reason: String
    let message: String
  }

  private static func importRow(_ row: GuestFileRow) throws(Fault) -> GuestRow {
    var result = row.row
    try read(row.optedOut, beside: result.subscription, into: &result)
    try checkLengths(result)
    return result
  }

  /// The two columns say the same thing; where they do not, nobody knows what was meant.
  private static func read(
    _ optedOut: String?, beside subscription: String?, into row: inout GuestRow
  ) throws(Fault) {
    guard let optedOut else { return }
    let isOptedOut: Bool
    switch optedOut.lowercased() {
    case "yes", "true", "1", "y": isOptedOut = true
    case "no", "false", "0", "n": isOptedOut = false
    default: throw Fault(reason: "opted_out", message: "opted_out: expected yes or no")
    }
    let out = Subscription.optedOut.rawValue
    guard subscription.map({ ($0 == out) == isOptedOut }) ?? true else {
      throw Fault(
        reason: "contradiction",
        message:
          "opted_out: expected the same as in subscription, where \(out) means yes and all else no")
    }
    if isOptedOut { row.subscription = out }
  }

  /// What the service would refuse as a wrong shape refuses the whole call there, so it is found
  /// here and refuses its row alone.
  private static func checkLengths(_ row: GuestRow) throws(Fault) {
    do throws(WireError) {
      _ = try JSON.decode(GuestRow.self, from: JSON.encode(row))
    } catch {
      throw Fault(reason: error.reason, message: "\(error)")
    }
  }
}
