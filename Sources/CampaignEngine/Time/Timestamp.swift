import Wire

/// An instant: milliseconds since 1970-01-01T00:00:00Z, leap seconds aside.
package struct Timestamp: Hashable, Comparable, Sendable {
  package var milliseconds: Int64

  package init(milliseconds: Int64) { self.milliseconds = milliseconds }

  /// "No time yet": before every instant that the wire can spell.
  package static let zero = Timestamp(milliseconds: 0)
  /// Later than every instant that the wire can spell: 9999-12-31T23:59:59.999Z.
  package static let distantFuture = Timestamp(milliseconds: 253_402_300_799_999)

  package static func < (left: Self, right: Self) -> Bool { left.milliseconds < right.milliseconds }

  /// Sums stay inside the range of the wire, so that no deadline can overflow.
  package static func + (time: Self, span: TimeSpan) -> Self {
    let (sum, overflow) = time.milliseconds.addingReportingOverflow(span.milliseconds)
    if overflow || sum > distantFuture.milliseconds {
      return span.milliseconds < 0 ? .zero : .distantFuture
    }
    return Timestamp(milliseconds: max(sum, 0))
  }

  package static func - (left: Self, right: Self) -> TimeSpan {
    TimeSpan(milliseconds: left.milliseconds &- right.milliseconds)
  }
}

/// RFC 3339 in UTC with milliseconds, `2026-11-22T09:30:12.408Z`. Read with any offset and any
/// number of fractional digits; finer than a millisecond is cut.
extension Timestamp: WireText {
  package static var expected: String { "a time such as 2026-11-22T09:30:12.408Z" }
  package static var format: String? { "date-time" }
  package static var documentation: String {
    "A moment in RFC 3339. Answers give UTC with milliseconds; params may have any offset."
  }
  package static var example: String { "2026-11-22T09:30:12.408Z" }

  package var wireText: String {
    let days = milliseconds.flooredQuotient(86_400_000)
    let ofDay = milliseconds &- days &* 86_400_000
    return FixedDigits.text(longest: 48) { text in
      text.put(CivilDate(daysSinceEpoch: days))
      text.put("T")
      text.put(ofDay / 3_600_000, digits: 2)
      text.put(":")
      text.put(ofDay / 60_000 % 60, digits: 2)
      text.put(":")
      text.put(ofDay / 1000 % 60, digits: 2)
      text.put(".")
      text.put(ofDay % 1000, digits: 3)
      text.put("Z")
    }
  }

  package init?(wireText: String) {
    var scanner = DigitScanner(wireText)
    guard let date = scanner.date(), scanner.take("T") || scanner.take("t"),
      let hour = scanner.number(digits: 2), hour < 24, scanner.take(":"),
      let minute = scanner.number(digits: 2), minute < 60, scanner.take(":"),
      let second = scanner.number(digits: 2), second < 60
    else { return nil }
    var milliseconds: Int64 = 0
    if scanner.take(".") {
      guard let fraction = scanner.fractionInThousandths() else { return nil }
      milliseconds = fraction
    }
    guard let offsetMinutes = scanner.offsetMinutes(), scanner.isAtEnd else { return nil }
    let seconds =
      date.daysSinceEpoch * 86_400 + hour * 3600 + minute * 60 + second - offsetMinutes * 60
    self.init(milliseconds: seconds * 1000 + milliseconds)
    guard self >= .zero, self <= .distantFuture else { return nil }
  }

  package static func readBinary(_ reader: inout BinaryReader) throws(WireError) -> Self {
    Timestamp(milliseconds: try reader.signed())
  }

  package func writeBinary(_ writer: inout BinaryWriter) { writer.signed(milliseconds) }
}

extension Int64 {
  /// Division that rounds towards minus infinity, as calendars need before 1970.
  package func flooredQuotient(_ divisor: Int64) -> Int64 {
    let quotient = self / divisor
    return self % divisor < 0 ? quotient - 1 : quotient
  }
}

/// Reads fixed-width decimal fields off the front of a short text.
struct DigitScanner {
  private var rest: Substring.UTF8View

  init(_ text: String) { rest = text[...].utf8 }

  var isAtEnd: Bool { rest.isEmpty }

  mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard rest.first == UInt8(ascii: character) else { return false }
    rest.removeFirst()
    return true
  }

  mutating func number(digits: Int) -> Int64? {
    var value: Int64 = 0
    for _ in 0..<digits {
      guard let byte = rest.first, byte >= 0x30, byte <= 0x39 else { return nil }
      value = value * 10 + Int64(byte - 0x30)
      rest.removeFirst()
    }
    return value
  }

  mutating func date() -> CivilDate? {
    guard let year = number(digits: 4), take("-"), let month = number(digits: 2), take("-"),
      let day = number(digits: 2)
    else { return nil }
    return CivilDate(year: year, month: month, day: day)
  }

  mutating func fractionInThousandths() -> Int64? {
    var value: Int64 = 0
    var digits = 0
    while let byte = rest.first, byte >= 0x30, byte <= 0x39 {
      if digits < 3 { value = value * 10 + Int64(byte - 0x30) }
      digits += 1
      rest.removeFirst()
    }
    guard digits > 0 else { return nil }
    for _ in min(digits, 3)..<3 { value *= 10 }
    return value
  }

  mutating func offsetMinutes() -> Int64? {
    if take("Z") || take("z") { return 0 }
    let sign: Int64 = take("+") ? 1 : take("-") ? -1 : 0
    guard sign != 0, let hours = number(digits: 2), hours < 24, take(":"),
      let minutes = number(digits: 2), minutes < 60
    else { return nil }
    return sign * (hours * 60 + minutes)
  }
}
