import Testing
import Wire

@testable import CampaignEngine

/// Whom nothing reaches, and how they come back.
struct UnreachedTests {
  private let harness: EngineHarness
  private static let american = "+12025550143"
  private static let canadian = "+16135550143"

  init() throws { harness = try EngineHarness.wedding() }

  private func why(_ guest: GuestID, _ campaign: CampaignID) throws -> UnreachedReason? {
    harness.state.whyUnreached(try harness.execution(of: guest, in: campaign))
  }

  private func code(of guest: GuestID) -> String {
    GuestCode(guest, secret: harness.engine.secret).text
  }

  private func receive(_ text: String, from phone: UInt64) throws -> ReceiveMessage.Result {
    var content = MessageContent()
    (content.kind, content.text) = (.text, text)
    return try harness.receive(content, from: Phone(number: phone))
  }

  // MARK: Where it is not delivered

  @Test func `marketing to the United States is not tried, and everything else is`() throws {
    let american = try harness.guest("Ana", phone: Self.american)
    let canadian = try harness.guest("Cleo", phone: Self.canadian)
    let campaign = try harness.started(try askFlow())
    try harness.settle()
    #expect(harness.sent.map(\.guest) == [canadian])
    let execution = try harness.execution(of: american, in: campaign)
    #expect(harness.reason(of: execution) == "not_deliverable_there")
    #expect(try why(american, campaign) == .notDeliverableThere)
    #expect(try why(canadian, campaign) == nil)
    #expect(
      harness.refusal(of: ControlExecution(execution: execution, control: .retry))?.reason
        == "not_deliverable_there")
    var use = TemplateUse()
    use.name = "rsvp_reminder"
    use.parameters["guest_name"] = "Ana"
    let marketing = WriteMessage(
      guest: american, execution: .none, words: .template(use), sendBy: nil)
    #expect(harness.refusal(of: marketing)?.reason == "not_deliverable_there")
    use.name = "rsvp_thanks"
    use.parameters = [:]
    try harness.perform(
      WriteMessage(guest: american, execution: .none, words: .template(use), sendBy: nil))
    try harness.settle()
    #expect(harness.sent.last?.guest == american)
  }

  @Test func `a template that becomes marketing on its way is held back there`() throws {
    let guest = try harness.guest("Ana", phone: Self.american)
    try harness.template("note", body: "Hello.", category: .utility)
    let document = try flow(
      #"{"id": "note", "type": "send_template", "data": {"template": "note"}}, \#(replyEnds)"#,
      "start > note, note > done")
    let campaign = try harness.started(document)
    try harness.perform(
      ReportTemplateNews(
        account: "", name: "note", language: "en", status: nil, category: .marketing,
        at: harness.now))
    try harness.settle()
    #expect(harness.sent.isEmpty)
    #expect(try why(guest, campaign) == .notDeliverableThere)
  }

  @Test func `before the stop began it was delivered`() throws {
    let phone = try #require(Phone(complete: Self.american))
    func stop(_ day: String) -> Bool {
      DeliveryStop.stop(of: .marketing, to: phone, at: time(day)) != nil
    }
    #expect(!stop("2025-03-31T23:59:59.999Z") && stop("2025-04-01T00:00:00.000Z"))
    #expect(DeliveryStop.stop(of: .utility, to: phone, at: harness.now) == nil)
    #expect(DeliveryStop.all.allSatisfy { !$0.source.isEmpty })
  }

  @Test func `who cannot be written to there is asked through the household`() throws {
    try harness.guest("Ana", phone: Self.american) { $0[.household] = .text("Rao") }
    let other = try harness.guest("Ben", phone: "+6281230000201") { row in
      row[.household] = .text("Rao")
    }
    let campaign = try harness.started(try askFlow()) { $0.settings.household = .together }
    let execution = try harness.execution(of: GuestID(space: 0, counter: 1), in: campaign)
    #expect(harness.state[execution].through == other)
  }

  // MARK: The code

  @Test func `a code means one guest, and nobody makes one up`() {
    let secret = Array("a key".utf8)
    for counter in [1, 7, 31, 32, 1_000_000, UInt32.max - 1] {
      for space in [0, 3, 9_999] as [UInt32] {
        let guest = GuestID(space: space, counter: counter)
        let code = GuestCode(guest, secret: secret)
        #expect(
          GuestCode(in: "Hi! \(code.text.lowercased()), I think.", secret: secret)?.guest == guest)
        #expect(GuestCode(in: code.text, secret: Array("another".utf8)) == nil)
        #expect(GuestCode(in: String(code.text.dropLast()), secret: secret) == nil)
        #expect(GuestCode(in: code.text + "X", secret: secret) == nil)
      }
    }
    for text in [
      "", "RSVP", "RSVP-", "RSVP--", "rsvp-7-", "RSVP-7-AAAAA", "RSVP-🎉-1", "RSVP-0-00000",
    ] {
      #expect(GuestCode(in: text, secret: secret) == nil, "\(text)")
    }
  }

  @Test func `who sends the code from another number is asked there`() throws {
    let guest = try harness.guest("Ana", phone: "+6281230000201")
    let campaign = try harness.started(try askFlow())
    try harness.refuse(try #require(try harness.dispatch().first), .recipient, code: 131_026)
    #expect(try why(guest, campaign) == .unreachable)
    let result = try receive("Hello, \(code(of: guest))", from: 6_281_230_000_999)
    #expect(harness.state[guest].phone.number == 6_281_230_000_999)
    #expect(harness.state[result.message].disposition == .applied)
    try harness.settle()
    #expect(harness.sent.last?.to.number == 6_281_230_000_999)
    #expect(harness.node(of: try harness.execution(of: guest, in: campaign)) == "wait")
    #expect(try why(guest, campaign) == nil)
    try harness.restart(fromSnapshot: true)
  }

  @Test func `who sends the code from the number itself is asked once more`() throws {
    let guest = try harness.guest("Ana", phone: "+6281230000201")
    try harness.guest("Ben", phone: "+6281230000202")
    let campaign = try harness.started(try askFlow())
    for request in try harness.dispatch() where request.guest == guest {
      try harness.refuse(request, .recipient, code: 131_026)
    }
    _ = try receive(code(of: guest), from: 6_281_230_000_201)
    try harness.settle()
    #expect(harness.sent.count { $0.guest == guest } == 2)
    #expect(harness.state[guest].unreachableSince == .zero)
    #expect(harness.status(campaign) == .running)
  }

  /// It opens the window, and free words go there.
  @Test func `the code lets a guest be asked where no template is delivered`() throws {
    let guest = try harness.guest("Ana", phone: Self.american)
    let campaign = try harness.started(try document(rsvpFlow))
    #expect(try why(guest, campaign) == .notDeliverableThere)
    let phone = try #require(Phone(complete: Self.american)).number
    _ = try receive(code(of: guest), from: phone)
    try harness.settle()
    let request = try #require(harness.sent.last)
    #expect(
      request.guest == guest && harness.state[request.attempt.message].content.kind != .template)
  }

  @Test func `the code of somebody else's project, or of a deleted guest, is only a text`() throws {
    let guest = try harness.guest("Ana", phone: "+6281230000201")
    let text = code(of: guest)
    try harness.perform(DeleteGuest(guest: guest))
    let result = try receive(text, from: 6_281_230_000_999)
    #expect(harness.state[result.message].disposition == .needsAttention)
  }
}
