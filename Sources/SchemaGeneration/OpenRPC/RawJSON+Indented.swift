import Wire

extension RawJSON {
  /// The same value over many lines: two spaces a level, one member or element a line, a line feed
  /// at the end. It walks the bytes and so keeps the order of keys and the spelling of numbers.
  package func indented() -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count * 2)
    var depth = 0
    var isInString = false
    var isEscaped = false
    // What is empty stays together, so the line after a bracket begins once something follows.
    var isBehindBracket = false
    func startLine() {
      output.append(UInt8(ascii: "\n"))
      output.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * max(depth, 0)))
    }
    for byte in bytes {
      if isInString {
        output.append(byte)
        isInString = isEscaped || byte != UInt8(ascii: "\"")
        isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
        continue
      }
      if Self.isSpace(byte) { continue }
      let closes = byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]")
      if closes { depth -= 1 }
      if closes != isBehindBracket { startLine() }
      isBehindBracket = false
      output.append(byte)
      switch byte {
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        depth += 1
        isBehindBracket = true
      case UInt8(ascii: ","): startLine()
      case UInt8(ascii: ":"): output.append(UInt8(ascii: " "))
      default: isInString = byte == UInt8(ascii: "\"")
      }
    }
    output.append(UInt8(ascii: "\n"))
    return output
  }

  /// RFC 8259 section 2.
  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
      || byte == UInt8(ascii: "\t")
  }
}
