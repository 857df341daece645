import CampaignEngine
import JSONRPC
import OperationCenterService
import Wire

/// Reads all pages of a campaign's results and writes them as they come, so that a million guests
/// need no more room than one page.
struct ResultExport {
  enum Format {
    case csv(hasByteOrderMark: Bool)
    /// One row a line, as the service gave it.
    case jsonLines
  }

  let campaign: String
  let status: [String]
  let format: Format
  /// Of those alone whom nothing reaches.
  var isCallSheet = false

  private static let rowsPerPage: Int64 = 500

  /// - Parameters:
  ///   - call: one call to the service; a refusal is thrown.
  ///   - write: takes the next bytes.
  /// - Returns: how many rows there were.
  func run(
    call: (_ method: String, _ params: WireMap<RawJSON>) throws -> WireMap<RawJSON>,
    write: ([UInt8]) throws -> Void
  ) throws -> Int {
    var params: WireMap<RawJSON> = ["campaign_id": RawJSON(campaign)]
    params["limit"] = RawJSON(Self.rowsPerPage)
    if !status.isEmpty { params["status"] = RawJSON(status) }
    var rowCount = 0
    var table: ResultTable?
    while true {
      let page = try call(isCallSheet ? "campaign.unreached" : "campaign.results", params)
      let rows = try page.decoded("items", as: [RawJSON].self)
      rowCount += rows.count
      switch format {
      case .jsonLines:
        for row in rows { try write(row.bytes + [UInt8(ascii: "\n")]) }
      case .csv(let hasByteOrderMark):
        var writer = CSVWriter()
        let columns =
          try table
          ?? (isCallSheet
            ? .callSheet : ResultTable(page.decoded("columns", as: ResultColumns.self)))
        if table == nil {
          if hasByteOrderMark { writer.appendByteOrderMark() }
          writer.append(columns.titles)
        }
        table = columns
        for row in rows {
          writer.append(columns.cells(of: try JSON.decode(JSONValue.self, from: row.bytes)))
        }
        try write(writer.bytes)
      }
      guard let cursor = page["next_cursor"] else { return rowCount }
      params["cursor"] = cursor
    }
  }
}
