import Wire

/// A length of time. On the wire a number and a unit, or several: `"90s"`, `"1h30m"`, `"-2d"`.
package struct TimeSpan: Hashable, Comparable, Sendable {
  package var milliseconds: Int64

  package init(milliseconds: Int64) { self.milliseconds = milliseconds }

  package static func seconds(_ count: Int64) -> Self { Self(milliseconds: count * 1000) }
  package static func minutes(_ count: Int64) -> Self { .seconds(count * 60) }
  package static func hours(_ count: Int64) -> Self { .minutes(count * 60) }
  package static func days(_ count: Int64) -> Self { .hours(count * 24) }
  package static let zero = TimeSpan(milliseconds: 0)

  package static func < (left: Self, right: Self) -> Bool { left.milliseconds < right.milliseconds }
}

extension TimeSpan: WireText {
  package static var expected: String { "a duration such as 90s, 15m, 48h or 7d" }
  package static var documentation: String {
    "A length of time: numbers with units ms, s, m, h and d, as 90s, 36h or 1h30m. A day has 24 hours."
  }
  package static var example: String { "36h" }
  package static var expression: String? { "^-?([0-9]+(ms|s|m|h|d))+$" }

  /// Ten years: longer than any campaign, and far from the end of the integers.
  private static let longestMilliseconds: Int64 = 10 * 366 * 86_400_000

  private static let units: [(suffix: String, milliseconds: Int64)] = [
    ("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000),
  ]

  /// The one spelling that we write: the largest unit that leaves no rest.
  package var wireText: String {
    guard milliseconds != 0 else { return "0s" }
    for unit in Self.units.reversed() where milliseconds % unit.milliseconds == 0 {
      // Two days read better as "48h": the unit changes only at three days.
      if unit.suffix == "d", abs(milliseconds) < 3 * 86_400_000 { continue }
      return String(milliseconds / unit.milliseconds) + unit.suffix
    }
    return String(milliseconds) + "ms"
  }

  package init?(wireText: String) {
    var rest = Substring(wireText)
    let isNegative = rest.first == "-"
    if isNegative { rest.removeFirst() }
    guard !rest.isEmpty else { return nil }
    var total: Int64 = 0
    while !rest.isEmpty {
      let digits = rest.prefix { $0.isASCII && $0.isNumber }
      rest = rest.dropFirst(digits.count)
      let letters = rest.prefix { $0.isASCII && $0.isLetter }
      rest = rest.dropFirst(letters.count)
      guard let count = Int64(digits), let unit = Self.units.first(where: { $0.suffix == letters })
      else { return nil }
      let (part, tooLarge) = count.multipliedReportingOverflow(by: unit.milliseconds)
      guard !tooLarge, part <= Self.longestMilliseconds else { return nil }
      total += part
      guard total <= Self.longestMilliseconds else { return nil }
    }
    self.init(milliseconds: isNegative ? -total : total)
  }

  package static func readBinary(_ reader: inout BinaryReader) throws(WireError) -> Self {
    TimeSpan(milliseconds: try reader.signed())
  }

  package func writeBinary(_ writer: inout BinaryWriter) { writer.signed(milliseconds) }
}
