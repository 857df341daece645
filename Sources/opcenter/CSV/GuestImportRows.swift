import CampaignEngine
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

  private(set) var rows: [CampaignEngine.GuestRow] = []
  /// Line of the file for each row.
  private(set) var lines: [Int] = []
  private(set) var refused: [RefusedLine] = []

  /// Rows of the file, whatever became of them.
  private(set) var count = 0

  init(file path: String) throws {
    let bytes = try Files.read(path)
    do throws(GuestHeaderFault) {
      for result in try GuestRows(bytes) { add(result) }
    } catch {
      throw Refusal(message: "\(path): \(error)")
    }
  }

  private mutating func add(_ result: Result<GuestRow, CSVFault>) {
    count += 1
    switch result {
    case .failure(let fault):
      refused.append(
        RefusedLine(line: fault.line, reason: fault.reason.rawValue, message: fault.message))
    case .success(let row):
      do throws(Fault) {
        rows.append(try Self.importRow(row))
        lines.append(row.line)
      } catch {
        refused.append(RefusedLine(line: row.line, reason: error.reason, message: error.message))
      }
    }
  }

  /// Rows that the service refused, added under their lines.
  mutating func add(refused row: Int, reason: String, message: String) {
    refused.append(RefusedLine(line: lines[row], reason: reason, message: message))
  }

  mutating func sortRefused() { refused.sort { $0.line < $1.line } }

  private struct Fault: Error {
    let reason: String
    let message: String
  }

  private static func importRow(_ row: GuestRow) throws(Fault) -> CampaignEngine.GuestRow {
    var result = CampaignEngine.GuestRow()
    result.externalID = row.externalID
    result.name = row.name
    result.phone = row.phone
    result.category = row.category
    result.language = row.language
    result.timeZone = row.timeZone
    result.partySize = row.partySize.map(Scalar.text)
    result.rsvp = row.rsvp
    result.attendingCount = row.attendingCount.map(Scalar.text)
    result.subscription = row.subscription
    result.tags = row.tags
    if let optedOut = row.optedOut, row.subscription == nil {
      switch optedOut.lowercased() {
      case "yes", "true", "1", "y": result.subscription = Subscription.optedOut.rawValue
      case "no", "false", "0", "n": break
      default: throw Fault(reason: "opted_out", message: "opted_out: expected yes or no")
      }
    }
    for field in row.fields { result.fieldValues[field.name] = .text(field.value) }
    try checkLengths(result)
    return result
  }

  /// What the service would refuse as a wrong shape refuses the whole call there, so it is found
  /// here and refuses its row alone.
  private static func checkLengths(_ row: CampaignEngine.GuestRow) throws(Fault) {
    do throws(WireError) {
      _ = try JSON.decode(CampaignEngine.GuestRow.self, from: JSON.encode(row))
    } catch {
      throw Fault(reason: error.reason, message: "\(error)")
    }
  }
}
