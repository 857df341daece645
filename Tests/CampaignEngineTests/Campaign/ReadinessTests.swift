import Testing
import Wire

import CampaignEngine

private let pad = String(repeating: "x", count: 100)

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

  private func long(_ text: String, buttons: Bool) throws -> ChatflowDocument {
    let more =
      buttons ? #""kind": "buttons", "buttons": [{"handle": "yes", "title": {"*": "Yes"}}], "# : ""
    return try flow(
      #"""
      {"id": "say", "type": "send_message", "data": {\#(more) "text": {"*": "\#(text)"}, "outside_window": {"action": "fail"}}},
      {"id": "wait", "type": "wait_reply", "data": {"timeout": "5h", "replies": [{"handle": "yes", "title": {"*": "Yes"}}]}},
      {"id": "end", "type": "end", "data": {"outcome": "x"}}
      """#, "start > say, say > wait, wait:yes > end, wait:timeout > end, wait:default > end")
  }

  @Test(
    arguments: [
      ("{{guest.fields.note}} \(pad)", 923, true, true),
      ("{{guest.fields.note}} \(pad)", 924, true, false),
      ("{{guest.fields.note}} \(pad)", 924, false, true),
      ("{{guest.fields.note}}{{guest.fields.note}}", 513, true, false),
      ("{{guest.fields.other ?? guest.fields.note}} \(pad)", 924, true, false),
      ("{{vars.answer}} \(pad)", 1000, true, true),
    ] as [(String, Int, Bool, Bool)])
  func `a text is measured with the values of the guests`(
    text: String, count: Int, buttons: Bool, fits: Bool
  ) throws {
    let harness = try EngineHarness.wedding()
    try harness.guests(3)
    try harness.guest("Long", phone: "+6281230000077") {
      $0.fieldValues["note"] = .text(String(repeating: "é", count: count))
    }
    let campaign = try harness.campaign(try harness.flow(try long(text, buttons: buttons))) {
      $0.settings.guestFilter.query = "name = Long"
    }
    let errors = CampaignReadiness(of: campaign, in: harness.state).issues.filter {
      $0.severity == .error
    }
    #expect(errors.map(\.code) == (fits ? [] : ["too_long"]))
    let start = StartCampaign(campaign: campaign, expectedEligible: nil)
    #expect(harness.refusal(of: start)?.reason == (fits ? nil : "too_long"))
  }

  @Test func `whoever is not written to does not count`() throws {
    let harness = try EngineHarness.wedding()
    try harness.guest("Long", phone: "+6281230000077") {
      for key in ["note", "more"] {
        $0.fieldValues[key] = .text(String(repeating: "n", count: 600))
      }
      $0.subscription = "opted_out"
    }
    try harness.guest("Short", phone: "+6281230000078") {
      for key in ["note", "more"] { $0.fieldValues[key] = .text("n") }
    }
    let campaign = try harness.campaign(
      try harness.flow(
        try long("{{guest.fields.note}}{{guest.fields.more}}", buttons: true)))
    #expect(CampaignReadiness(of: campaign, in: harness.state).isReady)
  }

  @Test func `a template's text is measured in the guest's language`() throws {
    let harness = try EngineHarness.wedding()
    let body = String(repeating: "x", count: 1000)
    try harness.template("long", languages: ["en"], body: "\(body) {{guest_name}}")
    try harness.template("short", languages: ["id"], body: "Halo {{guest_name}}")
    try harness.guest(String(repeating: "N", count: 60), phone: "+6281230000077") {
      $0.language = "en"
    }
    let campaign = try harness.campaign(
      try harness.flow(
        try flow(
          #"{"id": "send", "type": "send_template", "data": {"template": "long", "parameters": {"guest_name": "{{guest.name}}"}}}"#,
          "start > send")))
    #expect(
      CampaignReadiness(of: campaign, in: harness.state).issues.map(\.code).contains("too_long"))
  }
}
