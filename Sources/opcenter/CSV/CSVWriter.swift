/// Writes records of CSV as RFC 4180 has them: commas, CRLF, and quotes where a field needs them.
struct CSVWriter {
  private(set) var bytes: [UInt8] = []

  /// Spreadsheets take UTF-8 for an old code page unless a byte order mark says what it is.
  mutating func appendByteOrderMark() { bytes += [0xEF, 0xBB, 0xBF] }

  mutating func append(_ fields: [String]) {
    for (index, field) in fields.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      append(field: Self.harmless(field))
    }
    bytes += [0x0D, 0x0A]
  }

  /// What was appended since the last call.
  mutating func takeBytes() -> [UInt8] {
    defer { bytes = [] }
    return bytes
  }

  private mutating func append(field: String) {
    let needsQuotes = field.utf8.contains { byte in
      byte == UInt8(ascii: "\"") || byte == UInt8(ascii: ",") || byte == 0x0A || byte == 0x0D
    }
    guard needsQuotes else {
      bytes += field.utf8
      return
    }
    bytes.append(UInt8(ascii: "\""))
    for byte in field.utf8 {
      if byte == UInt8(ascii: "\"") { bytes.append(byte) }
      bytes.append(byte)
    }
    bytes.append(UInt8(ascii: "\""))
  }

  /// Guests write what they like, and spreadsheets run what looks like a formula. An apostrophe in
  /// front makes a text of it. Numbers and phone numbers are none and stay as they are.
  static func harmless(_ field: String) -> String {
    switch field.unicodeScalars.first {
    case "=", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠": "'" + field
    case "+", "-": isNumber(field) ? field : "'" + field
    default: field
    }
  }

  /// What was written so, as it was before.
  static func unmarked(_ field: String) -> String {
    guard field.utf8.first == UInt8(ascii: "'") else { return field }
    let rest = String(field.unicodeScalars.dropFirst())
    return harmless(rest) == field ? rest : field
  }

  /// A sign and digits, with a decimal point at most once.
  private static func isNumber(_ field: String) -> Bool {
    let parts = field.utf8.dropFirst().split(
      separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return parts.count <= 2
      && parts.allSatisfy { part in
        !part.isEmpty && part.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      }
  }
}
