import CampaignEngine

/// Reads a guest file: the first row names the columns, in any order; each further row is a guest.
///
/// A column that is not known refuses the file. Were it passed over, a mistyped `opted_out` would
/// write to people who asked not to be written to.
struct GuestRows: Sequence, IteratorProtocol {
  typealias Element = Result<GuestFileRow, CSVFault>

  /// Without these no new guest can be made.
  static let requiredColumns = GuestAttribute.all.filter(\.isRequired)

  let columns: [GuestColumn]
  private var reader: CSVReader

  init(_ bytes: [UInt8], limits: CSVLimits = CSVLimits()) throws(GuestHeaderFault) {
    reader = CSVReader(bytes, limits: limits, isRagged: true)
    switch reader.next() {
    case nil: throw GuestHeaderFault(problems: [.empty])
    case .failure(let fault): throw GuestHeaderFault(problems: [.unreadable(fault)])
    case .success(let header): columns = try Self.columns(named: header)
    }
  }

  /// The next guest, or a row that cannot be read; nil at the end. Rows without any value, which
  /// spreadsheets like to write at the end, are passed over.
  mutating func next() -> Result<GuestFileRow, CSVFault>? {
    while let element = reader.next() {
      switch element {
      case .failure(let fault):
        return .failure(fault)
      case .success(let record):
        var row = GuestFileRow(line: record.line)
        var isBlank = true
        for (index, column) in columns.enumerated() {
          guard let text = record.trimmed(index) else { continue }
          row.set(column, to: text)
          isBlank = false
        }
        if let fault = misfit(record) { return .failure(fault) }
        if !isBlank { return .success(row) }
      }
    }
    return nil
  }

  /// Spreadsheets leave out empty cells at the end of a row, or write more of them than there are
  /// columns. What is left out keeps what is stored, so nothing that decides may be among it: a row
  /// that a stray line break has cut must not write to somebody who asked not to be written to.
  private func misfit(_ record: CSVRecord) -> CSVFault? {
    for index in columns.count..<Swift.max(columns.count, record.count)
    where record.trimmed(index) != nil {
      return CSVFault(
        line: record.line, reason: .tooManyColumns,
        message: "column \(index + 1) has a value, and no name in the first row")
    }
    guard record.count < columns.count,
      (0..<record.count).contains(where: { record.trimmed($0) != nil }),
      let missing = columns[record.count...].first(where: \.mustBeInEachRow)
    else { return nil }
    return CSVFault(
      line: record.line, reason: .tooFewColumns,
      message:
        "expected \(columns.count) columns; found \(record.count), so \(missing.title) is left out")
  }

  private static func columns(named header: CSVRecord) throws(GuestHeaderFault) -> [GuestColumn] {
    if let separator = otherSeparator(in: header) {
      throw GuestHeaderFault(problems: [.separator(separator)])
    }
    var columns: [GuestColumn] = []
    var positions: [GuestColumn: [Int]] = [:]
    var problems: [GuestHeaderFault.Problem] = []
    // Empty columns at the end are none.
    let count = ((0..<header.count).last { header.trimmed($0) != nil } ?? -1) + 1
    for index in 0..<count {
      guard let title = header.trimmed(index) else {
        problems.append(.unnamed(column: index + 1))
        continue
      }
      guard let column = GuestColumn(title: title) else {
        problems.append(
          .unknown(title, column: index + 1, suggestion: GuestColumn.nearest(to: title)))
        continue
      }
      columns.append(column)
      positions[column, default: []].append(index + 1)
    }
    for column in columns {
      guard let repeated = positions.removeValue(forKey: column), repeated.count > 1 else {
        continue
      }
      problems.append(.duplicate(column.title, columns: repeated))
    }
    for attribute in requiredColumns where !columns.contains(.attribute(attribute)) {
      problems.append(.missing(attribute.name))
    }
    guard problems.isEmpty else { throw GuestHeaderFault(problems: problems) }
    return columns
  }

  /// Spreadsheets of many countries write semicolons, since the comma is their decimal sign.
  private static func otherSeparator(in header: CSVRecord) -> String? {
    guard header.count == 1 else { return nil }
    let title = header[0].utf8
    if title.contains(UInt8(ascii: ";")) { return "semicolons" }
    if title.contains(0x09) { return "tabs" }
    return nil
  }
}
