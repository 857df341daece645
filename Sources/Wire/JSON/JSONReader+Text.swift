extension JSONReader {
  /// Reads a text. The bytes are checked UTF-8, so nothing is ever repaired here.
  @inlinable
  mutating func text() throws(WireError) -> String {
    guard current == ASCII.quote else { throw wrongType(expected: "a text") }
    let start = index + 1
    let end = endOfPlainText(from: start)
    guard byte(at: end) == ASCII.quote else { return escapedText() }
    index = end + 1
    return String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<end]), as: UTF8.self)
  }

  /// The first quote or backslash at or after a place.
  @inlinable
  func endOfPlainText(from start: Int) -> Int {
    guard let base = bytes.baseAddress else { return 0 }
    var place = start
    while bytes.count - place >= 8 {
      let mask = EightBytes(at: base + place).endsOrEscapes
      if mask != 0 { return place + EightBytes.firstByte(of: mask) }
      place += 8
    }
    while place < bytes.count {
      if bytes[place] == ASCII.quote || bytes[place] == ASCII.backslash { break }
      place += 1
    }
    return place
  }

  @usableFromInline
  mutating func escapedText() -> String {
    let start = index + 1
    skipString()
    let end = max(start, index - 1)
    // An escape is never shorter than what it stands for.
    return String(unsafeUninitializedCapacity: end - start) { buffer in
      unescape(start..<end, into: buffer)
    }
  }

  /// What a text between two quotes says, as bytes.
  func unescaped(_ range: Range<Int>) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: range.count) { buffer, count in
      count = unescape(range, into: buffer)
    }
  }

  /// Gives the number of bytes written, which are at most those of the range.
  private func unescape(_ range: Range<Int>, into buffer: UnsafeMutableBufferPointer<UInt8>) -> Int
  {
    var place = range.lowerBound
    var count = 0
    while place < range.upperBound {
      let byte = bytes[place]
      guard byte == ASCII.backslash, place + 1 < range.upperBound else {
        buffer[count] = byte
        count += 1
        place += 1
        continue
      }
      let (scalar, length) = escape(at: place, before: range.upperBound)
      for unit in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter {
        buffer[count] = unit
        count += 1
      }
      place += length
    }
    return count
  }

  /// One escape sequence: what it stands for, and how long it is.
  private func escape(at place: Int, before end: Int) -> (UnicodeScalar, length: Int) {
    switch bytes[place + 1] {
    case 0x62: return ("\u{8}", 2)
    case 0x66: return ("\u{C}", 2)
    case 0x6E: return ("\n", 2)
    case 0x72: return ("\r", 2)
    case 0x74: return ("\t", 2)
    case ASCII.letterU:
      let unit = hexadecimalUnit(at: place + 2)
      if let scalar = UnicodeScalar(unit) { return (scalar, min(6, end - place)) }
      // The check has seen to it that a surrogate has its partner.
      let partner = hexadecimalUnit(at: place + 8)
      let scalar = UnicodeScalar(0x10000 + (unit & 0x3FF) << 10 + (partner & 0x3FF))
      return (scalar ?? "\u{FFFD}", min(12, end - place))
    case let other: return (UnicodeScalar(other), 2)
    }
  }

  private func hexadecimalUnit(at place: Int) -> UInt32 {
    (0..<4).reduce(0) { $0 << 4 | (ASCII.hexadecimal(byte(at: place + $1)) ?? 0) }
  }
}
