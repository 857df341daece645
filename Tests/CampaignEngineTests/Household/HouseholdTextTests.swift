import Testing

import CampaignEngine

/// Texts that name all who are asked by them.
struct HouseholdTextTests {
  private let harness: EngineHarness
  private static let phone = "+6281230000201"
  private static let other = "+6281230000202"

  init() throws { harness = try EngineHarness.wedding() }

  private func namingFlow(_ text: String = "{{household.names(max: 40)}}: {{household.size}}")
    throws
    -> ChatflowDocument
  {
    try CampaignEngineTests.flow(
      #"""
      {"id": "ask", "type": "send_template", "data": {"template": "rsvp_reminder",
        "parameters": {"guest_name": "\#(text)"},
        "buttons": [{"handle": "yes"}, {"handle": "no"}]}},
      {"id": "wait", "type": "wait_reply", "data": {"timeout": "20h",
        "replies": [{"handle": "yes", "title": {"*": "Yes"}}, {"handle": "no", "title": {"*": "No"}}]}},
        \#(replyEnds)
      """#,
      "start > ask, ask > wait, wait:yes > yes, wait:no > no, wait:timeout > timeout, wait:default > default"
    )
  }

  private func named(_ request: SendRequest) -> String? {
    harness.state[request.attempt.message].content.values.first
  }

  /// Those who are asked together may be far apart in the list.
  @Test func `the first text names all who are asked by it`() throws {
    harness.fullComparisonInterval = 200
    try harness.member("Meera", Self.phone)
    try harness.guests(300)
    try harness.member("Arjun", Self.phone)
    let last = try harness.member("Rohan", household: "Iyer")
    try harness.member("Kiran", Self.other, household: "Iyer")
    let campaign = try harness.campaign(try harness.flow(namingFlow())) { row in
      row.settings.household = .together
    }
    try harness.perform(StartCampaign(campaign: campaign, expectedEligible: nil))
    while harness.members(of: campaign).isEmpty { try harness.perform(ContinueCampaigns()) }
    // The first leaves before the end of the list is looked at.
    #expect(harness.state.execution(of: last, in: campaign) == nil)
    #expect(try harness.dispatch().first.flatMap(named) == "Meera and Arjun: 2")
    try harness.enrol()
    #expect(harness.state[campaign].progress.enrolment?.done == 304)
    try harness.run(for: .minutes(5))
    #expect(harness.sent.compactMap(named).contains("Kiran and Rohan: 2"))
  }

  @Test func `a text that is too long for the longest household is told before the start`() throws {
    for number in 1...15 {
      try harness.member("Guest \(number) \(String(repeating: "x", count: 80))", Self.phone)
    }
    let flow = try harness.flow(namingFlow("{{household.names}}"))
    let campaign = try harness.campaign(flow) { $0.settings.household = .together }
    let issues = CampaignReadiness(of: campaign, in: harness.state).issues
    #expect(issues.contains { $0.code == "too_long" && $0.message.contains("gst_1") })
    let start = StartCampaign(campaign: campaign, expectedEligible: nil)
    #expect(harness.refusal(of: start)?.reason == "too_long")
    let short = try harness.campaign(try harness.flow(namingFlow())) { row in
      row.settings.household = .together
    }
    #expect(
      !CampaignReadiness(of: short, in: harness.state).issues.contains { $0.code == "too_long" })
  }
}
