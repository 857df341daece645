import Testing
import Wire

import CampaignEngine

struct ScheduleTests {
  private let harness: EngineHarness

  init() throws {
    // Monday, a quarter past nine in Jakarta.
    harness = try EngineHarness.wedding()
    try harness.guest("Ana", phone: "+6281230000011")
  }

  private func scheduled(
    _ document: ChatflowDocument? = nil, zone: ZoneRules? = nil,
    _ configure: (inout CampaignSchedule) -> Void
  ) throws -> CampaignID {
    var schedule = CampaignSchedule()
    configure(&schedule)
    let campaign = try harness.campaign(try harness.flow(document ?? askFlow()))
    try harness.perform(ScheduleCampaign(campaign: campaign, schedule: schedule, zone: zone))
    return campaign
  }

  private func cron(_ text: String) throws -> CronExpression { try CronExpression(parsing: text) }

  private func runs(of campaign: CampaignID) -> [CampaignID] {
    harness.state.projects[0].campaigns.ids(in: 0)
      .filter { harness.state[$0].clock.recurrenceOf == campaign }
  }

  /// The clock alone, without the messages that would let executions go on.
  private func clock(at moment: Timestamp) throws {
    harness.now = max(harness.now, moment)
    for _ in 0..<20 {
      try harness.perform(FireTimers())
      try harness.enrol()
    }
  }

  private func next(_ campaign: CampaignID) -> String {
    harness.state[campaign].clock.nextAt.wireText
  }

  @Test func `a campaign starts at its time`() throws {
    let campaign = try scheduled { $0.at = time("2026-11-23T04:00:00.000Z") }
    #expect(harness.status(campaign) == .scheduled)
    try harness.run(until: time("2026-11-23T03:59:59.000Z"))
    #expect(harness.status(campaign) == .scheduled)
    try harness.restart(fromSnapshot: true)
    try harness.run(until: time("2026-11-23T04:00:00.000Z"))
    #expect(harness.status(campaign) == .running)
    #expect(harness.state[campaign].clock.nextAt == .zero)
    #expect(harness.state[campaign].counters.audience == 1)
  }

  @Test(arguments: [
    "2026-11-01T04:00:00.000Z", "2026-11-23T02:14:59.999Z", "2026-11-23T02:15:00.000Z",
  ])
  func `a time that is not to come is refused, and nothing starts`(at: String) throws {
    var schedule = CampaignSchedule()
    schedule.at = time(at)
    let campaign = try harness.campaign(try harness.flow(askFlow()))
    let command = ScheduleCampaign(campaign: campaign, schedule: schedule, zone: nil)
    let refusal = harness.refusal(of: command)
    #expect((refusal?.reason, refusal?.field) == ("in_the_past", "schedule.at"))
    try harness.settle()
    #expect(harness.status(campaign) == .draft)
  }

  @Test func `a draft keeps a time that passes, and the clock is not set by it`() throws {
    let campaign = try harness.campaign(try harness.flow(askFlow())) { row in
      row.settings.triggerType = .scheduled
      row.settings.schedule = CampaignSchedule()
      row.settings.schedule?.at = time("2026-11-01T04:00:00.000Z")
    }
    let command = ScheduleCampaign(campaign: campaign, schedule: nil, zone: nil)
    #expect(harness.refusal(of: command)?.reason == "in_the_past")
    try harness.perform(StartCampaign(campaign: campaign, expectedEligible: nil))
    #expect(harness.status(campaign) == .running)
  }

  @Test func `an update of a scheduled campaign cannot put its time back`() throws {
    let campaign = try scheduled { $0.at = time("2026-11-23T04:00:00.000Z") }
    var settings = harness.state[campaign].settings
    settings.schedule?.at = time("2026-11-22T04:00:00.000Z")
    let update = UpdateCampaign(campaign: campaign, settings: settings, zone: nil)
    #expect(harness.refusal(of: update)?.reason == "in_the_past")
    // At its very time it may still get another name.
    harness.now = time("2026-11-23T04:00:00.000Z")
    settings = harness.state[campaign].settings
    settings.name = "Renamed"
    try harness.perform(UpdateCampaign(campaign: campaign, settings: settings, zone: nil))
    try harness.settle()
    #expect(harness.status(campaign) == .running)
  }

  @Test(
    arguments: [
      (TimeSpan.hours(1), TimeSpan.minutes(59), true), (.hours(1), .hours(1), true),
      (.hours(1), .minutes(61), false), (.days(2), .hours(47), true),
      // The turn itself may be a moment late.
      (.zero, .seconds(2), true), (.zero, .minutes(2), false),
    ] as [(TimeSpan, TimeSpan, Bool)])
  func `after downtime catch_up decides`(catchUp: TimeSpan, late: TimeSpan, starts: Bool) throws {
    let campaign = try scheduled {
      ($0.at, $0.catchUp) = (time("2026-11-23T04:00:00.000Z"), catchUp)
    }
    harness.now = time("2026-11-23T04:00:00.000Z") + late
    try harness.restart(fromSnapshot: true)
    try harness.settle()
    #expect(harness.status(campaign) == (starts ? .running : .draft))
    #expect(harness.state[campaign].pauseReason == (starts ? nil : "missed"))
    #expect(harness.state[campaign].clock.nextAt == .zero)
    if !starts { #expect(harness.state[campaign].allowed.contains(.schedule)) }
  }

  @Test func `each firing is a campaign of its own, named and linked`() throws {
    let parent = try scheduled(shortFlow()) { $0.cron = try? cron("0 10 * * *") }
    #expect(next(parent) == "2026-11-23T03:00:00.000Z")
    try harness.run(until: time("2026-11-24T03:00:00.000Z"))
    let children = runs(of: parent)
    #expect(
      children.map { harness.state[$0].settings.name } == [
        "Campaign 2026-11-23 10:00", "Campaign 2026-11-24 10:00",
      ])
    #expect(children.allSatisfy { harness.status($0) == .completed })
    #expect(children.allSatisfy { harness.state[$0].counters.audience == 1 })
    #expect(harness.state[parent].clock.lastRun == children.last)
    #expect(harness.status(parent) == .scheduled && next(parent) == "2026-11-25T03:00:00.000Z")
  }

  @Test func `a firing is skipped while the one before goes on`() throws {
    let parent = try scheduled { $0.cron = try? cron("0 * * * *") }
    try clock(at: time("2026-11-23T03:00:00.000Z"))
    try clock(at: time("2026-11-23T04:00:00.000Z"))
    try clock(at: time("2026-11-23T05:00:00.000Z"))
    let row = harness.state[parent]
    #expect(
      runs(of: parent).count == 1 && row.clock.skippedFirings == 2 && row.clock.queuedFirings == 0)
    try harness.perform(CancelCampaign(campaign: row.clock.lastRun))
    try clock(at: time("2026-11-23T06:00:00.000Z"))
    #expect(runs(of: parent).count == 2)
  }

  @Test func `or waits for its end, and the queue survives a restart`() throws {
    let parent = try scheduled {
      ($0.cron, $0.overlap) = (try? cron("0 * * * *"), .queue)
      $0.endsAt = time("2026-11-23T05:00:00.000Z")
    }
    for hour in 3...5 { try clock(at: time("2026-11-23T0\(hour):00:00.000Z")) }
    #expect(harness.state[parent].clock.queuedFirings == 2 && harness.status(parent) == .scheduled)
    try harness.restart(fromSnapshot: true)
    try harness.perform(CancelCampaign(campaign: harness.state[parent].clock.lastRun))
    #expect(runs(of: parent).count == 2 && harness.state[parent].clock.queuedFirings == 1)
    try harness.perform(CancelCampaign(campaign: harness.state[parent].clock.lastRun))
    // No firing is left and none waits.
    #expect(runs(of: parent).count == 3 && harness.status(parent) == .completed)
    #expect(harness.state[parent].allowed == [.delete, .duplicate])
    #expect(
      harness.refusal(of: AddGuests(campaign: parent, guests: nil))?.code == .invalidState)
  }

  @Test func `a queue of runs that end at once is worked off at once`() throws {
    let parent = try scheduled {
      ($0.cron, $0.overlap) = (try? cron("* * * * *"), .queue)
      $0.endsAt = harness.now + .hours(4)
    }
    for _ in 0..<180 {
      harness.pass(.minutes(1))
      try harness.perform(FireTimers())
    }
    #expect(harness.state[parent].clock.queuedFirings == Limits.queuedFirings)
    #expect(harness.state[parent].clock.skippedFirings > 0)
    let first = harness.state[parent].clock.lastRun
    // From now on the filter matches nobody, so every run ends with its enrolment.
    var settings = harness.state[parent].settings
    settings.guestFilter.categories = ["nobody"]
    try harness.perform(UpdateCampaign(campaign: parent, settings: settings, zone: nil))
    try harness.perform(CancelCampaign(campaign: first))
    try harness.enrol()
    #expect(harness.state[parent].clock.queuedFirings == 0)
    #expect(runs(of: parent).count == Limits.queuedFirings + 1)
  }

  @Test func `taking it off the clock empties the queue`() throws {
    let parent = try scheduled {
      ($0.cron, $0.overlap) = (try? cron("0 * * * *"), .queue)
    }
    for hour in 3...4 { try clock(at: time("2026-11-23T0\(hour):00:00.000Z")) }
    try harness.perform(UnscheduleCampaign(campaign: parent))
    #expect(harness.status(parent) == .draft && harness.state[parent].clock.nextAt == .zero)
    #expect(
      harness.state[parent].clock.queuedFirings == 0
        && harness.state[parent].clock.skippedFirings == 1)
    try clock(at: time("2026-11-23T06:30:00.000Z"))
    #expect(runs(of: parent).count == 1)
    try harness.perform(CancelCampaign(campaign: harness.state[parent].clock.lastRun))
    try harness.perform(ScheduleCampaign(campaign: parent, schedule: nil, zone: nil))
    try clock(at: time("2026-11-23T07:00:00.000Z"))
    #expect(runs(of: parent).count == 2)
  }

  @Test func `what was missed long ago is passed over in one step`() throws {
    let parent = try scheduled(shortFlow()) {
      ($0.cron, $0.catchUp, $0.overlap) = (try? cron("0 * * * *"), .hours(2), .queue)
    }
    harness.now = time("2026-12-23T04:30:00.000Z")
    try harness.restart(fromSnapshot: true)
    try harness.settle()
    // Three and four o'clock are made up for.
    #expect(runs(of: parent).count == 2)
    #expect(harness.state[parent].clock.skippedFirings == 1)
    #expect(next(parent) == "2026-12-23T05:00:00.000Z")
  }

  @Test func `a new time replaces the old one`() throws {
    let campaign = try scheduled { $0.at = time("2026-11-23T04:00:00.000Z") }
    var settings = harness.state[campaign].settings
    settings.schedule?.at = time("2026-11-23T08:00:00.000Z")
    try harness.perform(UpdateCampaign(campaign: campaign, settings: settings, zone: nil))
    try harness.run(until: time("2026-11-23T07:00:00.000Z"))
    #expect(harness.status(campaign) == .scheduled)
    settings.triggerType = .manual
    settings.schedule = nil
    let update = UpdateCampaign(campaign: campaign, settings: settings, zone: nil)
    #expect(harness.refusal(of: update)?.reason == "is_scheduled")
    try harness.run(until: time("2026-11-23T08:00:00.000Z"))
    #expect(harness.status(campaign) == .running)
  }

  @Test func `ends_at is the last moment, and a schedule that never fires is refused`() throws {
    let parent = try scheduled(shortFlow()) {
      ($0.cron, $0.endsAt) = (try? cron("0 10 * * *"), time("2026-11-24T03:00:00.000Z"))
    }
    try harness.run(until: time("2026-11-26T03:00:00.000Z"))
    #expect(runs(of: parent).count == 2 && harness.status(parent) == .completed)
    let never: [(String, Timestamp?)] = [
      ("0 0 30 2 *", nil), ("0 10 * * *", harness.now + .minutes(1)),
    ]
    for (text, end) in never {
      var schedule = CampaignSchedule()
      (schedule.cron, schedule.endsAt) = (try cron(text), end)
      let campaign = try harness.campaign(ChatflowID(space: 0, counter: 1))
      let command = ScheduleCampaign(campaign: campaign, schedule: schedule, zone: nil)
      #expect(harness.refusal(of: command)?.reason == "never_fires")
    }
  }

  /// Lisbon as it is: an hour ahead from the last Sunday of March to that of October.
  private static let lisbon = ZoneRules(
    name: "Europe/Lisbon", initialOffsetSeconds: 0,
    transitions: [
      .init(atSeconds: time("2027-03-28T01:00:00.000Z").milliseconds / 1000, offsetSeconds: 3600),
      .init(atSeconds: time("2027-10-31T01:00:00.000Z").milliseconds / 1000, offsetSeconds: 0),
    ])

  @Test(arguments: [
    ("0 9 * * *", "2027-03-27T10:00:00.000Z", "2027-03-28T08:00:00.000Z"),
    // Half past one does not exist that night: it fires when the clocks have jumped.
    ("30 1 * * *", "2027-03-27T10:00:00.000Z", "2027-03-28T01:00:00.000Z"),
    // And half past one comes twice in October: it fires once.
    ("30 1 * * *", "2027-10-31T00:45:00.000Z", "2027-11-01T01:30:00.000Z"),
    ("0 9 31 * *", "2027-01-31T10:00:00.000Z", "2027-03-31T08:00:00.000Z"),
    ("0 9 29 2 *", "2027-01-31T10:00:00.000Z", "2028-02-29T09:00:00.000Z"),
  ])
  func `firings follow the wall clock of the schedule's zone`(
    text: String, from: String, expected: String
  ) throws {
    let campaign = try harness.campaign(try harness.flow(try askFlow()))
    harness.now = time(from)
    var schedule = CampaignSchedule()
    (schedule.cron, schedule.timeZone) = (try cron(text), "Europe/Lisbon")
    try harness.perform(
      ScheduleCampaign(campaign: campaign, schedule: schedule, zone: Self.lisbon))
    #expect(next(campaign) == expected)
    try harness.restart(fromSnapshot: true)
    #expect(next(campaign) == expected)
  }

  @Test func `cancelling a recurring campaign lets its running child go on`() throws {
    let parent = try scheduled { $0.cron = try? cron("0 10 * * *") }
    try clock(at: time("2026-11-23T03:00:00.000Z"))
    try harness.perform(CancelCampaign(campaign: parent))
    try clock(at: time("2026-11-25T03:00:00.000Z"))
    #expect(harness.status(parent) == .cancelled && runs(of: parent).count == 1)
    #expect(harness.status(harness.state[parent].clock.lastRun) == .running)
  }
}
