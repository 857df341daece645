import Wire

/// Ids are compared as JSON values where they name a request: `1` and `1.0` are the same, `1` and
/// `"1"` are not.
extension RequestID {
  package func hasSameValue(as other: RequestID) -> Bool {
    if bytes == other.bytes { return true }
    switch (bytes.first, other.bytes.first) {
    case (UInt8(ascii: "\""), UInt8(ascii: "\"")):
      guard let one = text, let two = other.text else { return false }
      return one.utf8.elementsEqual(two.utf8)
    case (UInt8(ascii: "\""), _), (_, UInt8(ascii: "\"")): return false
    default: return DecimalNumber(bytes).map { $0 == DecimalNumber(other.bytes) } ?? false
    }
  }

  private var text: String? { try? JSON.decode(String.self, from: bytes) }
}

/// A number of any size in its one form: digits without zeros at either end, and a power of ten.
private struct DecimalNumber: Equatable {
  private var isNegative = false
  private var digits: [UInt8] = []
  private var exponent = 0

  /// Nil for anything but a number, and for exponents that nobody writes.
  init?(_ text: [UInt8]) {
    var hasPoint = false
    var isExponent = false
    var written: [UInt8] = []
    for byte in text {
      switch byte {
      case 0x30...0x39 where isExponent: written.append(byte)
      case 0x30...0x39:
        digits.append(byte)
        if hasPoint { exponent -= 1 }
      case UInt8(ascii: "-") where isExponent, UInt8(ascii: "+") where isExponent:
        written.append(byte)
      case UInt8(ascii: "-"): isNegative = true
      case UInt8(ascii: "."): hasPoint = true
      case UInt8(ascii: "e"), UInt8(ascii: "E"): isExponent = true
      default: return nil
      }
    }
    if isExponent {
      guard let power = Int32(String(decoding: written, as: UTF8.self)) else { return nil }
      exponent += Int(power)
    }
    digits = Array(digits.drop { $0 == 0x30 })
    while digits.last == 0x30 {
      digits.removeLast()
      exponent += 1
    }
    if digits.isEmpty { (isNegative, exponent) = (false, 0) }
  }
}
