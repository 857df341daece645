import Testing
import Wire

import CampaignEngine

/// Lists that are longer than what one command looks at: here eight guests.
struct LongListTests {
  private let harness: EngineHarness

  init() throws { harness = try EngineHarness.wedding(pace: Pace(tests: 8, walks: 4)) }

  private func draft(_ configure: (inout Campaign) -> Void = { _ in }) throws -> CampaignID {
    try harness.campaign(try harness.flow(try askFlow()), configure)
  }

  private func begin(_ campaign: CampaignID, counted: CountedAudience? = nil) throws {
    try harness.perform(
      StartCampaign(campaign: campaign, expectedEligible: nil, counted: counted))
  }

  private func count(_ campaign: CampaignID) -> CountedAudience {
    AudienceCount(Audience(campaign: campaign, graph: nil, in: harness.state), in: harness.state)
      .counted
  }

  private func enrolment(_ campaign: CampaignID) throws -> Enrolment {
    try #require(harness.state[campaign].progress.enrolment)
  }

  private func audience(of campaign: CampaignID) -> Int {
    harness.state[campaign].counters.audience
  }

  @Test func `it is counted in slices before anybody is enrolled, over restarts`() throws {
    try harness.guests(20)
    let campaign = try draft()
    try begin(campaign)
    #expect(try enrolment(campaign).total == 0)
    #expect(try !enrolment(campaign).isCounted)
    try harness.perform(ContinueCampaigns())
    #expect(try enrolment(campaign).total == 8)
    #expect(try !enrolment(campaign).isCounted)
    try harness.restart(fromSnapshot: true)
    try harness.perform(ContinueCampaigns())
    try harness.restart()
    try harness.perform(ContinueCampaigns())
    #expect(try enrolment(campaign).total == 20)
    #expect(try enrolment(campaign).isCounted)
    #expect(audience(of: campaign) == 0)
    try harness.enrol()
    #expect(audience(of: campaign) == 20)
    #expect(try enrolment(campaign).isFinished)
  }

  @Test func `one of eight is counted by the start, but not if more is asked of each`() throws {
    try harness.guests(8)
    let simple = try draft()
    try begin(simple)
    #expect(try enrolment(simple).total == 8)
    #expect(try enrolment(simple).isCounted)
    let asking = try draft { $0.settings.guestFilter.query = "party_size > 0 AND name ~ guest" }
    try begin(asking)
    #expect(try !enrolment(asking).isCounted)
    try harness.enrol()
    #expect(try enrolment(asking).total == 8)
    #expect(audience(of: asking) == 8)
  }

  @Test func `a pause holds the count, and a cancel ends it`() throws {
    try harness.guests(20)
    let paused = try draft()
    try begin(paused)
    try harness.perform(ContinueCampaigns())
    try harness.perform(PauseCampaign(campaign: paused))
    #expect(harness.state.busyCampaigns.first == nil)
    try harness.perform(ResumeCampaign(campaign: paused))
    try harness.enrol()
    #expect(audience(of: paused) == 20)
    let cancelled = try draft()
    try begin(cancelled)
    try harness.perform(CancelCampaign(campaign: cancelled))
    try harness.enrol()
    #expect(audience(of: cancelled) == 0 && harness.status(cancelled) == .cancelled)
  }

  @Test func `guests who come during the count are not meant, unless all are taken who come`()
    throws
  {
    try harness.guests(20)
    let manual = try draft()
    let open = try draft { $0.settings.triggerType = .onGuest }
    try begin(manual)
    try begin(open)
    try harness.perform(ContinueCampaigns())
    try harness.guests(1)
    #expect(audience(of: manual) == 0 && audience(of: open) == 1)
    try harness.enrol()
    #expect(audience(of: manual) == 20 && audience(of: open) == 21)
    #expect(try enrolment(open).total == 21)
  }

  @Test func `a count that was made before the start stands for it`() throws {
    try harness.guests(20)
    let manual = try draft()
    let open = try draft { $0.settings.triggerType = .onGuest }
    let (counted, countedOpen) = (count(manual), count(open))
    try harness.guests(2)
    try begin(manual, counted: counted)
    try begin(open, counted: countedOpen)
    #expect(try enrolment(manual).total == 20)
    #expect(try enrolment(manual).isCounted)
    try harness.enrol()
    #expect(audience(of: manual) == 20)
    // Nobody else would see to those who came between the count and the start.
    #expect(audience(of: open) == 22)
  }

  @Test func `an expected number is compared with the count`() throws {
    try harness.guests(20)
    let campaign = try draft()
    let counted = count(campaign)
    let refusal = harness.refusal(
      of: StartCampaign(campaign: campaign, expectedEligible: 19, counted: counted))
    #expect(refusal?.code == .conflict && refusal?.reason == "audience_changed")
    try harness.perform(
      StartCampaign(campaign: campaign, expectedEligible: 20, counted: counted))
    #expect(harness.status(campaign) == .running)
  }

  @Test func `late joiners are counted in slices, and those who are in are passed over`() throws {
    try harness.guests(20)
    let campaign = try draft()
    try begin(campaign)
    try harness.enrol()
    try harness.guests(10)
    try harness.perform(AddGuests(campaign: campaign, guests: nil))
    #expect(try !enrolment(campaign).isCounted)
    try harness.restart(fromSnapshot: true)
    for _ in 0..<4 { try harness.perform(ContinueCampaigns()) }
    #expect(try enrolment(campaign).isCounted)
    #expect(try enrolment(campaign).total == 30)
    try harness.enrol()
    #expect(audience(of: campaign) == 30)
    #expect(try enrolment(campaign).total == 30)
  }

  @Test func `a count of late joiners holds while the enrolment before it goes on`() throws {
    try harness.guests(300)
    let campaign = try draft()
    try begin(campaign, counted: count(campaign))
    try harness.perform(ContinueCampaigns())
    let enrolled = audience(of: campaign)
    #expect(enrolled > 0 && enrolled < 300)
    try harness.guests(10)
    let counted = CountedAudience(joining: campaign, in: harness.state)
    try harness.perform(ContinueCampaigns())
    try harness.perform(AddGuests(campaign: campaign, guests: nil, counted: counted))
    #expect(try enrolment(campaign).total == 310)
    try harness.enrol()
    #expect(audience(of: campaign) == 310)
  }

  @Test func `a completed campaign that nobody joins is completed again`() throws {
    try harness.guests(20)
    let campaign = try draft()
    try begin(campaign)
    try harness.enrol()
    for execution in harness.members(of: campaign) { try harness.control(execution, .cancel) }
    #expect(harness.status(campaign) == .completed)
    try harness.perform(AddGuests(campaign: campaign, guests: nil))
    #expect(harness.status(campaign) == .running)
    try harness.enrol()
    #expect(harness.status(campaign) == .completed && audience(of: campaign) == 20)
    let counted = CountedAudience(joining: campaign, in: harness.state)
    try harness.perform(AddGuests(campaign: campaign, guests: nil, counted: counted))
    #expect(harness.status(campaign) == .completed)
  }

  @Test func `of many who join at once some are set going by slices`() throws {
    let open = try draft { $0.settings.triggerType = .onGuest }
    try begin(open)
    try harness.guests(10)
    func count(_ status: ExecutionStatus, in campaign: CampaignID) -> Int {
      harness.state[campaign].counters.executions[status.index]
    }
    #expect(count(.waiting, in: open) == 4)
    #expect(count(.pending, in: open) == 6)
    #expect(try enrolment(open).done == 10)
    try harness.restart(fromSnapshot: true)
    try harness.enrol()
    #expect(count(.waiting, in: open) == 10)
    let named = try draft { $0.settings.guestFilter.categories = ["nobody"] }
    try begin(named)
    try harness.enrol()
    try harness.perform(
      AddGuests(campaign: named, guests: (1...10).map { GuestID(space: 0, counter: $0) }))
    #expect(count(.pending, in: named) == 6)
    try harness.perform(PauseCampaign(campaign: named))
    try harness.enrol()
    #expect(count(.pending, in: named) == 6)
    try harness.perform(ResumeCampaign(campaign: named))
    try harness.enrol()
    #expect(count(.pending, in: named) == 0)
    #expect(audience(of: named) == 10)
  }

  @Test func `what the clock starts is counted in slices`() throws {
    try harness.guests(20)
    let campaign = try draft { row in
      row.settings.triggerType = .scheduled
      row.settings.schedule = CampaignSchedule()
      row.settings.schedule?.at = time("2026-11-24T00:00:00.000Z")
    }
    try harness.perform(ScheduleCampaign(campaign: campaign, schedule: nil, zone: nil))
    harness.now = time("2026-11-24T00:00:00.000Z")
    try harness.perform(FireTimers())
    #expect(harness.status(campaign) == .running)
    #expect(try !enrolment(campaign).isCounted)
    try harness.enrol()
    #expect(audience(of: campaign) == 20)
  }
}
