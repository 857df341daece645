import Wire

/// A length of time on a calendar: days as the wall clock of a zone counts them, and a rest of fixed
/// length. `"-1d"` is the same time on the day before, whatever the clocks did in between; `"-24h"` is
/// 24 hours before.
package struct CalendarSpan: Hashable, Sendable {
  package let days: Int64
  /// Of the same sign.
  package let rest: TimeSpan

  package init(days: Int64 = 0, rest: TimeSpan = .zero) { (self.days, self.rest) = (days, rest) }

  package static let zero = CalendarSpan()
  package static func days(_ count: Int64) -> Self { Self(days: count) }
  package static func hours(_ count: Int64) -> Self { Self(rest: .hours(count)) }

  /// Its length where no clock is set meanwhile.
  package var usualLength: TimeSpan {
    TimeSpan(milliseconds: days * Self.dayMilliseconds + rest.milliseconds)
  }

  /// The moment so much later, or earlier, on a clock in `zone`.
  package func after(_ time: Timestamp, in zone: ZoneRules) -> Timestamp {
    guard days != 0 else { return time + rest }
    let (date, millisecondOfDay) = zone.local(time)
    let day = CivilDate(daysSinceEpoch: date.daysSinceEpoch + days)
    return zone.instant(of: day, millisecondOfDay: millisecondOfDay) + rest
  }

  private static let dayMilliseconds: Int64 = 86_400_000
}

extension CalendarSpan: WireText {
  package static var expected: String { TimeSpan.expected }
  package static var documentation: String {
    "A length of time whose days are days of the calendar in the project's time zone, as -1d or 3h."
  }
  package static var example: String { "-1d" }
  package static var expression: String? { TimeSpan.expression }

  package var wireText: String {
    guard self != .zero else { return "0s" }
    let sign = days < 0 || rest < .zero ? "-" : ""
    let length = abs(rest.milliseconds)
    // Never in days, which mean something else here.
    let units: [(suffix: String, milliseconds: Int64)] = [
      ("h", 3_600_000), ("m", 60_000), ("s", 1000), ("ms", 1),
    ]
    let unit = units.first { length % $0.milliseconds == 0 }
    let restText = length == 0 ? "" : unit.map { "\(length / $0.milliseconds)\($0.suffix)" } ?? ""
    return sign + (days == 0 ? "" : "\(abs(days))d") + restText
  }

  package init?(wireText: String) {
    guard let whole = TimeSpan(wireText: wireText) else { return nil }
    var (days, number): (Int64, Int64) = (0, 0)
    var isInNumber = false
    // Well-formed and bounded, or the line above had refused it.
    for byte in wireText.utf8 {
      if (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
        number = (isInNumber ? number * 10 : 0) + Int64(byte - UInt8(ascii: "0"))
        isInNumber = true
      } else {
        if byte == UInt8(ascii: "d") { days += number }
        isInNumber = false
      }
    }
    if wireText.hasPrefix("-") { days = -days }
    self.init(
      days: days,
      rest: TimeSpan(milliseconds: whole.milliseconds - days * Self.dayMilliseconds))
  }

  // One integer: a mark, the days, and the rest, which never is as long as a unit of days.
  private static let mark: Int64 = 1 << 60
  private static let dayUnit: Int64 = 1 << 40

  package static func readBinary(_ reader: inout BinaryReader) throws(WireError) -> Self {
    let number = try reader.signed()
    guard number >= mark / 2 else {
      // From before days were told from hours, when "-1d" was kept as milliseconds. Whoever wrote a
      // whole number of days meant days.
      return number % dayMilliseconds == 0
        ? Self(days: number / dayMilliseconds) : Self(rest: TimeSpan(milliseconds: number))
    }
    let packed = number - mark
    let days = (packed + dayUnit / 2).flooredQuotient(dayUnit)
    return Self(days: days, rest: TimeSpan(milliseconds: packed - days * dayUnit))
  }

  package func writeBinary(_ writer: inout BinaryWriter) {
    writer.signed(Self.mark + days * Self.dayUnit + rest.milliseconds)
  }
}
