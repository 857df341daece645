extension JSONValidator {
  /// The text stands at the opening quote, and afterwards behind the closing one.
  mutating func checkString() throws(WireError) {
    index += 1
    while true {
      skipPlain()
      guard index < bytes.count else { throw expected("a closing quote") }
      switch bytes[index] {
      case ASCII.quote:
        index += 1
        return
      case ASCII.backslash: try checkEscape()
      case 0..<0x20: throw expected("control characters to be escaped")
      case 0..<0x80: index += 1
      default: try checkMultibyteScalars()
      }
    }
  }

  private mutating func skipPlain() {
    guard let base = bytes.baseAddress else { return }
    while bytes.count - index >= 8 {
      let mask = EightBytes(at: base + index).needsCheck
      if mask != 0 {
        index += EightBytes.firstByte(of: mask)
        return
      }
      index += 8
    }
  }

  private mutating func checkEscape() throws(WireError) {
    index += 1
    switch current {
    case 0x22, 0x5C, 0x2F, 0x62, 0x66, 0x6E, 0x72, 0x74: index += 1  // " \ / b f n r t
    case ASCII.letterU: try checkUnicodeEscape()
    default: throw expected("one of \" \\ / b f n r t u after a backslash")
    }
  }

  private mutating func checkUnicodeEscape() throws(WireError) {
    let start = index
    let unit = try hexadecimalUnit()
    switch unit {
    case 0xD800...0xDBFF:
      guard current == ASCII.backslash else { break }
      index += 1
      guard current == ASCII.letterU else { break }
      if case 0xDC00...0xDFFF = try hexadecimalUnit() { return }
    case 0xDC00...0xDFFF: break
    default: return
    }
    index = start
    throw WireError(
      path: "", reason: "syntax",
      message: "expected a surrogate to stand in a pair; found one alone", position: start)
  }

  /// The four digits of an escape, standing at its `u`.
  private mutating func hexadecimalUnit() throws(WireError) -> UInt32 {
    var unit: UInt32 = 0
    index += 1
    for _ in 0..<4 {
      guard let digit = ASCII.hexadecimal(current) else {
        throw expected("four hexadecimal digits")
      }
      unit = unit << 4 | digit
      index += 1
    }
    return unit
  }

  private mutating func checkMultibyteScalars() throws(WireError) {
    while index < bytes.count, bytes[index] >= 0x80 {
      guard let length = ScalarCheck.length(at: index, in: bytes) else { throw expected("UTF-8") }
      index += length
    }
  }
}
