import Testing
import Wire

import CampaignEngine

struct JoinTests {
  private let harness: EngineHarness

  init() throws { harness = try EngineHarness.wedding() }

  private func onGuest(
    _ document: ChatflowDocument? = nil, endsAt: Timestamp? = nil
  ) throws -> CampaignID {
    try harness.started(try document ?? askFlow()) { row in
      row.settings.triggerType = .onGuest
      row.settings.guestFilter.categories = ["vip"]
      if let endsAt {
        row.settings.schedule = CampaignSchedule()
        row.settings.schedule?.endsAt = endsAt
      }
    }
  }

  private func change(
    _ guest: GuestID, category: String? = nil, subscription: Subscription? = nil
  ) throws {
    var profile = GuestProfile()
    profile.category = category
    try harness.perform(
      UpdateGuest(
        guest: guest, profile: profile, rsvp: nil, attendingCount: nil,
        subscription: subscription, zone: nil))
  }

  private func vip(_ phone: String) throws -> GuestID {
    try harness.guest("Guest", phone: phone) { $0.category = "vip" }
  }

  private func audience(of campaign: CampaignID) -> Int {
    harness.state[campaign].counters.audience
  }

  @Test func `a guest who comes to match is enrolled at once, and only once`() throws {
    let campaign = try onGuest()
    let imported = try vip("+6281230000011")
    #expect(harness.node(of: try harness.execution(of: imported)) == "ask")
    let other = try harness.guest("Ben", phone: "+6281230000012")
    #expect(audience(of: campaign) == 1)
    try change(other, category: "vip")
    try change(other, category: "family")
    try change(other, category: "vip")
    #expect(audience(of: campaign) == 2)
    #expect(harness.state[campaign].progress.enrolment?.done == 2)
    #expect(harness.state[campaign].progress.enrolment?.total == 2)
    // It goes on though all have ended.
    for execution in harness.members(of: campaign) { try harness.control(execution, .cancel) }
    #expect(harness.status(campaign) == .running)
    try harness.restart(fromSnapshot: true)
    _ = try vip("+6281230000013")
    #expect(audience(of: campaign) == 3)
  }

  @Test func `a flow's own word on its guest counts, too`() throws {
    let document = try flow(
      #"""
      {"id": "raise", "type": "update_guest", "data": {"set": {"category": "vip"}}},
      {"id": "end", "type": "end", "data": {"outcome": "raised"}}
      """#, "start > raise, raise > end")
    let campaign = try onGuest()
    let guest = try harness.guest("Ana", phone: "+6281230000011")
    try harness.started(document)
    #expect(audience(of: campaign) == 1)
    #expect(harness.state.executions(of: guest).count == 2)
  }

  @Test func `whoever comes during a pause joins with the resume`() throws {
    let campaign = try onGuest()
    try harness.perform(PauseCampaign(campaign: campaign))
    _ = try vip("+6281230000011")
    #expect(audience(of: campaign) == 0)
    try harness.perform(ResumeCampaign(campaign: campaign))
    try harness.enrol()
    #expect(audience(of: campaign) == 1)
  }

  @Test func `after its end nobody joins, not even by a resume`() throws {
    let campaign = try onGuest(endsAt: harness.now + .hours(2))
    let guest = try vip("+6281230000011")
    try harness.perform(PauseCampaign(campaign: campaign))
    _ = try vip("+6281230000012")
    harness.pass(.hours(3))
    try harness.perform(ResumeCampaign(campaign: campaign))
    try harness.settle()
    _ = try vip("+6281230000013")
    #expect(audience(of: campaign) == 1 && harness.status(campaign) == .running)
    try harness.tap("yes", at: "wait", of: try harness.execution(of: guest))
    #expect(harness.status(campaign) == .completed)
  }

  @Test func `with its end a campaign is done once all executions are`() throws {
    let campaign = try onGuest(endsAt: harness.now + .hours(2))
    try harness.run(for: .hours(1))
    #expect(harness.status(campaign) == .running)
    try harness.run(for: .hours(1))
    #expect(harness.status(campaign) == .completed)
  }

  @Test(arguments: [true, false])
  func `who opted out joins when they opt in`(wasThereAtStart: Bool) throws {
    var guest = GuestID.none
    func come() throws {
      guest = try harness.guest("Ana", phone: "+6281230000011")
      try change(guest, subscription: .optedOut)
      try change(guest, category: "vip")
    }
    if wasThereAtStart { try come() }
    let campaign = try onGuest()
    if !wasThereAtStart { try come() }
    #expect(harness.state[campaign].counters.open == 0)
    try change(guest, subscription: .subscribed)
    let execution = try harness.execution(of: guest)
    #expect(harness.status(execution) == .waiting && harness.node(of: execution) == "ask")
    #expect(audience(of: campaign) == 1)
  }

  // MARK: add_guests

  @Test func `late joiners are those whom the filter matches, or those who are named`() throws {
    try harness.guests(2)
    let campaign = try harness.started(try askFlow()) {
      $0.settings.guestFilter.query = "category != crew"
    }
    let late = try vip("+6281230000021")
    let other = try harness.guest("Ben", phone: "+6281230000022") { $0.category = "crew" }
    let before = audience(of: campaign)
    try harness.perform(AddGuests(campaign: campaign, guests: nil))
    try harness.enrol()
    #expect(audience(of: campaign) == before + 1)
    #expect(try harness.execution(of: late).isNone == false)
    try harness.perform(AddGuests(campaign: campaign, guests: [other, other, late]))
    #expect(audience(of: campaign) == before + 2)
    let enrolment = try #require(harness.state[campaign].progress.enrolment)
    #expect(enrolment.done == enrolment.total && enrolment.isFinished)
  }

  @Test func `a completed campaign runs again, unless nobody joins`() throws {
    _ = try harness.guest("Ana", phone: "+6281230000011")
    let campaign = try harness.started(try shortFlow())
    #expect(harness.status(campaign) == .completed)
    let ended = harness.state[campaign].endedAt
    harness.pass(.hours(1))
    try harness.perform(AddGuests(campaign: campaign, guests: nil))
    #expect(harness.status(campaign) == .completed && harness.state[campaign].endedAt == ended)
    let late = try vip("+6281230000012")
    try harness.perform(AddGuests(campaign: campaign, guests: [late]))
    #expect(harness.status(campaign) == .running && harness.state[campaign].endedAt == .zero)
    try harness.run(for: .hours(6))
    #expect(harness.status(campaign) == .completed)
  }

  @Test func `one whose flow ends at once does not end the campaign of the next`() throws {
    _ = try harness.guest("Ana", phone: "+6281230000011")
    let campaign = try harness.started(try shortFlow())
    let short = try harness.guest("Ben", phone: "+6281230000012")
    let long = try vip("+6281230000013")
    try harness.perform(AddGuests(campaign: campaign, guests: [short, long]))
    #expect(harness.status(campaign) == .running)
    #expect(harness.status(try harness.execution(of: long)) == .waiting)
    #expect(harness.status(try harness.execution(of: short)) == .completed)
  }

  @Test func `in a paused campaign they wait for the resume`() throws {
    try harness.guests(1)
    let campaign = try harness.started(try askFlow())
    try harness.perform(PauseCampaign(campaign: campaign))
    let late = try vip("+6281230000021")
    try harness.perform(AddGuests(campaign: campaign, guests: [late]))
    let execution = try harness.execution(of: late)
    #expect(harness.status(execution) == .pending && harness.status(campaign) == .paused)
    try harness.perform(ResumeCampaign(campaign: campaign))
    try harness.settle()
    #expect(harness.node(of: execution) == "wait")
  }

  @Test func `an enrolment that goes on meets them too, and nobody twice`() throws {
    try harness.guests(300)
    let campaign = try harness.campaign(try harness.flow(try askFlow()))
    try harness.perform(StartCampaign(campaign: campaign, expectedEligible: nil))
    try harness.perform(ContinueCampaigns())
    let late = try harness.guests(10)
    try harness.perform(AddGuests(campaign: campaign, guests: [late[0]]))
    try harness.perform(AddGuests(campaign: campaign, guests: nil))
    #expect(harness.state[campaign].progress.enrolment?.total == 310)
    try harness.restart(fromSnapshot: true)
    try harness.enrol()
    #expect(harness.state[campaign].progress.enrolment?.done == 310)
  }

  // MARK: Tests

  private func tryOut(_ campaign: CampaignID, phone: String, scale: Int64 = 1) throws -> CampaignID
  {
    var row = GuestRow()
    (row.name, row.phone, row.category, row.externalID) = ("Tester", phone, "vip", "T-1")
    return try harness.perform(
      TestCampaign(campaign: campaign, testers: [row], timeScale: scale, zones: []))
  }

  @Test func `testers walk the flow outside of every audience`() throws {
    let guest = try vip("+6281230000011")
    let campaign = try harness.campaign(try harness.flow(try askFlow()))
    let test = try tryOut(campaign, phone: "+6281230000011", scale: 3600)
    try harness.settle()
    let tester = try #require(harness.members(of: test).first)
    // The number may be a guest's: a test is no duplicate of anything.
    #expect(harness.node(of: tester) == "wait" && harness.state.executions(of: guest).isEmpty)
    #expect(harness.state[tester].wait.map { $0.until - $0.since } == .seconds(20))
    try harness.start(campaign)
    #expect(audience(of: campaign) == 1)
    // Neither takes the other in.
    let testGuest = harness.state[tester].guest
    let swap = [
      AddGuests(campaign: campaign, guests: [testGuest]),
      AddGuests(campaign: test, guests: [guest]),
    ]
    #expect(swap.map { harness.refusal(of: $0)?.reason } == ["tester", "no_tester"])
    try harness.perform(AddGuests(campaign: campaign, guests: nil))
    #expect(audience(of: campaign) == 1)
    // A list that names the tester's number and name makes a guest of its own.
    let again = try harness.guest("Tester", phone: "+6281230000011") { $0.externalID = "T-1" }
    #expect(again != testGuest)
  }

  @Test func `a test waits for no quiet hours, and its messages cross a closed window in time`()
    throws
  {
    let harness = try EngineHarness(
      startingAt: time("2026-11-23T18:00:00.000Z"),
      wedding: { project in
        project.quietHours = QuietHours(
          from: TimeOfDay(minutes: 21 * 60), to: TimeOfDay(minutes: 8 * 60))
      })
    let document = try flow(
      #"""
      {"id": "say", "type": "send_message", "data": {"text": {"*": "Hello"},
        "outside_window": {"action": "wait", "timeout": "5h"}}},
      {"id": "note", "type": "send_template", "data": {"template": "rsvp_thanks"}},
      {"id": "end", "type": "end", "data": {"outcome": "done"}}
      """#, "start > say, say > note, say:failed > note, note > end")
    let campaign = try harness.campaign(try harness.flow(document))
    var row = GuestRow()
    (row.name, row.phone) = ("Tester", "+6281230000099")
    let test = try harness.perform(
      TestCampaign(campaign: campaign, testers: [row], timeScale: 3600, zones: []))
    try harness.run(for: .minutes(1))
    #expect(harness.status(test) == .completed)
  }
}
