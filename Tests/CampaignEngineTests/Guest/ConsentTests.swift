import Testing
import Wire

@testable import CampaignEngine

/// A number that writes only to those who agreed to it.
struct ConsentTests {
  private let harness: EngineHarness

  init() throws {
    harness = try EngineHarness.wedding()
    try require(true)
  }

  private func require(_ isRequired: Bool) throws {
    var change = SenderChange()
    change.requiresConsent = isRequired
    try harness.perform(UpdateSender(sender: harness.sender, change: change))
  }

  private func agree(_ guest: GuestID) throws {
    var profile = GuestProfile()
    profile.values[.consentSource] = .text("paper form")
    try harness.perform(
      UpdateGuest(
        guest: guest, profile: profile, rsvp: nil, attendingCount: nil, subscription: nil,
        zone: nil))
  }

  private func list() throws -> (agreed: [GuestID], silent: GuestID) {
    let form = try harness.guest("Ana", phone: "+6281230000001") { row in
      row[.consentSource] = .text("paper form")
    }
    let day = try harness.guest("Budi", phone: "+6281230000002") { row in
      row[.consentAt] = .text("2026-05-01")
    }
    // What it would say is nothing without where or when it was said.
    let silent = try harness.guest("Citra", phone: "+6281230000003") { row in
      row[.consentText] = .text("You may write to me.")
    }
    return ([form, day], silent)
  }

  @Test func `whoever has not agreed is left out, and says so`() throws {
    let (agreed, silent) = try list()
    let campaign = try harness.started(try askFlow())
    try harness.settle()
    #expect(harness.sent.map { harness.state[$0.attempt.message].guest } == agreed)
    let execution = try #require(harness.state.execution(of: silent, in: campaign))
    #expect(harness.status(execution) == .skipped)
    #expect(harness.reason(of: execution) == "no_consent")
    let refusal = harness.refusal(of: ControlExecution(execution: execution, control: .retry))
    #expect(refusal?.reason == "no_consent")
    try agree(silent)
    try harness.control(execution, .retry)
    try harness.settle()
    #expect(harness.sent.count == 3)
  }

  @Test func `the count is a start's, whether or not it is required`() throws {
    _ = try list()
    let campaign = try harness.campaign(try harness.flow(try askFlow()))
    func count() -> AudienceCount {
      AudienceCount(
        Audience(campaign: campaign, graph: nil, in: harness.state), in: harness.state)
    }
    #expect((count().eligible, count().withoutConsent) == (2, 0))
    #expect(count().leftOut.map(\.code) == [.noConsent])
    try require(false)
    #expect((count().eligible, count().withoutConsent) == (3, 1))
  }

  @Test func `whoever agrees later joins a campaign that takes guests as they come`() throws {
    let (_, silent) = try list()
    let campaign = try harness.started(try askFlow()) { $0.settings.triggerType = .onGuest }
    #expect(harness.state.execution(of: silent, in: campaign).map(harness.status) == .skipped)
    try agree(silent)
    #expect(harness.state.execution(of: silent, in: campaign).map(harness.status) == .waiting)
  }

  @Test func `a message by hand and a reminder are refused, until the guest writes`() throws {
    let (agreed, silent) = try list()
    var use = TemplateUse()
    use.name = "rsvp_thanks"
    let write = WriteMessage(
      guest: silent, execution: .none, words: .template(use), sendBy: nil)
    #expect(harness.refusal(of: write)?.reason == "no_consent")
    let first = try harness.reminder { $0.guestFilter = .all }
    try harness.run(for: .hours(2))
    #expect(harness.reminded(by: first) == agreed)
    #expect(harness.skips(of: first) == ["no_consent": 1])
    var content = MessageContent()
    (content.kind, content.text) = (.text, "Where is it?")
    try harness.receive(content, from: harness.state[silent].phone)
    #expect(harness.refusal(of: write) == nil)
    let second = try harness.reminder { $0.guestFilter = .all }
    try harness.run(for: .hours(2))
    #expect(harness.reminded(by: second) == agreed + [silent])
  }

  @Test func `what waits in a lane is not sent once it is required`() throws {
    try require(false)
    let (agreed, silent) = try list()
    let campaign = try harness.started(try askFlow())
    try require(true)
    try harness.settle()
    #expect(harness.sent.map { harness.state[$0.attempt.message].guest } == agreed)
    let execution = try #require(harness.state.execution(of: silent, in: campaign))
    #expect(harness.reason(of: execution) == "no_consent")
  }

  @Test(arguments: [
    ("2026-05-01", "2026-05-01T00:00:00.000Z"),
    ("2026-05-01T10:00:00+07:00", "2026-05-01T03:00:00.000Z"), ("yesterday", nil),
    ("01/05/2026", nil), ("2026-02-30", nil),
  ])
  func `a list says when in days or moments`(given: String, kept: String?) throws {
    var row = GuestRow()
    (row.name, row.phone) = ("Ana", "+6281230000001")
    row[.consentAt] = .text(given)
    let item = try #require(try harness.importRows([row]).first)
    #expect(item.error?.field == (kept == nil ? "consent_at" : nil))
    if let kept { #expect(harness.state[item.guest].consentAt.wireText == kept) }
  }

  @Test func `what was agreed to goes with the guest who is erased`() throws {
    let (agreed, _) = try list()
    try harness.perform(EraseGuest(guest: agreed[0], sequence: 1))
    #expect(!harness.state[agreed[0]].hasConsent)
  }
}
