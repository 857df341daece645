/// The bytes of a table as UTF-8, whatever they were.
///
/// Spreadsheets write UTF-16 where "Unicode text" is asked for, and an old code page where nothing is.
/// A file says which by a mark at its front, or by what its bytes can be.
struct FileText: Sendable {
  enum Encoding: String, Sendable {
    case utf8 = "utf-8"
    case utf16 = "utf-16"
    /// Guessed: nothing in such a file says so.
    case windows1252 = "windows-1252"
  }

  let bytes: [UInt8]
  let encoding: Encoding

  init(_ given: [UInt8]) throws(CSVFault) {
    if given.starts(with: [0xEF, 0xBB, 0xBF]) {
      (bytes, encoding) = (Array(given[3...]), .utf8)
    } else if let isLittle = Self.isLittleEndian(given) {
      (bytes, encoding) = (try Self.fromUTF16(given, isLittle: isLittle), .utf16)
    } else if Self.isOfCodePage(given) {
      (bytes, encoding) = (Self.fromCodePage(given), .windows1252)
    } else {
      (bytes, encoding) = (given, .utf8)
    }
  }

  // MARK: - UTF-16

  /// By its mark, or by the zeros beside ASCII; nil for what is not UTF-16.
  private static func isLittleEndian(_ bytes: [UInt8]) -> Bool? {
    if bytes.starts(with: [0xFF, 0xFE]) { return true }
    if bytes.starts(with: [0xFE, 0xFF]) { return false }
    let beginning = bytes.prefix(4)
    guard beginning.count == 4 else { return nil }
    // A table begins with a title, and no text has a zero in it.
    let zeros = beginning.map { $0 == 0 }
    if zeros == [false, true, false, true] { return true }
    return zeros == [true, false, true, false] ? false : nil
  }

  private static func fromUTF16(_ bytes: [UInt8], isLittle: Bool) throws(CSVFault) -> [UInt8] {
    guard bytes.count.isMultiple(of: 2) else {
      throw CSVFault(
        line: 1, reason: .unsupportedEncoding,
        message: "the file is UTF-16 and ends within a character; save it as \"CSV UTF-8\"")
    }
    var units: [UInt16] = []
    units.reserveCapacity(bytes.count / 2)
    for place in stride(from: 0, to: bytes.count, by: 2) {
      let (first, second) = (UInt16(bytes[place]), UInt16(bytes[place + 1]))
      units.append(isLittle ? second << 8 | first : first << 8 | second)
    }
    if units.first == 0xFEFF { units.removeFirst() }
    return Array(String(decoding: units, as: UTF16.self).utf8)
  }

  // MARK: - Windows-1252

  /// Bytes beyond ASCII, none of which could be UTF-8 together with its neighbours. Where some could, the
  /// file is UTF-8 with damaged rows, and those are refused one by one.
  private static func isOfCodePage(_ bytes: [UInt8]) -> Bool {
    var hasHighBytes = false
    var place = 0
    while place < bytes.count {
      let byte = bytes[place]
      place += 1
      guard byte >= 0x80 else { continue }
      guard scalars(of: byte) != nil else { return false }
      hasHighBytes = true
      let following = byte >= 0xF0 ? 3 : byte >= 0xE0 ? 2 : byte >= 0xC2 ? 1 : 0
      if following > 0, place + following <= bytes.count,
        bytes[place..<place + following].allSatisfy({ $0 & 0xC0 == 0x80 })
      {
        return false
      }
    }
    return hasHighBytes
  }

  private static func fromCodePage(_ bytes: [UInt8]) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count + bytes.count / 8)
    for byte in bytes {
      guard byte >= 0x80, let scalar = scalars(of: byte) else {
        text.append(byte)
        continue
      }
      text += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
    }
    return text
  }

  /// Nil for the five bytes that mean nothing. From 0xA0 on it is Latin-1.
  private static func scalars(of byte: UInt8) -> Unicode.Scalar? {
    guard (0x80..<0xA0).contains(byte) else { return Unicode.Scalar(byte) }
    let scalar = from80[Int(byte) - 0x80]
    return scalar == "\0" ? nil : scalar
  }

  private static let from80: [Unicode.Scalar] = [
    "€", "\0", "‚", "ƒ", "„", "…", "†", "‡", "ˆ", "‰", "Š", "‹", "Œ", "\0", "Ž", "\0",
    "\0", "‘", "’", "“", "”", "•", "–", "—", "˜", "™", "š", "›", "œ", "\0", "ž", "Ÿ",
  ]
}
