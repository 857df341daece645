import Wire

/// When something recurs: minute, hour, day of month, month and day of week, as cron writes them.
/// `0 9 * * MON-FRI` is nine o'clock on working days.
///
/// A day counts by either of its two fields where both are restricted, and by both where one of them
/// begins with `*`, as in every cron since Vixie's.
package struct CronExpression: Hashable, Sendable {
  private let text: String
  /// One bit a value.
  private let minutes: UInt64, hours: UInt64, days: UInt64, months: UInt64, weekdays: UInt64
  private let isEitherDayEnough: Bool
  private let isByTheClock: Bool

  /// Why a text is no cron expression.
  package struct Fault: Error, Equatable {
    /// `minute`, `hour`, `day of month`, `month` or `day of week`; empty where their number is wrong.
    package let field: String
    package let message: String
  }

  package init(parsing text: String) throws(Fault) {
    let parts = text.split { $0 == " " || $0 == "\t" }
    guard parts.count == CronField.all.count else {
      throw Fault(
        field: "",
        message:
          "expected five fields (minute, hour, day of month, month, day of week); found \(parts.count)"
      )
    }
    self.text = text
    minutes = try CronField.minute.values(in: parts[0])
    hours = try CronField.hour.values(in: parts[1])
    days = try CronField.dayOfMonth.values(in: parts[2])
    months = try CronField.month.values(in: parts[3])
    weekdays = try CronField.dayOfWeek.values(in: parts[4])
    isByTheClock = parts[0].hasPrefix("*") || parts[1].hasPrefix("*")
    isEitherDayEnough = !parts[2].hasPrefix("*") && !parts[4].hasPrefix("*")
  }

  /// The first firing after a moment, on the wall clock of a zone; nil where there is none in ten
  /// years, as for 30 February.
  ///
  /// Where clocks are set, as Vixie's cron decides. What names its minute and its hour fires once: when
  /// the clock first shows that time or a later one, so at the jump where it is left out, and at its
  /// first coming where it comes twice. What begins with `*` in one of the two goes by the clock
  /// alone: never in an hour that is left out, and again in one that comes again.
  package func next(after time: Timestamp, in zone: ZoneRules) -> Timestamp? {
    if isByTheClock { return nextShown(after: time, in: zone) }
    guard let wallClock = firstMatch(after: zone.latestWallClock(at: time)) else { return nil }
    let moment = zone.firstMoment(reaching: wallClock)
    return moment <= .distantFuture ? moment : nil
  }

  /// Looks at each stretch between two changes of the clock.
  private func nextShown(after time: Timestamp, in zone: ZoneRules) -> Timestamp? {
    var start = time.milliseconds
    var index = zone.firstTransition(after: time)
    while true {
      let offset = zone.offset(beforeTransition: index) * 1000
      guard let wallClock = firstMatch(after: start + offset) else { return nil }
      let moment = Timestamp(milliseconds: wallClock - offset)
      guard index < zone.transitions.count,
        moment.milliseconds >= zone.transitions[index].atSeconds * 1000
      else { return moment <= .distantFuture ? moment : nil }
      // The next stretch begins with the very moment of the change.
      start = zone.transitions[index].atSeconds * 1000 - 1
      index += 1
    }
  }

  /// The first time of a wall clock that fits, in milliseconds since its 1970.
  private func firstMatch(after wallClock: Int64) -> Int64? {
    let start = wallClock.flooredQuotient(60_000) + 1
    var day = start.flooredQuotient(1440)
    var minuteOfDay = start - day * 1440
    let lastDay = day + Self.searchedDays
    while day <= lastDay {
      let date = CivilDate(daysSinceEpoch: day)
      guard months.contains(date.month) else {
        // The 32nd of a month is in the next one.
        let inNextMonth = day - date.day + 32
        day = inNextMonth - CivilDate(daysSinceEpoch: inNextMonth).day + 1
        minuteOfDay = 0
        continue
      }
      if isOn(day, date), let minute = firstMinute(from: minuteOfDay) {
        return (day * 1440 + minute) * 60_000
      }
      day += 1
      minuteOfDay = 0
    }
    return nil
  }

  /// Ten years: 29 February is at most eight years away.
  private static let searchedDays: Int64 = 3653

  private func isOn(_ day: Int64, _ date: CivilDate) -> Bool {
    // 1 January 1970 was a Thursday.
    let weekday = day + 4 - (day + 4).flooredQuotient(7) * 7
    let (fitsDate, fitsWeekday) = (days.contains(date.day), weekdays.contains(weekday))
    return isEitherDayEnough ? fitsDate || fitsWeekday : fitsDate && fitsWeekday
  }

  private func firstMinute(from minuteOfDay: Int64) -> Int64? {
    let firstHour = minuteOfDay / 60
    for hour in firstHour..<24 where hours.contains(hour) {
      let from = hour == firstHour ? minuteOfDay % 60 : 0
      if let minute = (from..<60).first(where: minutes.contains) { return hour * 60 + minute }
    }
    return nil
  }
}

extension UInt64 {
  fileprivate func contains(_ value: Int64) -> Bool { self >> UInt64(value) & 1 == 1 }
}

extension CronExpression: WireText {
  package static var expected: String {
    "five cron fields such as \"0 9 * * MON-FRI\" (minute, hour, day of month, month, day of week)"
  }

  package static var documentation: String {
    "Minutes, hours, days of the month, months and days of the week, as cron reads them."
  }
  package static var example: String { "0 9 * * 1-5" }
  package static var expression: String? { "^[ \\t]*[^ \\t]+([ \\t]+[^ \\t]+){4}[ \\t]*$" }
  package var wireText: String { text }

  package init?(wireText: String) {
    guard let cron = try? CronExpression(parsing: wireText) else { return nil }
    self = cron
  }

  /// Says which of the fields is wrong, and what it may hold.
  package static func read(_ reader: inout JSONReader, _ rule: Rule) throws(WireError) -> Self {
    let start = reader
    let text = try String.read(&reader, rule)
    do throws(Fault) {
      return try CronExpression(parsing: text)
    } catch {
      throw start.failure("bad_format", error.message)
    }
  }
}
