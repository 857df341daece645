import Testing
import Wire

@testable import CampaignEngine

struct ReadinessTests {
  private func sending(_ template: String) throws -> ChatflowDocument {
    try flow(
      #"""
      {"id": "send", "type": "send_template", "data": {"template": "\#(template)"}},
      {"id": "end", "type": "end", "data": {"outcome": "x"}}
      """#, "start > send, send > end")
  }

  @Test(arguments: [TemplateStatus.pending, .rejected, .paused, .disabled])
  func `a template that is not approved is found before the start, and refuses it`(
    status: TemplateStatus
  ) throws {
    let harness = try EngineHarness.wedding()
    try harness.guests(1)
    let template = try harness.template("offer", languages: ["en", "id"])
    let campaign = try harness.campaign(try harness.flow(try sending("offer")))
    #expect(CampaignReadiness(of: campaign, in: harness.state).isReady)
    for language in ["en", "id"] {
      try harness.perform(
        ReportTemplateStatus(template: template, language: language, status: status))
    }
    let issues = CampaignReadiness(of: campaign, in: harness.state).issues
    #expect(issues.filter { $0.severity == .error }.map(\.code) == ["template_not_approved"])
    let start = StartCampaign(campaign: campaign, expectedEligible: nil)
    #expect(harness.refusal(of: start)?.reason == "template_not_approved")
    try harness.perform(ReportTemplateStatus(template: template, language: "id", status: .approved))
    try harness.start(campaign)
  }

  @Test func `the clock makes a draft of a campaign whose template is in review`() throws {
    let harness = try EngineHarness.wedding()
    try harness.template("offer", status: .pending)
    let campaign = try harness.campaign(try harness.flow(try sending("offer")))
    var schedule = CampaignSchedule()
    schedule.at = harness.now + .hours(1)
    try harness.perform(ScheduleCampaign(campaign: campaign, schedule: schedule, zone: nil))
    try harness.run(for: .hours(1))
    #expect(harness.status(campaign) == .draft)
    #expect(harness.state[campaign].pauseReason == "not_ready:template_not_approved")
  }

  @Test func `a template that nothing is said of is in review`() throws {
    let variant = try JSON.decode(
      TemplateVariant.self, from: bytes(#"{"language": "en", "body": "Hello"}"#))
    #expect(variant.status == .pending)
  }

  @Test func `a reminder may name what is in review`() throws {
    let harness = try EngineHarness.wedding()
    try harness.guests(1)
    try harness.template("offer", status: .pending)
    let reminder = try harness.reminder {
      ($0.guestFilter, $0.template) = (.all, TemplateUse())
      $0.template.name = "offer"
    }
    try harness.run(for: .hours(2))
    #expect(harness.skips(of: reminder) == ["no_template_language": 1])
  }
}
