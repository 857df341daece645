import Wire

/// A time of day on the wall clock, `"21:30"`.
package struct TimeOfDay: Hashable, Sendable, WireText {
  package var minutes: Int64

  package init(minutes: Int64) { self.minutes = minutes }

  package static var expected: String { "a time of day such as 21:30" }
  package static var documentation: String {
    "A time of day on the clock of a time zone, hours and minutes."
  }
  package static var example: String { "21:30" }
  package static var expression: String? { "^([01][0-9]|2[0-3]):[0-5][0-9]$" }
  package var millisecondOfDay: Int64 { minutes * 60_000 }

  package init?(wireText: String) {
    var scanner = DigitScanner(wireText)
    guard let hour = scanner.number(digits: 2), hour < 24, scanner.take(":"),
      let minute = scanner.number(digits: 2), minute < 60, scanner.isAtEnd
    else { return nil }
    minutes = hour * 60 + minute
  }

  package var wireText: String {
    let (hour, minute) = (minutes / 60, minutes % 60)
    return "\(hour < 10 ? "0" : "")\(hour):\(minute < 10 ? "0" : "")\(minute)"
  }
}

/// The part of the day in which we start no conversation. It may span midnight; `from` = `to`
/// means that there is none.
package struct QuietHours: WireObject, Equatable {
  package var from = TimeOfDay(minutes: 0)
  package var to = TimeOfDay(minutes: 0)

  package init() {}

  package init(from: TimeOfDay, to: TimeOfDay) { (self.from, self.to) = (from, to) }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("from", &from, "Time of day at which quiet begins.")
    try visit.field("to", &to, "Time of day at which it ends, perhaps on the next day.")
  }

  /// The next moment after `time` at which quiet begins; nil where it never does.
  package func nextBeginning(after time: Timestamp, in zone: ZoneRules) -> Timestamp? {
    guard from != to else { return nil }
    let today = zone.local(time).date.daysSinceEpoch
    // Where the clocks change, a time of day may come twice, or a day later than it seems.
    return (today...today + 2).lazy
      .map { day in
        zone.firstMoment(reaching: day * 86_400_000 + from.millisecondOfDay)
      }
      .first { $0 > time }
  }

  /// The first moment at or after `time` that is not quiet, on a clock in `zone`. Where clocks are set,
  /// beginning and end count once, as fixed times of a schedule do: quiet that began in an hour which
  /// comes again goes on in it, and quiet that ended there does not begin anew.
  package func nextAllowed(from time: Timestamp, in zone: ZoneRules) -> Timestamp {
    guard from != to else { return time }
    let wallClock = zone.latestWallClock(at: time)
    let day = wallClock.flooredQuotient(86_400_000)
    let millisecondOfDay = wallClock - day * 86_400_000
    let (start, end) = (from.millisecondOfDay, to.millisecondOfDay)
    let isQuiet =
      start < end
      ? millisecondOfDay >= start && millisecondOfDay < end
      : millisecondOfDay >= start || millisecondOfDay < end
    guard isQuiet else { return time }
    let endsTomorrow = start > end && millisecondOfDay >= start
    return zone.firstMoment(reaching: (day + (endsTomorrow ? 1 : 0)) * 86_400_000 + end)
  }
}
