import TestRandom
import CampaignEngine
import Foundation
import ServiceTesting
import Testing

@testable import OperationCenterService

struct ZoneDatabaseTests {
  private static let day: Int64 = 86_400

  /// Foundation has a database of its own. Where the two are of different years they may differ about
  /// the future, hence a past that nobody legislates any more.
  @Test func `a zone says what Foundation says, at every change and between any two`() throws {
    let around = try #require(Timestamp(wireText: "2015-03-01T00:00:00.000Z"))
    var compared = 0
    for name in TimeZone.knownTimeZoneIdentifiers where ZoneDatabase.isName(name) {
      guard let zone = TimeZone(identifier: name),
        let rules = ZoneDatabase.rules(named: name, around: around)
      else { continue }
      compared += 1
      let start = around.milliseconds / 1000 - 366 * Self.day
      var seconds = (0..<700).map { start + 1 + $0 * 5 * Self.day }
      seconds += rules.transitions.flatMap { [$0.atSeconds - 1, $0.atSeconds] }
      for second in seconds where second < start + 9 * 366 * Self.day {
        let ours = rules.offsetSeconds(at: Timestamp(milliseconds: second * 1000))
        let theirs = zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(second)))
        try #require(ours == Int64(theirs), "\(name) at \(second)")
      }
    }
    #expect(compared > 300)
  }

  @Test(arguments: [
    "", "CET", "EST5EDT", "+01:00", "GMT+1", "posix/Europe/Paris", "right/Europe/Paris", "/UTC",
    "../zoneinfo/Europe/Paris", "Europe/../Asia/Jakarta", "Europe/./Paris", "Europe//Paris",
    "Europe/",
    "Europe", "Europe/Paris\0", "Europe/Paris ", "Europe/Atlantis", "Europe/Pàris", "tzdata.zi",
    "America/Argentina", "A/" + String(repeating: "b", count: 100),
  ])
  func `no zone of that name`(_ name: String) {
    #expect(ZoneDatabase.rules(named: name, around: .zero) == nil)
  }

  @Test(arguments: [
    "UTC", "GMT", "Etc/UTC", "Etc/GMT+5", "America/Argentina/Ushuaia", "US/Eastern",
  ])
  func `a zone of that name`(_ name: String) {
    #expect(ZoneDatabase.rules(named: name, around: .zero)?.name == name)
  }

  /// Zone, rule, second, offset: worked out by hand from the calendar.
  @Test(arguments: [
    // The last Sunday of March 2030 is the 31st, one o'clock in Greenwich.
    ("CET-1CEST,M3.5.0,M10.5.0/3", "2030-03-31T00:59:59.000Z", 3600),
    ("CET-1CEST,M3.5.0,M10.5.0/3", "2030-03-31T01:00:00.000Z", 7200),
    ("CET-1CEST,M3.5.0,M10.5.0/3", "2030-10-27T00:59:59.000Z", 7200),
    ("CET-1CEST,M3.5.0,M10.5.0/3", "2030-10-27T01:00:00.000Z", 3600),
    // Ireland calls summer its standard, and winter is an hour less.
    ("IST-1GMT0,M10.5.0,M3.5.0/1", "2030-01-15T00:00:00.000Z", 0),
    ("IST-1GMT0,M10.5.0,M3.5.0/1", "2030-07-15T00:00:00.000Z", 3600),
    // The south: summer is over the turn of the year.
    ("NZST-12NZDT,M9.5.0,M4.1.0/3", "2030-12-31T12:00:00.000Z", 46_800),
    ("NZST-12NZDT,M9.5.0,M4.1.0/3", "2030-06-30T12:00:00.000Z", 43_200),
    // Hours beyond a day: Saturday two o'clock is 50 hours after Thursday began.
    ("EET-2EEST,M3.4.4/50,M10.4.4/50", "2030-03-29T23:59:59.000Z", 7200),
    ("EET-2EEST,M3.4.4/50,M10.4.4/50", "2030-03-30T00:00:00.000Z", 10_800),
    ("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", "2030-12-25T00:00:00.000Z", 39_600),
    ("<-0330>3:30", "2030-12-25T00:00:00.000Z", -12_600),
    // J60 is 1 March in every year; 59 is 29 February in a leap year.
    ("AAA0BBB,J60/0,J300/0", "2032-02-29T23:59:59.000Z", 0),
    ("AAA0BBB,J60/0,J300/0", "2032-03-01T00:00:00.000Z", 3600),
    ("AAA0BBB,59/0,300/0", "2032-02-29T00:00:00.000Z", 3600),
    // Summer for the whole year.
    ("XXX3EDT4,0/0,J365/23", "2030-06-01T00:00:00.000Z", -14_400),
    ("XXX3EDT4,0/0,J365/23", "2030-01-01T00:00:00.000Z", -14_400),
  ])
  func `a rule says how late it is`(_ rule: String, _ time: String, _ offset: Int64) throws {
    let read = try #require(ZoneRule(rule.utf8))
    let second = try #require(Timestamp(wireText: time)).milliseconds / 1000
    #expect(read.offsetSeconds(at: second) == offset)
  }

  @Test(arguments: [
    "CET", "C-1", "CET-1CEST,", "CET-1CEST,M3.5.0", "CET-1CEST,M3.5.0,",
    "CET-1CEST,M13.5.0,M10.5.0",
    "CET-1CEST,M3.6.0,M10.5.0", "CET-1CEST,M3.5.7,M10.5.0", "CET-999", "CET-1:60", "<CET-1",
    "CET-1CEST,J366,J1", "CET-1CEST,M3.5.0,M10.5.0 ", "-1", "CET99999999999999999999",
  ])
  func `no rule`(_ text: String) { #expect(ZoneRule(text.utf8) == nil) }

  @Test func `a file that is cut or changed anywhere is refused or read, and nothing traps`() throws
  {
    let seed = UInt64.random(in: 0...UInt64.max)
    print("seed \(seed)")
    var chance = Random(seed: seed)
    let whole = Array(try Data(contentsOf: URL(filePath: "/usr/share/zoneinfo/Europe/Lisbon")))
    #expect(ZoneFile(whole) != nil)
    for length in 0..<whole.count { #expect(ZoneFile(Array(whole[..<length])) == nil) }
    for _ in 0..<3000 {
      var changed = whole
      for _ in 0..<Int.random(in: 1...4, using: &chance) {
        // Counts and times stand in the first bytes of a block; half of the changes go there.
        let range = Bool.random(using: &chance) ? 0..<200 : changed.indices
        changed[Int.random(in: range, using: &chance)] = UInt8.random(in: 0...255, using: &chance)
      }
      guard let file = ZoneFile(changed) else { continue }
      let found = file.transitions(after: 1_700_000_000, before: 2_100_000_000)
      #expect(zip(found, found.dropFirst()).allSatisfy { $0.atSeconds < $1.atSeconds })
    }
  }
}
