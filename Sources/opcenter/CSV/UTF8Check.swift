/// Whether bytes are UTF-8, by the table of well-formed sequences (Unicode Standard, table 3-7).
/// It makes no text of them, which is why it is here: most records are never made into text whole.
enum UTF8Check {
  static func isValid(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var offset = 0
    while offset < bytes.count {
      let lead = bytes[offset]
      offset += 1
      if lead < 0x80 { continue }
      let second: ClosedRange<UInt8>
      let continuationCount: Int
      switch lead {
      case 0xC2...0xDF: (second, continuationCount) = (0x80...0xBF, 1)
      // The narrower ranges leave out overlong forms, surrogates, and what is above U+10FFFF.
      case 0xE0: (second, continuationCount) = (0xA0...0xBF, 2)
      case 0xED: (second, continuationCount) = (0x80...0x9F, 2)
      case 0xE1...0xEF: (second, continuationCount) = (0x80...0xBF, 2)
      case 0xF0: (second, continuationCount) = (0x90...0xBF, 3)
      case 0xF4: (second, continuationCount) = (0x80...0x8F, 3)
      case 0xF1...0xF3: (second, continuationCount) = (0x80...0xBF, 3)
      default: return false
      }
      guard bytes.count - offset >= continuationCount, second.contains(bytes[offset]) else {
        return false
      }
      for further in 1..<3 where further < continuationCount {
        guard bytes[offset + further] & 0xC0 == 0x80 else { return false }
      }
      offset += continuationCount
    }
    return true
  }
}
