import TestRandom
import Testing
import Wire

import CampaignEngine

private let berlin = zone(
  "Europe/Berlin", 3600,
  [
    ("2026-03-29T01:00:00Z", 7200), ("2026-10-25T01:00:00Z", 3600),
    ("2027-03-28T01:00:00Z", 7200), ("2027-10-31T01:00:00Z", 3600),
  ])

private let newYork = zone(
  "America/New_York", -18_000,
  [
    ("2026-03-08T07:00:00Z", -14_400), ("2026-11-01T06:00:00Z", -18_000),
    ("2027-03-14T07:00:00Z", -14_400), ("2027-11-07T06:00:00Z", -18_000),
  ])

/// Sets its clocks by half an hour.
private let lordHowe = zone(
  "Australia/Lord_Howe", 39_600,
  [("2026-04-04T15:00:00Z", 37_800), ("2026-10-03T15:30:00Z", 39_600)])

/// Left out a whole day when it changed the side of the date line.
private let apia = zone("Pacific/Apia", -36_000, [("2011-12-30T10:00:00Z", 50_400)])

private let zones = [EngineHarness.jakarta, berlin, newYork, lordHowe]

private func cron(_ text: String) throws -> CronExpression { try CronExpression(parsing: text) }

struct CronTests {
  @Test(arguments: [
    ("* * * * *", "2026-11-22T09:30:12Z", "2026-11-22T09:31:00Z"),
    ("30 9 * * *", "2026-11-22T09:29:59Z", "2026-11-22T09:30:00Z"),
    ("30 9 * * *", "2026-11-22T09:30:00Z", "2026-11-23T09:30:00Z"),
    ("*/15 * * * *", "2026-11-22T09:46:00Z", "2026-11-22T10:00:00Z"),
    ("5-50/15 * * * *", "2026-11-22T09:36:00Z", "2026-11-22T09:50:00Z"),
    ("5-50/15 * * * *", "2026-11-22T09:50:00Z", "2026-11-22T10:05:00Z"),
    ("0 8,20 * * *", "2026-11-22T09:00:00Z", "2026-11-22T20:00:00Z"),
    ("0 9 * * MON-FRI", "2026-11-20T09:00:00Z", "2026-11-23T09:00:00Z"),
    ("0 9 * * 7", "2026-11-18T00:00:00Z", "2026-11-22T09:00:00Z"),
    ("0 9 * * 0", "2026-11-18T00:00:00Z", "2026-11-22T09:00:00Z"),
    ("0 9 * * sat-Sun", "2026-11-21T09:00:00Z", "2026-11-22T09:00:00Z"),
    ("0 9 * * 5-7", "2026-11-20T10:00:00Z", "2026-11-21T09:00:00Z"),
    ("0 0 1 * *", "2026-11-22T09:00:00Z", "2026-12-01T00:00:00Z"),
    ("59 23 31 * *", "2026-11-22T09:00:00Z", "2026-12-31T23:59:00Z"),
    ("0 0 31 * *", "2026-12-31T00:00:00Z", "2027-01-31T00:00:00Z"),
    ("0 0 31 * *", "2027-01-31T00:00:00Z", "2027-03-31T00:00:00Z"),
    ("0 12 30 apr,Jun *", "2026-11-22T09:00:00Z", "2027-04-30T12:00:00Z"),
    ("0 0 29 2 *", "2026-11-22T09:00:00Z", "2028-02-29T00:00:00Z"),
    ("0 0 29 2 *", "2096-03-01T00:00:00Z", "2104-02-29T00:00:00Z"),
    // The 13th or a Friday, since both are restricted.
    ("0 0 13 * FRI", "2026-11-22T09:00:00Z", "2026-11-27T00:00:00Z"),
    ("0 0 13 * FRI", "2026-12-12T09:00:00Z", "2026-12-13T00:00:00Z"),
    // Odd days that are a Friday, since one of the two begins with *.
    ("0 0 */2 * FRI", "2026-11-20T09:00:00Z", "2026-11-27T00:00:00Z"),
    ("0 0 */2 * FRI", "2026-11-28T09:00:00Z", "2026-12-11T00:00:00Z"),
    ("0 0 1-7 * */7", "2026-11-22T09:00:00Z", "2026-12-06T00:00:00Z"),
    ("0\t0  1 1  *", "2026-11-22T09:00:00Z", "2027-01-01T00:00:00Z"),
  ])
  func `the next firing in a zone without changes`(
    text: String, after: String, expected: String
  ) throws {
    #expect(try cron(text).next(after: time(after), in: .utc) == time(expected))
  }

  @Test(arguments: ["0 0 30 2 *", "0 0 31 4,6,9,11 *", "* * 31 FEB *"])
  func `what never fires is found out`(text: String) throws {
    for zone in zones { #expect(try cron(text).next(after: .zero, in: zone) == nil) }
  }

  @Test func `nothing fires behind the end of time`() throws {
    let last = try #require(
      try cron("0 0 * * *").next(after: time("9999-12-30T12:00:00Z"), in: .utc))
    #expect(last == time("9999-12-31T00:00:00Z"))
    #expect(try cron("0 0 * * *").next(after: last, in: .utc) == nil)
    #expect(try cron("0 0 * * *").next(after: .distantFuture, in: .utc) == nil)
  }

  @Test(arguments: [
    // Jakarta has no daylight-saving time: nine o'clock is always 02:00 in UTC.
    ("Asia/Jakarta", "0 9 * * *", "2026-03-28T12:00:00Z", ["2026-03-29T02:00:00Z"]),
    // The clock jumps from 02:00 to 03:00: 02:30 fires once, at the jump.
    (
      "Europe/Berlin", "30 2 * * *", "2026-03-28T00:00:00Z",
      ["2026-03-28T01:30:00Z", "2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z"]
    ),
    // All that is jumped over, and the moment itself, are one firing.
    (
      "Europe/Berlin", "*/20 2,3 * * *", "2026-03-29T00:00:00Z",
      ["2026-03-29T01:00:00Z", "2026-03-29T01:20:00Z", "2026-03-29T01:40:00Z"]
    ),
    // The clock goes back from 03:00 to 02:00: 02:30 comes twice and fires once.
    (
      "Europe/Berlin", "30 2 * * *", "2026-10-24T12:00:00Z",
      ["2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z"]
    ),
    (
      "Europe/Berlin", "0,30 * * * *", "2026-10-25T00:00:00Z",
      [
        "2026-10-25T00:30:00Z", "2026-10-25T01:00:00Z", "2026-10-25T01:30:00Z",
        "2026-10-25T02:00:00Z",
      ]
    ),
    (
      "Europe/Berlin", "*/30 * * * *", "2026-10-25T00:00:00Z",
      [
        "2026-10-25T00:30:00Z", "2026-10-25T01:00:00Z", "2026-10-25T01:30:00Z",
        "2026-10-25T02:00:00Z",
      ]
    ),
    // The left-out hour is no firing of its own.
    (
      "Europe/Berlin", "15 * * * *", "2026-03-29T00:00:00Z",
      ["2026-03-29T00:15:00Z", "2026-03-29T01:15:00Z"]
    ),
    (
      "Europe/Berlin", "*/30 2 * * *", "2026-10-24T22:00:00Z",
      [
        "2026-10-25T00:00:00Z", "2026-10-25T00:30:00Z", "2026-10-25T01:00:00Z",
        "2026-10-25T01:30:00Z", "2026-10-26T01:00:00Z",
      ]
    ),
    (
      "Australia/Lord_Howe", "*/15 * * * *", "2026-04-04T14:45:00Z",
      ["2026-04-04T15:00:00Z", "2026-04-04T15:15:00Z"]
    ),
    (
      "Europe/Berlin", "30 2,3 * * *", "2026-10-24T23:00:00Z",
      ["2026-10-25T00:30:00Z", "2026-10-25T02:30:00Z"]
    ),
    ("Europe/Berlin", "0 9 * * *", "2026-03-28T12:00:00Z", ["2026-03-29T07:00:00Z"]),
    (
      "America/New_York", "30 2 * * SUN", "2026-03-01T12:00:00Z",
      ["2026-03-08T07:00:00Z", "2026-03-15T06:30:00Z"]
    ),
    (
      "America/New_York", "30 1 * * *", "2026-11-01T05:29:00Z",
      ["2026-11-01T05:30:00Z", "2026-11-02T06:30:00Z"]
    ),
    // Asked in the second coming of 01:15, when 01:30 has been.
    ("America/New_York", "30 1 * * *", "2026-11-01T06:15:00Z", ["2026-11-02T06:30:00Z"]),
    // The last day of the month that the local clock shows, not that of UTC.
    ("America/New_York", "0 23 31 * *", "2026-10-31T12:00:00Z", ["2026-11-01T03:00:00Z"]),
    // Lord Howe's half hour: from 02:00 back to 01:30, and from 02:00 on to 02:30.
    (
      "Australia/Lord_Howe", "45 1 * * *", "2026-04-04T12:00:00Z",
      ["2026-04-04T14:45:00Z", "2026-04-05T15:15:00Z"]
    ),
    (
      "Australia/Lord_Howe", "15 2 * * *", "2026-10-03T12:00:00Z",
      ["2026-10-03T15:30:00Z", "2026-10-04T15:15:00Z"]
    ),
    // A day that never was fires once, when the next one begins.
    (
      "Pacific/Apia", "0 12 30 12 *", "2011-12-01T00:00:00Z",
      ["2011-12-30T10:00:00Z", "2012-12-29T22:00:00Z"]
    ),
  ])
  func `firings across changes of the clock`(
    name: String, text: String, after: String, expected: [String]
  ) throws {
    let zone = try #require((zones + [apia]).first { $0.name == name })
    var moment = time(after)
    for wanted in expected {
      moment = try #require(try cron(text).next(after: moment, in: zone))
      #expect(moment == time(wanted))
    }
  }

  @Test(arguments: [
    ("", "", "five fields"), ("* * * *", "", "found 4"), ("* * * * * *", "", "found 6"),
    ("@daily", "", "found 1"),
    ("60 * * * *", "minute", "a number from 0 to 59; found \"60\""),
    ("-1 * * * *", "minute", "a number from 0 to 59; found \"\""),
    ("1,,2 * * * *", "minute", "a number from 0 to 59; found \"\""),
    ("0 24 * * *", "hour", "a number from 0 to 23; found \"24\""),
    ("0 9-5 * * *", "hour", "a range whose first value is not above its last; found \"9-5\""),
    ("0 0 0 * *", "day of month", "a number from 1 to 31; found \"0\""),
    ("0 0 L * *", "day of month", "a number from 1 to 31; found \"L\""),
    ("0 12 * DEC-FEB *", "month", "whose first value is not above its last; found \"DEC-FEB\""),
    ("0 0 * 13 *", "month", "a number from 1 to 12 or JAN-DEC; found \"13\""),
    ("0 0 * SEPT *", "month", "a number from 1 to 12 or JAN-DEC; found \"SEPT\""),
    ("0 0 * * 8", "day of week", "a number from 0 to 7 or SUN-SAT; found \"8\""),
    ("0 0 * * FRI#2", "day of week", "a number from 0 to 7 or SUN-SAT; found \"FRI#2\""),
    ("5/15 * * * *", "minute", "a range or * before \"/\", such as 0-59/2; found \"5/15\""),
    ("*/0 * * * *", "minute", "a step from 1 to 59 after \"/\"; found \"0\""),
    ("*/x * * * *", "minute", "a step from 1 to 59 after \"/\"; found \"x\""),
    ("*/ * * * *", "minute", "a step from 1 to 59 after \"/\"; found \"\""),
    ("*/5/5 * * * *", "minute", "a step from 1 to 59 after \"/\"; found \"5/5\""),
    ("99999999999999999999 * * * *", "minute", "found \"99999999999999999999\""),
    ("٣ * * * *", "minute", "a number from 0 to 59"),
  ])
  func `a text that is no expression is refused with its field`(
    text: String, field: String, message: String
  ) throws {
    let fault = try #require(throws: CronExpression.Fault.self) { try cron(text) }
    #expect(fault.field == field)
    #expect(fault.message.hasPrefix("expected "))
    #expect(fault.message.contains(message), "\(fault.message)")
    #expect(CronExpression(wireText: text) == nil)
  }

  @Test func `an expression keeps its spelling, as JSON and as binary`() throws {
    let expression = try cron("0,30  9-17 * jan-MAR 7")
    #expect(expression.wireText == "0,30  9-17 * jan-MAR 7")
    let json = JSON.encode([expression])
    #expect(try JSON.decode([CronExpression].self, from: json) == [expression])
    #expect(
      try Binary.decode([CronExpression].self, from: Binary.encode([expression])) == [expression])
    let error = try #require(throws: WireError.self) {
      try JSON.decode([CronExpression].self, from: bytes(#"["0 24 * * *"]"#))
    }
    #expect(error.path.contains("[0]"))
    #expect(error.message.contains("in the field hour a number from 0 to 23"))
  }
}

/// Expressions made of random sets, beside the sets themselves.
private struct RandomCron {
  var text = ""
  private var sets: [Set<Int64>] = []
  private var hasStarDay = false
  private(set) var isByTheClock = false

  init(_ random: inout Random) {
    var fields: [String] = []
    for (index, range) in ([0...59, 0...23, 1...31, 1...12, 0...6] as [ClosedRange<Int64>])
      .enumerated()
    {
      let (text, set) = Self.field(range, isSparse: index == 0, &random)
      fields.append(text)
      sets.append(set)
    }
    text = fields.joined(separator: " ")
    isByTheClock = fields[0].hasPrefix("*") || fields[1].hasPrefix("*")
    hasStarDay = fields[2].hasPrefix("*") || fields[4].hasPrefix("*")
  }

  private static func field(
    _ range: ClosedRange<Int64>, isSparse: Bool, _ random: inout Random
  ) -> (String, Set<Int64>) {
    let all = Array(range)
    switch random.below(isSparse ? 3 : 5) {
    case 0:
      let picked = (0...random.below(3)).map { _ in all[random.below(all.count)] }
      return (picked.map(String.init).joined(separator: ","), Set(picked))
    case 1:
      let (one, other) = (random.below(all.count), random.below(all.count))
      let (first, last) = (all[min(one, other)], all[max(one, other)])
      let step = Int64(1 + random.below(4))
      return (
        "\(first)-\(last)/\(step)", Set(stride(from: first, through: last, by: Int64.Stride(step)))
      )
    case 2:
      let step = Int64(2 + random.below(5))
      return (
        "*/\(step)", Set(stride(from: all[0], through: all[all.count - 1], by: Int64.Stride(step)))
      )
    default: return ("*", Set(all))
    }
  }

  /// The minute of a wall clock, in minutes since its 1970.
  func fits(_ minute: Int64) -> Bool {
    let day = minute.flooredQuotient(1440)
    let date = CivilDate(daysSinceEpoch: day)
    let minuteOfDay = minute - day * 1440
    let onDate = sets[2].contains(date.day)
    let onWeekday = sets[4].contains(((day + 4) % 7 + 7) % 7)
    return sets[0].contains(minuteOfDay % 60) && sets[1].contains(minuteOfDay / 60)
      && sets[3].contains(date.month) && (hasStarDay ? onDate && onWeekday : onDate || onWeekday)
  }
}

struct CronWalkTests {
  /// Looks at every minute, and remembers what the wall clock has shown.
  private func walk(
    _ cron: RandomCron, from start: Timestamp, minutes: Int64, in zone: ZoneRules
  ) -> [Timestamp] {
    func shown(_ moment: Timestamp) -> Int64 {
      (moment.milliseconds / 1000 + zone.offsetSeconds(at: moment)) / 60
    }
    var seen: Set<Int64> = []
    var before = shown(start)
    for back in 0...180 as ClosedRange<Int64> { seen.insert(shown(start + .minutes(-back))) }
    var fired: [Timestamp] = []
    for minute in 1...minutes {
      let moment = start + .minutes(minute)
      let now = shown(moment)
      if cron.isByTheClock {
        if cron.fits(now) { fired.append(moment) }
        continue
      }
      // A clock that jumps ahead shows no minute in between, and they all count now.
      let new = (now > before ? Array(before + 1...now) : [now]).filter { seen.insert($0).inserted }
      if new.contains(where: cron.fits) { fired.append(moment) }
      before = now
    }
    return fired
  }

  @Test(arguments: 1...16)
  func `a walk minute by minute fires at the same moments`(seed: Int) throws {
    var random = Random(seed: UInt64(seed))
    let starts = [
      "2026-03-01T00:00:00Z", "2026-03-27T00:00:00Z", "2026-09-30T00:00:00Z",
      "2026-10-24T00:00:00Z",
    ]
    for zone in zones {
      let cron = RandomCron(&random)
      let expression = try CronExpression(parsing: cron.text)
      let start = time(starts[random.below(starts.count)]) + .minutes(Int64(random.below(1440)))
      let minutes: Int64 = 14 * 1440
      let expected = walk(cron, from: start, minutes: minutes, in: zone)
      var found: [Timestamp] = []
      var moment = start
      while let next = expression.next(after: moment, in: zone), next <= start + .minutes(minutes) {
        found.append(next)
        moment = next
      }
      #expect(
        found == expected, "seed \(seed): \(cron.text) in \(zone.name) after \(start.wireText)")
    }
  }
}
