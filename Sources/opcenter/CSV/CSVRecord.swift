/// One record of a CSV file: where its fields lie in the file. A text is made only of those that
/// are asked for.
struct CSVRecord: Sendable {
  struct Field: Sendable {
    /// Without the quotes around the field.
    var start: Int
    var end: Int
    /// Whether quotes are doubled inside.
    var hasDoubledQuotes: Bool
  }

  /// The physical line on which the record starts, counted from 1.
  let line: Int
  private let bytes: [UInt8]
  private let fields: [Field]

  init(line: Int, bytes: [UInt8], fields: [Field]) {
    self.line = line
    self.bytes = bytes
    self.fields = fields
  }

  var count: Int { fields.count }

  var texts: [String] { fields.indices.map { self[$0] } }

  /// The field as it stands in the file, spaces and line breaks included (RFC 4180 section 2).
  subscript(column: Int) -> String {
    let field = fields[column]
    return text(from: field.start, to: field.end, hasDoubledQuotes: field.hasDoubledQuotes)
  }

  /// The field without the white space around it, and without the apostrophe that makes a text of what
  /// looks like a formula; nil where nothing is left, or the record ended before.
  func trimmed(_ column: Int) -> String? {
    guard column < fields.count else { return nil }
    let field = fields[column]
    var start = field.start
    var end = field.end
    while start < end, Self.isSpace(bytes[start]) { start += 1 }
    while start < end, Self.isSpace(bytes[end - 1]) { end -= 1 }
    guard start < end else { return nil }
    return CSVWriter.unmarked(
      text(from: start, to: end, hasDoubledQuotes: field.hasDoubledQuotes))
  }

  private func text(from start: Int, to end: Int, hasDoubledQuotes: Bool) -> String {
    guard hasDoubledQuotes else {
      // Several times faster than the same by a slice of the array.
      return bytes.withUnsafeBufferPointer {
        String(decoding: UnsafeBufferPointer(rebasing: $0[start..<end]), as: UTF8.self)
      }
    }
    var unescaped: [UInt8] = []
    unescaped.reserveCapacity(end - start)
    var offset = start
    while offset < end {
      unescaped.append(bytes[offset])
      // Inside a quoted field quotes come in pairs only; the second of each is left out.
      offset += bytes[offset] == UInt8(ascii: "\"") ? 2 : 1
    }
    return String(decoding: unescaped, as: UTF8.self)
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || (0x09...0x0D).contains(byte)
  }
}
