/// Writes the rows of a guest file that were refused, as they stood there, with a column that says why:
/// to be mended and imported again.
struct RefusedRows {
  /// A file of such rows is read like any other; this column is left out.
  static let title = "why refused"

  private let bytes: [UInt8]
  private let separator: UInt8

  /// - Parameters:
  ///   - bytes: of the file, as UTF-8.
  ///   - separator: stands between its columns.
  init(_ bytes: [UInt8], separator: UInt8) { (self.bytes, self.separator) = (bytes, separator) }

  func table(of refused: [GuestImportRows.RefusedLine]) -> [UInt8] {
    let reasons = Dictionary(
      refused.map { ($0.line, $0.message) }, uniquingKeysWith: { "\($0); \($1)" })
    var reader = CSVReader(bytes, separator: separator, isRagged: true)
    var writer = CSVWriter()
    writer.appendByteOrderMark()
    guard case .success(let header)? = reader.next() else { return [] }
    // A file that was mended before has the column already.
    let titles = header.texts
    let kept = titles.indices.filter { titles[$0] != Self.title }
    writer.append(kept.map { titles[$0] } + [Self.title])
    let lines = PhysicalLines(bytes)
    while let element = reader.next() {
      switch element {
      case .success(let record):
        guard let reason = reasons[record.line] else { continue }
        writer.append(kept.map { $0 < record.count ? record[$0] : "" } + [reason])
      case .failure(let fault):
        // Where its columns end nobody knows.
        let empty = Array(repeating: "", count: max(kept.count - 1, 0))
        writer.append([lines[fault.line]] + empty + [fault.message])
      }
    }
    return writer.bytes
  }
}

/// The lines of a text as editors count them, from 1.
private struct PhysicalLines {
  private let bytes: [UInt8]
  private let starts: [Int]

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    var starts = [0]
    for (place, byte) in bytes.enumerated() {
      let isReturn = byte == 0x0D && !(place + 1 < bytes.count && bytes[place + 1] == 0x0A)
      if byte == 0x0A || isReturn { starts.append(place + 1) }
    }
    self.starts = starts
  }

  subscript(line: Int) -> String {
    guard starts.indices.contains(line - 1) else { return "" }
    let rest = bytes[starts[line - 1]...].prefix { $0 != 0x0A && $0 != 0x0D }
    return String(decoding: rest, as: UTF8.self)
  }
}
