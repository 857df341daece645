import Testing

import CampaignEngine

struct ExpectedEndTests {
  private static func flow() throws -> ChatflowDocument {
    try CampaignEngineTests.flow(
      #"""
      {"id": "invite", "type": "send_template", "data": {"template": "rsvp_reminder",
        "parameters": {"guest_name": "{{guest.name}}"}, "buttons": [{"handle": "yes"}, {"handle": "no"}]}},
      {"id": "answer", "type": "wait_reply", "data": {"timeout": "48h", "replies": [
        {"handle": "yes", "title": {"*": "Yes"}}, {"handle": "no", "title": {"*": "No"}}]}},
      {"id": "think", "type": "delay", "data": {"for": "3d"}},
      {"id": "done", "type": "end", "data": {"outcome": "done"}}
      """#,
      "start > invite, invite > answer, answer:yes > done, answer:no > think, think > invite, answer:timeout > done"
    )
  }

  private func expected(_ harness: EngineHarness, _ campaign: CampaignID) -> Timestamp? {
    ExpectedEnd(of: campaign, in: harness.state, at: harness.now).time
  }

  @Test func `the longest wait decides, and the end does not move while nobody answers`() throws {
    let harness = try EngineHarness.wedding()
    try harness.guests(3)
    let campaign = try harness.started(try Self.flow())
    try harness.settle()
    let first = try #require(expected(harness, campaign))
    // 48 hours and three days; the way back to the invitation is left out.
    #expect(first == harness.now + .hours(120))
    harness.pass(.hours(40))
    let later = try #require(expected(harness, campaign))
    #expect(later - first <= .minutes(15))
  }

  @Test func `whoever is further has less before them`() throws {
    let harness = try EngineHarness.wedding()
    let guest = try harness.guest("Ana", phone: "+6281230000100")
    let campaign = try harness.started(try Self.flow())
    try harness.settle()
    try harness.tap("no", at: "answer", of: try harness.execution(of: guest))
    #expect(harness.node(of: try harness.execution(of: guest)) == "think")
    #expect(expected(harness, campaign) == harness.now + .days(3))
  }

  @Test func `a queue takes as long as the throttle makes it`() throws {
    let harness = try EngineHarness.wedding()
    try harness.guests(10)
    let plain = try CampaignEngineTests.flow(
      #"""
      {"id": "note", "type": "send_template", "data": {"template": "rsvp_thanks"}},
      {"id": "done", "type": "end", "data": {"outcome": "done"}}
      """#, "start > note, note > done")
    let campaign = try harness.started(plain) { row in
      row.settings.throttle = Throttle()
      row.settings.throttle?.perMinute = 2
    }
    #expect(expected(harness, campaign) == harness.now + .minutes(5))
  }

  @Test func `nothing is expected of a campaign that does not run`() throws {
    let harness = try EngineHarness.wedding()
    try harness.guests(2)
    let campaign = try harness.campaign(try harness.flow(try Self.flow()))
    #expect(expected(harness, campaign) == nil)
    try harness.perform(StartCampaign(campaign: campaign, expectedEligible: nil))
    #expect(expected(harness, campaign) == nil)
    try harness.enrol()
    #expect(expected(harness, campaign) != nil)
    try harness.perform(PauseCampaign(campaign: campaign))
    #expect(expected(harness, campaign) == nil)
    try harness.perform(CancelCampaign(campaign: campaign))
    try harness.enrol()
    #expect(expected(harness, campaign) == nil)
  }

  @Test func `guests who were held up longer than the flow takes are counted from now`() throws {
    let harness = try EngineHarness.wedding()
    try harness.guests(1)
    let campaign = try harness.started(try Self.flow())
    try harness.settle()
    try harness.perform(PauseCampaign(campaign: campaign))
    harness.pass(.days(9))
    try harness.perform(ResumeCampaign(campaign: campaign))
    #expect(expected(harness, campaign) == harness.now + .hours(120))
  }

  @Test(
    "every wait of a test campaign is expected to be as short as the walk makes it",
    arguments: [
      #""type": "wait_reply", "data": {"timeout": "5h", "replies": [{"handle": "yes", "title": {"*": "Yes"}}]}"#,
      #""type": "delay", "data": {"for": "5h"}"#,
      #""type": "delay", "data": {"until": "2026-12-14T00:00:00.000Z"}"#,
      #"""
      "type": "send_message", "data": {"text": {"*": "Hello"},
        "outside_window": {"action": "wait", "timeout": "5h"}}
      """#,
    ])
  func testWaits(_ node: String) throws {
    let harness = try EngineHarness.wedding()
    let document = try CampaignEngineTests.flow(
      #"{"id": "stay", \#(node)}, {"id": "done", "type": "end", "data": {"outcome": "done"}}"#,
      "start > stay, "
        + (node.contains("wait_reply") ? "stay:timeout > done, stay:yes > done" : "stay > done")
        + (node.contains("send_message") ? ", stay:failed > done" : ""))
    let campaign = try harness.campaign(try harness.flow(document))
    var tester = GuestRow()
    (tester.name, tester.phone) = ("Tester", "+6281230000099")
    let test = try harness.perform(
      TestCampaign(campaign: campaign, testers: [tester], timeScale: 3600, zones: []))
    try harness.settle()
    let end = try #require(expected(harness, test))
    #expect(end > harness.now + .seconds(2))
    try harness.run(until: end + .seconds(-2))
    #expect(harness.status(test) == .running)
    try harness.run(for: .seconds(3))
    #expect(harness.status(test) == .completed)
  }
}
