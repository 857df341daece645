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

  /// Where they are to be written: not over the list itself.
  static func path(_ arguments: Arguments, list: String) throws(UsageError) -> String? {
    guard let path = arguments.value("refused") else { return nil }
    guard !Files.isSame(path, list) else {
      throw UsageError(
        message: "--refused names the list itself; name another file",
        command: arguments.commandName)
    }
    return path
  }

  /// - Parameter refused: none gives the titles alone.
  func table(of refused: [GuestImportRows.RefusedLine]) -> [UInt8] {
    let reasons = Dictionary(
      refused.map { ($0.line, $0.message) }, uniquingKeysWith: { "\($0); \($1)" })
    var reader = CSVReader(bytes, separator: separator, isRagged: true)
    var writer = CSVWriter()
    writer.appendByteOrderMark()
    guard case .success(let header)? = reader.next() else { return [] }
    // Why stands in front, so that a row stays as short or as long as it was: what was cut is not to pass
    // because it was written down again. A file that was mended before has the column already.
    let isOld = header[0] == Self.title
    let titles = header.texts.dropFirst(isOld ? 1 : 0)
    let count = (titles.lastIndex { !$0.isEmpty } ?? -1) + 1 - titles.startIndex
    writer.append([Self.title] + titles.prefix(max(count, 0)))
    if reasons.isEmpty { return writer.bytes }
    let lines = PhysicalLines(bytes)
    while let element = reader.next() {
      switch element {
      case .success(let record):
        guard let reason = reasons[record.line] else { continue }
        var cells = Array(record.texts.dropFirst(isOld ? 1 : 0))
        // Spreadsheets write empty cells at the end.
        while cells.count > count, cells.last?.isEmpty == true { cells.removeLast() }
        writer.append([reason] + cells)
      case .failure(let fault):
        // Where its columns end nobody knows.
        writer.append([fault.message, lines[fault.line..<max(reader.line, fault.line + 1)]])
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

  subscript(lines: Range<Int>) -> String {
    guard starts.indices.contains(lines.lowerBound - 1) else { return "" }
    let isLast = !starts.indices.contains(lines.upperBound - 1)
    let end = isLast ? bytes.count : starts[lines.upperBound - 1]
    var text = bytes[starts[lines.lowerBound - 1]..<end]
    while let last = text.last, last == 0x0A || last == 0x0D { text.removeLast() }
    return String(decoding: text, as: UTF8.self)
  }
}
