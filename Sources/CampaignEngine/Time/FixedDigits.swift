/// Writes numbers of a fixed width into a short text, without a text for each of them: an answer may have
/// thousands of times.
struct FixedDigits {
  private var bytes: UnsafeMutableBufferPointer<UInt8>
  private(set) var count = 0

  /// - Parameter longest: in bytes; more is not written.
  static func text(longest: Int, _ write: (inout FixedDigits) -> Void) -> String {
    String(unsafeUninitializedCapacity: longest) { bytes in
      var digits = FixedDigits(bytes: bytes)
      write(&digits)
      return digits.count
    }
  }

  private init(bytes: UnsafeMutableBufferPointer<UInt8>) { self.bytes = bytes }

  mutating func put(_ character: Unicode.Scalar) { put(UInt8(ascii: character)) }

  private mutating func put(_ byte: UInt8) {
    guard count < bytes.count else { return }
    bytes.initializeElement(at: count, to: byte)
    count += 1
  }

  /// With zeros in front; a number of more digits has all of them.
  mutating func put(_ value: Int64, digits: Int) {
    if value < 0 { put("-") }
    let magnitude = value.magnitude
    var unit: UInt64 = 1
    var width = 1
    while width < digits || magnitude / unit >= 10 {
      unit *= 10
      width += 1
    }
    while unit > 0 {
      put(UInt8(truncatingIfNeeded: magnitude / unit % 10) + 0x30)
      unit /= 10
    }
  }
}
