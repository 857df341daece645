import Testing

import CampaignEngine

/// Clocks jump from 02:00 to 03:00 on 29 March 2026 and back from 03:00 to 02:00 on 25 October.
private let berlin = ZoneRules(
  name: "Europe/Berlin", initialOffsetSeconds: 3600,
  transitions: [
    .init(atSeconds: time("2026-03-29T01:00:00Z").milliseconds / 1000, offsetSeconds: 7200),
    .init(atSeconds: time("2026-10-25T01:00:00Z").milliseconds / 1000, offsetSeconds: 3600),
  ])

private func instant(_ day: String, _ clock: String, in zone: ZoneRules) throws -> String {
  let noon = time("\(day)T00:00:00Z")
  let date = ZoneRules.utc.local(noon).date
  let timeOfDay = try #require(TimeOfDay(wireText: clock))
  return zone.instant(of: date, millisecondOfDay: timeOfDay.millisecondOfDay).wireText
}

struct ZoneRulesTests {
  @Test(arguments: [
    ("2026-03-29", "01:59", "2026-03-29T00:59:00.000Z"),
    ("2026-03-29", "02:30", "2026-03-29T01:30:00.000Z"),
    ("2026-03-29", "03:00", "2026-03-29T01:00:00.000Z"),
    ("2026-03-29", "03:30", "2026-03-29T01:30:00.000Z"),
    ("2026-03-30", "02:30", "2026-03-30T00:30:00.000Z"),
    ("2026-10-25", "01:59", "2026-10-24T23:59:00.000Z"),
    ("2026-10-25", "02:30", "2026-10-25T00:30:00.000Z"),
    ("2026-10-25", "03:00", "2026-10-25T02:00:00.000Z"),
    ("2026-10-25", "03:30", "2026-10-25T02:30:00.000Z"),
    ("2026-10-26", "02:30", "2026-10-26T01:30:00.000Z"),
  ])
  func `wall clock times across both changes`(day: String, clock: String, expected: String) throws {
    #expect(try instant(day, clock, in: berlin) == expected)
  }

  @Test func `the clock on the wall is that of the zone`() throws {
    let (date, millisecond) = berlin.local(time("2026-07-01T22:30:00Z"))
    #expect(date.description == "2026-07-02")
    #expect(millisecond == 30 * 60_000)
    let winter = berlin.local(time("2026-10-25T01:00:00Z"))
    #expect(winter.millisecondOfDay == 2 * 3_600_000)
  }

  @Test func `every instant that a wall clock shows once comes back from it`() {
    let start = time("2026-03-27T00:00:00Z")
    for minutes in stride(from: Int64(0), to: 8 * 1440, by: 7) {
      let moment = start + .minutes(minutes)
      let (date, millisecond) = berlin.local(moment)
      #expect(berlin.instant(of: date, millisecondOfDay: millisecond) == moment)
    }
  }

  @Test func `a zone half an hour off the hour, and one behind UTC`() throws {
    let kolkata = ZoneRules(name: "Asia/Kolkata", initialOffsetSeconds: 19_800, transitions: [])
    #expect(try instant("2026-12-12", "08:30", in: kolkata) == "2026-12-12T03:00:00.000Z")
    let honolulu = ZoneRules(
      name: "Pacific/Honolulu", initialOffsetSeconds: -36_000, transitions: [])
    #expect(try instant("2026-12-12", "20:00", in: honolulu) == "2026-12-13T06:00:00.000Z")
  }
}

struct QuietHoursTests {
  private func quiet(_ from: String, _ to: String) throws -> QuietHours {
    QuietHours(
      from: try #require(TimeOfDay(wireText: from)), to: try #require(TimeOfDay(wireText: to)))
  }

  @Test(arguments: [
    ("2026-11-22T20:59:59.999Z", "2026-11-22T20:59:59.999Z"),
    ("2026-11-22T21:00:00.000Z", "2026-11-23T08:00:00.000Z"),
    ("2026-11-22T23:59:59.999Z", "2026-11-23T08:00:00.000Z"),
    ("2026-11-23T00:00:00.000Z", "2026-11-23T08:00:00.000Z"),
    ("2026-11-23T07:59:59.999Z", "2026-11-23T08:00:00.000Z"),
    ("2026-11-23T08:00:00.000Z", "2026-11-23T08:00:00.000Z"),
    ("2026-12-31T22:00:00.000Z", "2027-01-01T08:00:00.000Z"),
  ])
  func `quiet hours over midnight end on the next morning`(text: String, allowed: String) throws {
    let hours = try quiet("21:00", "08:00")
    #expect(hours.nextAllowed(from: time(text), in: .utc) == time(allowed))
  }

  @Test func `quiet hours inside a day, and none at all`() throws {
    let noon = try quiet("12:00", "14:00")
    #expect(
      noon.nextAllowed(from: time("2026-11-22T13:00:00Z"), in: .utc)
        == time("2026-11-22T14:00:00Z"))
    #expect(
      noon.nextAllowed(from: time("2026-11-22T11:59:00Z"), in: .utc)
        == time("2026-11-22T11:59:00Z"))
    let none = try quiet("12:00", "12:00")
    #expect(
      none.nextAllowed(from: time("2026-11-22T12:00:00Z"), in: .utc)
        == time("2026-11-22T12:00:00Z"))
  }

  @Test func `an end that the clocks jump over comes after the jump`() throws {
    let hours = try quiet("22:00", "02:30")
    #expect(
      hours.nextAllowed(from: time("2026-03-28T23:00:00Z"), in: berlin)
        == time("2026-03-29T01:00:00Z"))
  }

  @Test(arguments: [
    // Quiet from half past two: it began in the first hour, and the second is as quiet.
    ("02:30", "08:00", "2026-10-25T00:29:00Z", "2026-10-25T00:29:00Z"),
    ("02:30", "08:00", "2026-10-25T00:30:00Z", "2026-10-25T07:00:00Z"),
    ("02:30", "08:00", "2026-10-25T01:05:00Z", "2026-10-25T07:00:00Z"),
    // Quiet until half past two: over with its first coming.
    ("22:00", "02:30", "2026-10-25T00:00:00Z", "2026-10-25T00:30:00Z"),
    ("22:00", "02:30", "2026-10-25T01:05:00Z", "2026-10-25T01:05:00Z"),
    // A beginning in the hour that is left out.
    ("02:15", "04:00", "2026-03-29T00:59:00Z", "2026-03-29T00:59:00Z"),
    ("02:15", "04:00", "2026-03-29T01:00:00Z", "2026-03-29T02:00:00Z"),
  ])
  func `beginning and end of quiet hours count once where clocks are set`(
    from: String, to: String, at: String, allowed: String
  ) throws {
    #expect(try quiet(from, to).nextAllowed(from: time(at), in: berlin) == time(allowed))
  }

  @Test func `the moment found is allowed and never before the time asked for`() throws {
    let hours = try quiet("21:30", "02:15")
    for zone in [berlin, ZoneRules.utc, EngineHarness.jakarta] {
      for start in ["2026-03-28T00:00:00Z", "2026-10-24T00:00:00Z"] {
        for minutes in stride(from: Int64(0), to: 3 * 1440, by: 5) {
          let moment = time(start) + .minutes(minutes)
          let allowed = hours.nextAllowed(from: moment, in: zone)
          #expect(allowed >= moment)
          #expect(allowed - moment <= .hours(6))
          #expect(hours.nextAllowed(from: allowed, in: zone) == allowed)
        }
      }
    }
  }

  @Test(arguments: ["24:00", "9:00", "09:60", "", "0900", "09:00:00"])
  func `what is no time of day is refused`(text: String) {
    #expect(TimeOfDay(wireText: text) == nil)
  }

  @Test func `a time of day keeps its spelling`() {
    for text in ["00:00", "07:05", "23:59"] {
      #expect(TimeOfDay(wireText: text)?.wireText == text)
    }
  }
}
