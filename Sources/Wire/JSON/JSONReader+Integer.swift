/// A whole number as JSON spells it: beyond any integer type until one is asked for.
@usableFromInline
struct ExactInteger {
  @usableFromInline let isNegative: Bool
  @usableFromInline let magnitude: UInt64

  @inlinable
  func value<Integer: FixedWidthInteger>() -> Integer? {
    guard isNegative else { return Integer(exactly: magnitude) }
    // The magnitude of the smallest Int64 is one more than that of the largest.
    guard magnitude <= Int64.min.magnitude else { return nil }
    return Integer(exactly: Int64(truncatingIfNeeded: 0 &- magnitude))
  }
}

extension JSONReader {
  /// The common spelling: a minus perhaps, up to 18 digits, and nothing else. Otherwise nil, and
  /// nothing is taken.
  @inlinable
  mutating func takeShortInteger() -> Int64? {
    var place = index
    let isNegative = byte(at: place) == ASCII.minus
    if isNegative { place += 1 }
    let firstDigit = place
    var value: Int64 = 0
    while true {
      let digit = byte(at: place) &- ASCII.zero
      guard digit < 10 else { break }
      guard place - firstDigit < 18 else { return nil }
      value = value &* 10 &+ Int64(digit)
      place += 1
    }
    guard place > firstDigit else { return nil }
    let next = byte(at: place)
    guard next != ASCII.point, next | 0x20 != ASCII.letterE else { return nil }
    index = place
    return isNegative ? 0 &- value : value
  }

  /// Any other spelling, with exact arithmetic: `1.0`, `10e-1`, thirty digits. Nil when it is a
  /// whole number that no integer type holds; throws when it is none.
  @usableFromInline
  mutating func takeExactInteger() throws(WireError) -> ExactInteger? {
    let start = index
    let isNegative = current == ASCII.minus
    guard isNegative || ASCII.isDigit(current) else { throw wrongType(expected: "an integer") }
    skipValue()
    let number = DecimalNumber(bytes[start..<index])
    // The value is `digits` × 10^`exponent`, and the digits end in no zero.
    if number.digits.isEmpty { return ExactInteger(isNegative: false, magnitude: 0) }
    guard number.exponent >= 0 else {
      throw failure(
        "not_an_integer", "expected an integer; found \(echo(bytes[start..<index]))", at: start)
    }
    guard number.exponent < 20 else { return nil }
    var magnitude: UInt64 = 0
    let zeros = repeatElement(ASCII.zero, count: number.exponent)
    for digits in [number.digits, Array(zeros)] {
      for digit in digits {
        let (tenfold, overflow) = magnitude.multipliedReportingOverflow(by: 10)
        let (sum, overflowOfSum) = tenfold.addingReportingOverflow(UInt64(digit &- ASCII.zero))
        if overflow || overflowOfSum { return nil }
        magnitude = sum
      }
    }
    return ExactInteger(isNegative: isNegative, magnitude: magnitude)
  }
}

/// A number's text as significant digits and a power of ten.
struct DecimalNumber {
  /// Without leading and trailing zeros; empty for zero.
  private(set) var digits: [UInt8] = []
  private(set) var exponent = 0

  /// An exponent beyond this decides nothing more: no text is long enough to bring it back.
  private static let exponentBound = Int.max / 64

  init(_ text: Slice<UnsafeBufferPointer<UInt8>>) {
    var isFraction = false
    var fractionLength = 0
    var place = text.startIndex
    if text.first == ASCII.minus { place += 1 }
    while place < text.endIndex, text[place] | 0x20 != ASCII.letterE {
      if text[place] == ASCII.point {
        isFraction = true
      } else {
        if isFraction { fractionLength += 1 }
        if !digits.isEmpty || text[place] != ASCII.zero { digits.append(text[place]) }
      }
      place += 1
    }
    exponent = Self.exponent(of: text[place...]) - fractionLength
    while digits.last == ASCII.zero {
      digits.removeLast()
      exponent += 1
    }
  }

  /// Of `e-10` or nothing.
  private static func exponent(of text: Slice<UnsafeBufferPointer<UInt8>>) -> Int {
    let isNegative = text.contains(ASCII.minus)
    var value = 0
    for byte in text where ASCII.isDigit(byte) {
      value = min(value * 10 + Int(byte - ASCII.zero), exponentBound)
    }
    return isNegative ? -value : value
  }
}
