/// UTF-8 as it must be: no overlong forms, no surrogates, nothing beyond U+10FFFF.
public enum ScalarCheck {
  /// How long the scalar is that begins here with a byte beyond ASCII; nil if it is none. The
  /// bounds of the second byte decide (Unicode 15, table 3-7).
  static func length(at place: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    let (length, second): (Int, ClosedRange<UInt8>)
    switch bytes[place] {
    case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
    case 0xE0: (length, second) = (3, 0xA0...0xBF)
    case 0xED: (length, second) = (3, 0x80...0x9F)
    case 0xE1...0xEF: (length, second) = (3, 0x80...0xBF)
    case 0xF0: (length, second) = (4, 0x90...0xBF)
    case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
    case 0xF4: (length, second) = (4, 0x80...0x8F)
    default: return nil
    }
    guard bytes.count - place >= length, second.contains(bytes[place + 1]) else { return nil }
    for offset in 2..<length where bytes[place + offset] & 0xC0 != 0x80 { return nil }
    return length
  }

  /// True if all of it is UTF-8.
  public static func passes(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let base = bytes.baseAddress else { return true }
    var place = 0
    while place < bytes.count {
      if bytes.count - place >= 8, EightBytes(at: base + place).isASCII {
        place += 8
      } else if bytes[place] < 0x80 {
        place += 1
      } else {
        guard let length = length(at: place, in: bytes) else { return false }
        place += length
      }
    }
    return true
  }
}
