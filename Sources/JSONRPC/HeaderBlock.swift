import Wire

/// The header lines before one body (the base protocol of LSP, after HTTP's grammar).
struct HeaderBlock {
  /// `Int.max` where the number written is larger than any.
  let contentLength: Int
  /// A charset that is not UTF-8.
  let foreignCharset: String?

  /// `lines` are the bytes up to and with the empty line.
  init(_ lines: ArraySlice<UInt8>) throws(RPCError) {
    var length: Int?
    var foreignCharset: String?
    for line in lines.split(separator: ASCII.lineFeed) {
      let text = line.last == ASCII.carriageReturn ? line.dropLast() : line
      if text.isEmpty { continue }
      let (name, value) = try Self.field(text)
      switch name {
      case "content-length":
        let found = try Self.length(value)
        if let length, length != found {
          throw RPCError.parseError("Content-Length is given twice with different values")
        }
        length = found
      case "content-type":
        foreignCharset = Self.foreignCharset(value)
      default:
        continue
      }
    }
    guard let length else {
      throw RPCError.parseError("expected a Content-Length line before the message")
    }
    contentLength = length
    self.foreignCharset = foreignCharset
  }

  /// Name in lower case, value without the spaces around it.
  private static func field(
    _ line: ArraySlice<UInt8>
  ) throws(RPCError) -> (String, ArraySlice<UInt8>) {
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex,
      line[..<colon].allSatisfy(isNameByte)
    else {
      throw RPCError.parseError("expected a header line such as Content-Length: 17")
    }
    var value = line[(colon + 1)...]
    while let first = value.first, first == ASCII.space || first == ASCII.tab {
      value.removeFirst()
    }
    while let last = value.last, last == ASCII.space || last == ASCII.tab { value.removeLast() }
    guard value.allSatisfy({ ($0 >= ASCII.space && $0 < 0x7F) || $0 == ASCII.tab }) else {
      throw RPCError.parseError("header lines hold only printable ASCII")
    }
    return (String(decoding: line[..<colon].map(ASCII.lowercased), as: UTF8.self), value)
  }

  /// A space here would let `CONNECT host:443 HTTP/1.1` pass for a header line.
  private static func isNameByte(_ byte: UInt8) -> Bool {
    let small = ASCII.lowercased(byte)
    return (small >= UInt8(ascii: "a") && small <= UInt8(ascii: "z")) || ASCII.isDigit(byte)
      || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
  }

  /// Digits only: no sign, no hexadecimal, no list.
  private static func length(_ value: ArraySlice<UInt8>) throws(RPCError) -> Int {
    guard !value.isEmpty, value.allSatisfy(ASCII.isDigit) else {
      throw RPCError.parseError("Content-Length is a number of bytes, written in digits only")
    }
    var length = 0
    for digit in value {
      let (scaled, isTooLarge) = length.multipliedReportingOverflow(by: 10)
      let (sum, isStillTooLarge) = scaled.addingReportingOverflow(Int(digit - UInt8(ascii: "0")))
      if isTooLarge || isStillTooLarge { return .max }
      length = sum
    }
    return length
  }

  /// `utf8` is an old spelling that LSP keeps for the sake of early clients.
  private static func foreignCharset(_ value: ArraySlice<UInt8>) -> String? {
    for parameter in value.split(separator: UInt8(ascii: ";")).dropFirst() {
      let text = String(
        decoding: parameter.lazy.filter { $0 != ASCII.space && $0 != UInt8(ascii: "\"") }
          .map(ASCII.lowercased), as: UTF8.self)
      guard text.hasPrefix("charset=") else { continue }
      let charset = String(text.dropFirst("charset=".count))
      return charset == "utf-8" || charset == "utf8" ? nil : charset
    }
    return nil
  }
}
