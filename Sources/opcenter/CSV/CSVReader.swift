import Wire

/// Reads the records of a CSV file as RFC 4180 has them, one at a time.
///
/// Beyond the standard it takes LF and CR alone as line breaks, other separators, a first line such as
/// `sep=;`, passes over empty lines, and keeps a quote inside an unquoted field as it is, since all of
/// that is what spreadsheets write. The first record decides how many columns every other one must have.
///
/// A record that cannot be read is a fault of its own and the rest goes on: reading resumes on
/// the line after the one where the field at fault began. So a quote that nobody closes costs one
/// line and not the file. No byte is scanned more than a few times: within a field that stays open
/// every run of quotes is even, hence nothing that is read again there stays open past its line.
struct CSVReader: Sequence, IteratorProtocol {
  typealias Element = Result<CSVRecord, CSVFault>

  private let bytes: [UInt8]
  private let limits: CSVLimits
  /// Records may have other numbers of columns than the first; who reads them judges that.
  private let isRagged: Bool
  private(set) var separator: UInt8
  private var offset = 0
  /// The physical line on which reading goes on.
  private(set) var line = 1
  /// How many columns the first record had.
  private(set) var columnCount: Int?

  /// - Parameters:
  ///   - bytes: UTF-8 without a mark.
  ///   - separator: stands between the columns, unless a first line says otherwise.
  init(
    _ bytes: [UInt8], separator: UInt8 = Self.comma, limits: CSVLimits = CSVLimits(),
    isRagged: Bool = false
  ) {
    self.bytes = bytes
    self.separator = separator
    self.limits = limits
    self.isRagged = isRagged
  }

  /// The next record or fault; nil at the end of the file.
  mutating func next() -> Result<CSVRecord, CSVFault>? {
    if offset == 0 { takeSeparator() }
    while offset < bytes.count, consumeLineBreak() {}
    guard offset < bytes.count else { return nil }

    var scan = Scan(offset: offset, line: line, limits: limits, byteCount: bytes.count)
    scan.fields.reserveCapacity(columnCount ?? 16)
    do throws(CSVFault) {
      while try scanField(&scan) {}
    } catch {
      resume(after: scan)
      return .failure(error)
    }
    if let fault = check(scan) { return .failure(fault) }
    return .success(CSVRecord(line: scan.startLine, bytes: bytes, fields: scan.fields))
  }
}

/// One record while it is scanned.
private struct Scan {
  let start: Int
  let startLine: Int
  /// The record may not reach beyond this offset.
  let limit: Int
  var fields: [CSVRecord.Field] = []
  /// Where the field in work began, which is where reading resumes if it is at fault.
  var fieldStart: Int
  var fieldLine: Int
  /// All bytes of the fields, or-ed: below 0x80 all are ASCII and need no further check.
  var bits: UInt8 = 0

  init(offset: Int, line: Int, limits: CSVLimits, byteCount: Int) {
    start = offset
    startLine = line
    fieldStart = offset
    fieldLine = line
    limit =
      byteCount - offset > limits.maximumRecordBytes
      ? offset + limits.maximumRecordBytes : byteCount
  }

  var column: Int { fields.count + 1 }

  func fault(_ reason: CSVFault.Reason, _ message: String) -> CSVFault {
    CSVFault(line: startLine, reason: reason, message: message)
  }
}

extension CSVReader {
  private static let quote = UInt8(ascii: "\"")
  static let comma = UInt8(ascii: ",")
  static let semicolon = UInt8(ascii: ";")
  static let tab: UInt8 = 0x09
  static let separators = [comma, semicolon, tab]
  private static let lineFeed = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")

  /// Scans one field and what ends it; true if another field follows.
  private mutating func scanField(_ scan: inout Scan) throws(CSVFault) -> Bool {
    scan.fieldStart = offset
    scan.fieldLine = line
    if offset < scan.limit, bytes[offset] == Self.quote {
      try scanQuoted(&scan)
    } else {
      try scanUnquoted(&scan)
    }
    guard offset < bytes.count else { return false }
    if bytes[offset] == separator {
      offset += 1
      return true
    }
    _ = consumeLineBreak()
    return false
  }

  private mutating func scanUnquoted(_ scan: inout Scan) throws(CSVFault) {
    let limit = scan.limit
    var end = offset
    var bits: UInt8 = 0
    while end < limit {
      let byte = bytes[end]
      if byte == separator || byte == Self.lineFeed || byte == Self.carriageReturn { break }
      bits |= byte
      end += 1
    }
    guard end < limit || limit == bytes.count else { throw recordTooLong(scan, isQuoted: false) }
    scan.bits |= bits
    scan.fields.append(CSVRecord.Field(start: offset, end: end, hasDoubledQuotes: false))
    offset = end
  }

  private mutating func scanQuoted(_ scan: inout Scan) throws(CSVFault) {
    let limit = scan.limit
    var end = offset + 1
    var bits: UInt8 = 0
    var hasDoubledQuotes = false
    while end < limit {
      let byte = bytes[end]
      bits |= byte
      if byte == Self.quote {
        guard end + 1 < bytes.count, bytes[end + 1] == Self.quote else { break }
        hasDoubledQuotes = true
        end += 1
      } else if byte == Self.lineFeed
        || (byte == Self.carriageReturn
          && !(end + 1 < bytes.count && bytes[end + 1] == Self.lineFeed))
      {
        line += 1
      }
      end += 1
    }
    // A doubled quote on the limit may have stepped over it.
    guard end < limit else {
      guard limit == bytes.count else { throw recordTooLong(scan, isQuoted: true) }
      throw scan.fault(
        .unterminatedQuote,
        "the quote that opens column \(scan.column) on line \(scan.fieldLine) is never closed")
    }
    let next = end + 1
    guard
      next == bytes.count || bytes[next] == separator || bytes[next] == Self.lineFeed
        || bytes[next] == Self.carriageReturn
    else {
      throw scan.fault(
        .textAfterQuote,
        "expected a comma or the end of the line after the closing quote of column"
          + " \(scan.column) on line \(line); a quote inside a field is written twice")
    }
    scan.bits |= bits
    scan.fields.append(
      CSVRecord.Field(start: offset + 1, end: end, hasDoubledQuotes: hasDoubledQuotes))
    offset = next
  }

  private func recordTooLong(_ scan: Scan, isQuoted: Bool) -> CSVFault {
    let hint =
      isQuoted
      ? "; is the quote that opens column \(scan.column) on line \(scan.fieldLine) closed?" : ""
    return scan.fault(
      .recordTooLong, "a record may have at most \(limits.maximumRecordBytes) bytes\(hint)")
  }

  /// What is wrong with a record whose end was found. Reading goes on after it.
  private mutating func check(_ scan: Scan) -> CSVFault? {
    let expected = columnCount ?? scan.fields.count
    columnCount = expected
    if scan.fields.count != expected, !isRagged {
      return scan.fault(
        scan.fields.count < expected ? .tooFewColumns : .tooManyColumns,
        "expected \(expected) columns; found \(scan.fields.count)")
    }
    if let column = scan.fields.firstIndex(where: { $0.end - $0.start > limits.maximumFieldBytes })
    {
      return scan.fault(
        .fieldTooLong,
        "expected at most \(limits.maximumFieldBytes) bytes in column \(column + 1);"
          + " found \(scan.fields[column].end - scan.fields[column].start)")
    }
    guard scan.bits >= 0x80, !isUTF8(from: scan.start, to: offset) else { return nil }
    let column = scan.fields.firstIndex { !isUTF8(from: $0.start, to: $0.end) } ?? 0
    return scan.fault(
      .invalidUTF8, "column \(column + 1) is not UTF-8; save the file as \"CSV UTF-8\"")
  }

  private func isUTF8(from start: Int, to end: Int) -> Bool {
    bytes.withUnsafeBufferPointer {
      ScalarCheck.passes(UnsafeBufferPointer(rebasing: $0[start..<end]))
    }
  }

  private mutating func resume(after scan: Scan) {
    offset = scan.fieldStart
    line = scan.fieldLine
    while offset < bytes.count, !consumeLineBreak() { offset += 1 }
  }

  /// Steps over one line break of any kind, if one stands here.
  private mutating func consumeLineBreak() -> Bool {
    switch bytes[offset] {
    case Self.lineFeed: offset += 1
    case Self.carriageReturn:
      offset += offset + 1 < bytes.count && bytes[offset + 1] == Self.lineFeed ? 2 : 1
    default: return false
    }
    line += 1
    return true
  }

  /// Some spreadsheets say in a line of its own what stands between the columns: `sep=;`.
  private mutating func takeSeparator() {
    var rest = bytes[offset...].prefix { $0 != Self.lineFeed && $0 != Self.carriageReturn }
    let length = rest.count
    if rest.first == Self.quote { rest.removeFirst() }
    guard rest.prefix(4).map({ $0 | 0x20 }) == Array("sep=".utf8),
      let given = rest.dropFirst(4).first, Self.separators.contains(given),
      rest.dropFirst(5).allSatisfy({ $0 == Self.quote || $0 == given || $0 == Self.comma })
    else { return }
    separator = given
    offset += length
    if offset < bytes.count { _ = consumeLineBreak() }
  }
}
