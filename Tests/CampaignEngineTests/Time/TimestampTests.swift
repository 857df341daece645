import TestRandom
import Testing
import Wire

import CampaignEngine

struct TimestampTests {
  @Test(arguments: [
    ("1970-01-01T00:00:00.000Z", Int64(0)), ("2026-11-22T09:30:12.408Z", 1_795_339_812_408),
    ("9999-12-31T23:59:59.999Z", 253_402_300_799_999),
    ("2024-02-29T00:00:00.001Z", 1_709_164_800_001),
  ])
  func `a time is spelled in UTC with milliseconds`(text: String, milliseconds: Int64) {
    #expect(Timestamp(wireText: text) == Timestamp(milliseconds: milliseconds))
    #expect(Timestamp(milliseconds: milliseconds).wireText == text)
  }

  @Test(arguments: [
    ("2026-11-22T09:30:12Z", "2026-11-22T09:30:12.000Z"),
    ("2026-11-22t09:30:12.4z", "2026-11-22T09:30:12.400Z"),
    ("2026-11-22T09:30:12.408999999Z", "2026-11-22T09:30:12.408Z"),
    ("2026-11-22T16:30:12+07:00", "2026-11-22T09:30:12.000Z"),
    ("2026-11-21T23:30:00-10:00", "2026-11-22T09:30:00.000Z"),
    ("2026-01-01T00:00:00+05:30", "2025-12-31T18:30:00.000Z"),
  ])
  func `offsets and fractions are read and put right`(text: String, normal: String) {
    #expect(Timestamp(wireText: text)?.wireText == normal)
  }

  @Test(arguments: [
    "", "2026-11-22", "2026-11-22 09:30:12Z", "2026-11-22T09:30:12", "2026-11-22T24:00:00Z",
    "2026-11-22T09:60:00Z", "2026-11-22T09:30:60Z", "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z",
    "2026-00-01T00:00:00Z", "2026-11-31T00:00:00Z", "2026-11-22T09:30:12.Z", "0000-01-01T00:00:00Z",
    "1969-12-31T23:59:59Z", "9999-12-31T23:59:59-01:00", "2026-11-22T09:30:12+24:00",
    "2026-11-22T09:30:12+0700", "2026-11-22T09:30:12Zx", "12026-11-22T09:30:12Z",
  ])
  func `what is no time of the wire is refused`(text: String) {
    #expect(Timestamp(wireText: text) == nil)
  }

  @Test func `sums stay inside the range of the wire`() {
    #expect(Timestamp.distantFuture + .days(1) == .distantFuture)
    #expect(time("2026-01-01T00:00:00Z") + TimeSpan(milliseconds: .max) == .distantFuture)
    #expect(time("2026-01-01T00:00:00Z") + TimeSpan(milliseconds: .min) == .zero)
    #expect(time("1970-01-02T00:00:00Z") + .days(-2) == .zero)
    #expect(time("2026-01-02T00:00:00Z") + .days(-1) == time("2026-01-01T00:00:00Z"))
    #expect(time("2026-01-02T00:00:00Z") - time("2026-01-01T00:00:00Z") == .days(1))
  }

  @Test func `every time survives text and binary form`() throws {
    for seed in UInt64(1)...300 {
      var random = Random(seed: seed)
      let time = Timestamp(
        milliseconds: Int64(random.next() % UInt64(Timestamp.distantFuture.milliseconds + 1)))
      #expect(Timestamp(wireText: time.wireText) == time, "seed \(seed)")
      #expect(try Binary.decode(Timestamp.self, from: Binary.encode(time)) == time, "seed \(seed)")
    }
  }

  @Test func `what no wire spells is still written`() {
    #expect(Timestamp(milliseconds: .max).wireText == "292278994-08-17T07:12:55.807Z")
    #expect(Timestamp(milliseconds: -1).wireText == "1969-12-31T23:59:59.999Z")
    #expect(Timestamp(milliseconds: .min).wireText == "-292275055-05-16T16:47:04.192Z")
  }

  @Test func `civil dates follow each other day by day`() throws {
    var previous = CivilDate(daysSinceEpoch: -800_000)
    for days in -799_999...800_000 where days % 7 == 0 || abs(days) < 1000 {
      let date = CivilDate(daysSinceEpoch: Int64(days))
      #expect(date.daysSinceEpoch == Int64(days))
      let isLater =
        (date.year, date.month, date.day) > (previous.year, previous.month, previous.day)
      #expect(isLater)
      previous = date
    }
    #expect(CivilDate(daysSinceEpoch: 0).description == "1970-01-01")
    #expect(CivilDate(daysSinceEpoch: -1).description == "1969-12-31")
    #expect(CivilDate(daysSinceEpoch: 11_016).description == "2000-02-29")
    #expect(CivilDate(year: 1900, month: 2, day: 29) == nil)
    #expect(CivilDate(year: 2000, month: 2, day: 29) != nil)
    #expect(CivilDate(year: 2026, month: 4, day: 31) == nil)
    #expect(CivilDate(year: 2026, month: 4, day: 0) == nil)
  }
}

struct TimeSpanTests {
  @Test(arguments: [
    ("90s", Int64(90_000), "90s"), ("15m", 900_000, "15m"), ("48h", 172_800_000, "48h"),
    ("7d", 604_800_000, "7d"), ("3d", 259_200_000, "3d"), ("20h", 72_000_000, "20h"),
    ("24h", 86_400_000, "24h"), ("1d", 86_400_000, "24h"), ("1h30m", 5_400_000, "90m"),
    ("-2d", -172_800_000, "-48h"), ("0s", 0, "0s"), ("-0m", 0, "0s"), ("1500ms", 1500, "1500ms"),
    ("2d12h", 216_000_000, "60h"), ("007s", 7000, "7s"),
  ])
  func `a duration is a number and a unit, or several`(
    text: String, milliseconds: Int64, normal: String
  ) {
    #expect(TimeSpan(wireText: text)?.milliseconds == milliseconds)
    #expect(TimeSpan(milliseconds: milliseconds).wireText == normal)
    #expect(TimeSpan(wireText: normal)?.milliseconds == milliseconds)
  }

  @Test(arguments: [
    "", "-", "5", "s", "1.5h", "1 h", "h1", "1H", "1w", "--1s", "1s-", "99999999999999999999s",
    "9223372036854775807d", "3661d", "٣s", "1hm",
  ])
  func `what is no duration is refused`(text: String) {
    #expect(TimeSpan(wireText: text) == nil)
  }

  @Test func `the longest duration is ten years`() {
    #expect(TimeSpan(wireText: "3660d") != nil)
    #expect(TimeSpan(wireText: "-3660d") != nil)
    #expect(TimeSpan(wireText: "3660d1ms") == nil)
  }
}
