import Testing
import Wire

import CampaignEngine

private let newYork = zone(
  "America/New_York", -18_000,
  [
    ("2026-03-08T07:00:00Z", -14_400), ("2026-11-01T06:00:00Z", -18_000),
    ("2027-03-14T07:00:00Z", -14_400), ("2027-11-07T06:00:00Z", -18_000),
  ])
private let berlin = zone(
  "Europe/Berlin", 3600, [("2026-03-29T01:00:00Z", 7200), ("2026-10-25T01:00:00Z", 3600)])
private let lordHowe = zone(
  "Australia/Lord_Howe", 39_600,
  [("2026-04-04T15:00:00Z", 37_800), ("2026-10-03T15:30:00Z", 39_600)])
private let zones = [newYork, berlin, lordHowe, EngineHarness.jakarta]

struct CalendarSpanTests {
  @Test(
    arguments: [
      ("America/New_York", "2027-11-08T04:30:00Z", "-1d", "09:00", "2027-11-06T13:00:00Z"),
      ("America/New_York", "2026-03-10T04:30:00Z", "-7d", "10:00", "2026-03-03T15:00:00Z"),
      ("America/New_York", "2026-03-10T04:30:00Z", "-7d", nil, "2026-03-03T05:30:00Z"),
      // 168 hours are 168 hours.
      ("America/New_York", "2026-03-10T04:30:00Z", "-168h", nil, "2026-03-03T04:30:00Z"),
      ("Europe/Berlin", "2026-10-25T22:30:00Z", "-1d", nil, "2026-10-24T21:30:00Z"),
      ("Europe/Berlin", "2026-10-25T22:30:00Z", "-24h", nil, "2026-10-24T22:30:00Z"),
      ("Europe/Berlin", "2026-03-28T22:30:00Z", "1d", nil, "2026-03-29T21:30:00Z"),
      // Half past two is jumped over on the 29th; half past three comes in its place.
      ("Europe/Berlin", "2026-03-30T00:30:00Z", "-1d", nil, "2026-03-29T01:30:00Z"),
      ("Europe/Berlin", "2026-10-26T08:00:00Z", "-1d12h", nil, "2026-10-24T20:00:00Z"),
      ("Australia/Lord_Howe", "2026-04-05T00:00:00Z", "-1d", nil, "2026-04-03T23:30:00Z"),
      ("Asia/Jakarta", "2026-12-12T17:30:00Z", "-1d", "09:00", "2026-12-12T02:00:00Z"),
    ] as [(String, String, String, String?, String)])
  func `days before an event are days of the calendar`(
    name: String, event: String, offset: String, at: String?, expected: String
  ) throws {
    let zone = try #require(zones.first { $0.name == name })
    let harness = EngineHarness(startingAt: time("2026-01-01T00:00:00Z"))
    try harness.makeSender()
    var row = Project()
    (row.name, row.sender, row.timeZone, row.languages) = ("P", harness.sender, name, ["en"])
    row.events = [ProjectEvent(key: "e", name: "E", startsAt: time(event))]
    harness.project = try harness.perform(CreateProject(row: row, zone: zone))
    try harness.template("hello")
    var plan = ReminderPlan()
    (plan.template.name, plan.guestFilter) = ("hello", .all)
    plan.relativeToEvent = DelayNode.EventOffset()
    plan.relativeToEvent?.offset = try #require(CalendarSpan(wireText: offset))
    plan.relativeToEvent?.at = at.flatMap { TimeOfDay(wireText: $0) }
    let reminder = try harness.perform(CreateReminder(project: harness.project, plan: plan))
    #expect(harness.state[reminder].row.dueAt == time(expected))
  }

  @Test(arguments: [
    ("-1d", "-1d"), ("-24h", "-24h"), ("48h", "48h"), ("2d", "2d"), ("1d12h", "1d12h"),
    ("-1d90m", "-1d90m"), ("1d2d", "3d"), ("0d", "0s"), ("72h", "72h"), ("1500ms", "1500ms"),
  ])
  func `a span keeps its meaning, as JSON and as binary`(text: String, written: String) throws {
    let span = try #require(CalendarSpan(wireText: text))
    #expect(span.wireText == written)
    #expect(CalendarSpan(wireText: written) == span)
    #expect(
      try Binary.decode(CalendarSpanRow.self, from: Binary.encode(CalendarSpanRow(span))).span
        == span)
  }

  @Test(arguments: ["", "-", "1", "d", "1w", "4000d", "99999999999d"])
  func `what is no duration is no span`(text: String) {
    #expect(CalendarSpan(wireText: text) == nil)
  }

  @Test func `what an older program wrote is lifted`() throws {
    for (old, new) in [
      (TimeSpan.days(-7), CalendarSpan.days(-7)), (.hours(-36), .hours(-36)), (.zero, .zero),
    ] as [(TimeSpan, CalendarSpan)] {
      let row = try Binary.decode(
        CalendarSpanRow.self, from: Binary.encode(TimeSpanRow(span: old)))
      #expect(row.span == new)
    }
  }
}

private struct CalendarSpanRow: WireObject {
  var span = CalendarSpan.zero
  init() {}
  init(_ span: CalendarSpan) { self.span = span }
  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("span", &span, "Span.")
  }
}

private struct TimeSpanRow: WireObject {
  var span = TimeSpan.zero
  init() {}
  init(span: TimeSpan) { self.span = span }
  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("span", &span, "Span.")
  }
}
