import Testing

import CampaignEngine

struct CategoryChangeTests {
  private let harness: EngineHarness
  private let template: TemplateID
  private let guest: GuestID
  private let campaign: CampaignID

  init() throws {
    harness = try EngineHarness.wedding()
    template = try harness.template("note", languages: ["en", "id"])
    guest = try harness.guest("Ana", phone: "+6281230000011") { $0.subscription = "no_marketing" }
    try harness.guest("Budi", phone: "+6281230000012")
    campaign = try harness.started(
      try flow(
        #"""
        {"id": "send", "type": "send_template", "data": {"template": "note"}},
        {"id": "rest", "type": "delay", "data": {"for": "5d"}}
        """#, "start > send, send > rest"))
  }

  private func set(_ category: TemplateCategory) throws {
    try harness.perform(UpdateTemplate(template: template, category: category, variants: nil))
  }

  @Test(arguments: [false, true])
  func `what is no marketing any more goes to those who want none`(isPaused: Bool) throws {
    let execution = try harness.execution(of: guest)
    #expect(harness.reason(of: execution) == "opted_out")
    if isPaused { try harness.perform(PauseCampaign(campaign: campaign)) }
    try set(.utility)
    try harness.settle()
    #expect((harness.status(execution) == .waiting) == !isPaused)
    if isPaused {
      try harness.perform(ResumeCampaign(campaign: campaign))
      try harness.settle()
    }
    #expect(harness.sent.count { $0.guest == guest } == 1)
    #expect(harness.state.executions(of: guest).count == 1)
  }

  @Test func `what becomes marketing stops before it leaves`() throws {
    try set(.utility)
    try set(.marketing)
    try harness.settle()
    #expect(harness.sent.map(\.guest) != [guest])
    #expect(harness.reason(of: try harness.execution(of: guest)) == "opted_out")
  }

  @Test func `whoever wants nothing at all stays out`() throws {
    try harness.perform(
      UpdateGuest(
        guest: guest, profile: GuestProfile(), rsvp: nil, attendingCount: nil,
        subscription: .optedOut, zone: nil))
    try set(.utility)
    try harness.settle()
    #expect(!harness.sent.contains { $0.guest == guest })
  }
}
