import CampaignEngine

/// When the clocks change for ever after, in the words of POSIX's `TZ`: `CET-1CEST,M3.5.0,M10.5.0/3`.
/// Hours go from -167 to 167, as RFC 8536 extends them.
struct ZoneRule {
  private struct Summer {
    let offsetSeconds: Int64
    let start: Moment, end: Moment
  }

  private let standardOffset: Int64
  private let summer: Summer?

  /// Nil where it is not of this form.
  init?(_ text: some Sequence<UInt8>) {
    var reader = Reader(Array(text))
    guard reader.name(), let west = reader.time() else { return nil }
    standardOffset = -west
    if reader.isAtEnd {
      summer = nil
      return
    }
    guard reader.name() else { return nil }
    var offset = standardOffset + 3600
    if !reader.isAt(",") {
      guard let west = reader.time() else { return nil }
      offset = -west
    }
    guard let start = reader.moment(), let end = reader.moment(), reader.isAtEnd else { return nil }
    summer = Summer(offsetSeconds: offset, start: start, end: end)
  }

  func offsetSeconds(at second: Int64) -> Int64 {
    let year = Self.year(of: second)
    let passed = changes(in: year - 2...year + 1).last { $0.atSeconds <= second }
    return passed?.offsetSeconds ?? standardOffset
  }

  /// Both ends are left out. The way is as long as the years between them.
  func transitions(after start: Int64, before end: Int64) -> [ZoneRules.Transition] {
    guard start < end else { return [] }
    return changes(in: Self.year(of: start) - 1...Self.year(of: end) + 1).filter {
      $0.atSeconds > start && $0.atSeconds < end
    }
  }

  private static func year(of second: Int64) -> Int64 {
    CivilDate(daysSinceEpoch: second.flooredQuotient(86_400)).year
  }

  private func changes(in years: ClosedRange<Int64>) -> [ZoneRules.Transition] {
    guard let summer else { return [] }
    var found: [ZoneRules.Transition] = []
    for year in years {
      // Each change is told in the time that holds until then.
      guard let on = summer.start.second(of: year), let off = summer.end.second(of: year) else {
        continue
      }
      found.append(.init(atSeconds: on - standardOffset, offsetSeconds: summer.offsetSeconds))
      found.append(.init(atSeconds: off - summer.offsetSeconds, offsetSeconds: standardOffset))
    }
    // Summer for the whole year is written as an end that meets the next start: the start counts.
    let isStart = { (change: ZoneRules.Transition) in change.offsetSeconds == summer.offsetSeconds }
    found.sort { ($0.atSeconds, isStart($0) ? 1 : 0) < ($1.atSeconds, isStart($1) ? 1 : 0) }
    var kept: [ZoneRules.Transition] = []
    for change in found {
      if kept.last?.atSeconds == change.atSeconds { kept.removeLast() }
      if kept.last?.offsetSeconds != change.offsetSeconds { kept.append(change) }
    }
    return kept
  }

  /// A day of any year, and the time on it.
  struct Moment {
    enum Day {
      /// From 1 to 365; 29 February is never counted.
      case withoutLeapDay(Int64)
      /// From 0 to 365.
      case ofYear(Int64)
      /// Weekday 0 is Sunday; week 5 is the last.
      case weekday(Int64, week: Int64, month: Int64)
    }

    let day: Day
    let second: Int64

    /// Seconds since 1970 on a clock that knows no zone.
    func second(of year: Int64) -> Int64? {
      guard let newYear = CivilDate(year: year, month: 1, day: 1)?.daysSinceEpoch else {
        return nil
      }
      let days: Int64
      switch day {
      case .ofYear(let number): days = newYear + number
      case .withoutLeapDay(let number):
        let isLeap = CivilDate(year: year, month: 2, day: 29) != nil
        days = newYear + number - 1 + (isLeap && number >= 60 ? 1 : 0)
      case .weekday(let weekday, let week, let month):
        guard let first = CivilDate(year: year, month: month, day: 1)?.daysSinceEpoch else {
          return nil
        }
        // 1970 began on a Thursday.
        let firstWeekday = (first + 4) - (first + 4).flooredQuotient(7) * 7
        let until = weekday - firstWeekday
        var date = first + (until < 0 ? until + 7 : until) + (week - 1) * 7
        if CivilDate(daysSinceEpoch: date).month != month { date -= 7 }
        days = date
      }
      return days * 86_400 + second
    }
  }
}

extension UInt8 {
  var isASCIILetter: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20) }
  var isASCIIDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
}

/// Reads the parts of a rule, one after the other.
private struct Reader {
  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  private var next: UInt8? { position < bytes.count ? bytes[position] : nil }
  var isAtEnd: Bool { position == bytes.count }

  func isAt(_ character: Unicode.Scalar) -> Bool { next == UInt8(ascii: character) }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard isAt(character) else { return false }
    position += 1
    return true
  }

  /// Letters, or anything between angle brackets. Nobody needs it.
  mutating func name() -> Bool {
    let start = position
    if take("<") {
      while let byte = next, byte != UInt8(ascii: ">") { position += 1 }
      return take(">")
    }
    while let byte = next, byte.isASCIILetter { position += 1 }
    return position - start >= 3
  }

  /// `[+-]h[:m[:s]]`, in seconds.
  mutating func time() -> Int64? {
    let sign: Int64 = take("-") ? -1 : 1
    if sign == 1 { _ = take("+") }
    guard let hours = number(upTo: 167) else { return nil }
    var seconds = hours * 3600
    for unit: Int64 in [60, 1] {
      guard take(":") else { break }
      guard let count = number(upTo: 59) else { return nil }
      seconds += count * unit
    }
    return sign * seconds
  }

  /// `,M3.5.0/2`, and the two other ways to name a day. Without a time it is two o'clock.
  mutating func moment() -> ZoneRule.Moment? {
    guard take(","), let day = day() else { return nil }
    guard take("/") else { return ZoneRule.Moment(day: day, second: 7200) }
    return time().map { ZoneRule.Moment(day: day, second: $0) }
  }

  private mutating func day() -> ZoneRule.Moment.Day? {
    if take("J") { return number(upTo: 365).map { .withoutLeapDay(max($0, 1)) } }
    guard take("M") else { return number(upTo: 365).map { .ofYear($0) } }
    guard let month = number(upTo: 12), take("."), let week = number(upTo: 5), take("."),
      let weekday = number(upTo: 6), month >= 1, week >= 1
    else { return nil }
    return .weekday(weekday, week: week, month: month)
  }

  private mutating func number(upTo largest: Int64) -> Int64? {
    var value: Int64?
    while let byte = next, byte.isASCIIDigit, (value ?? 0) <= largest {
      value = (value ?? 0) * 10 + Int64(byte - UInt8(ascii: "0"))
      position += 1
    }
    return value.flatMap { $0 <= largest ? $0 : nil }
  }
}
