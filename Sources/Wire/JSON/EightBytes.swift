/// Eight bytes of text tested at once: most text is plain, and this is how it is passed quickly.
///
/// Each test gives a mask whose **lowest** set bit belongs to the first byte that meets it; bits
/// above that one may be wrong, because the subtraction borrows.
@usableFromInline
struct EightBytes {
  @usableFromInline let bits: UInt64

  @inlinable
  init(at pointer: UnsafePointer<UInt8>) {
    bits = UInt64(littleEndian: UnsafeRawPointer(pointer).loadUnaligned(as: UInt64.self))
  }

  @inlinable
  static var ones: UInt64 { 0x0101_0101_0101_0101 }
  @inlinable
  static var highs: UInt64 { 0x8080_8080_8080_8080 }

  @inlinable
  func equal(to byte: UInt8) -> UInt64 {
    let difference = bits ^ (Self.ones &* UInt64(byte))
    return (difference &- Self.ones) & ~difference & Self.highs
  }

  /// Quotes and backslashes: where a checked text stops being plain.
  @inlinable
  var endsOrEscapes: UInt64 {
    equal(to: ASCII.quote) | equal(to: ASCII.backslash)
  }

  /// What cannot be written into a text as it is.
  @inlinable
  var needsEscape: UInt64 {
    let controls = (bits &- Self.ones &* 0x20) & ~bits & Self.highs
    return endsOrEscapes | controls
  }

  /// What an unchecked text must be looked at for: the above, and bytes beyond ASCII.
  @inlinable
  var needsCheck: UInt64 { needsEscape | (bits & Self.highs) }

  @inlinable
  var isASCII: Bool { bits & Self.highs == 0 }

  @inlinable
  static func firstByte(of mask: UInt64) -> Int { mask.trailingZeroBitCount &>> 3 }
}
