import Testing
import Wire

import CampaignEngine

/// What operators write themselves, beside any flow.
struct OperatorMessageTests {
  private let harness: EngineHarness
  private let guest: GuestID

  init() throws {
    harness = try EngineHarness.wedding()
    guest = try harness.guest("Ana", phone: "+6281230000011")
  }

  private func template(
    _ name: String, _ parameters: WireMap<String> = [:], to other: GuestID? = nil,
    execution: ExecutionID = .none
  ) -> WriteMessage {
    var use = TemplateUse()
    (use.name, use.parameters) = (name, parameters)
    return WriteMessage(
      guest: other ?? guest, execution: execution, words: .template(use), sendBy: nil)
  }

  @Test func `free text goes at once while the window is open, and belongs to no campaign`() throws
  {
    try harness.write("hello", from: guest)
    let id = try harness.writeAsOperator("Welcome, {{guest.name}}!", to: guest)
    #expect(harness.state[id].content.text == "Welcome, Ana!")
    try harness.settle()
    let request = try #require(harness.sent.first)
    #expect(request.content == .text("Welcome, Ana!"))
    #expect(request.expectation == .nothing)
    #expect(harness.state[id].campaign.isNone)
    try harness.report(request, .delivered)
    #expect(harness.state[id].cost.billedMicros == 5_000)
    #expect(harness.state.nextDue == nil)
  }

  @Test func `without an open window free text is refused, and a template goes`() throws {
    let text = WriteMessage(guest: guest, execution: .none, words: .text("Hi"), sendBy: nil)
    let refusal = try #require(harness.refusal(of: text))
    #expect(refusal.code == .notReady)
    #expect(refusal.reason == "window_closed")
    #expect(refusal.message.contains("a template is possible"))
    try harness.perform(template("rsvp_reminder", ["guest_name": "{{guest.name}}"]))
    try harness.settle()
    let template = try #require(harness.sent.first?.content.template)
    #expect(template.name == "rsvp_reminder")
    #expect(template.parameters.map(\.value) == ["Ana"])
    // No execution waits, so a tap comes back as a word.
    #expect(template.buttons.map(\.payload) == ["yes", "no"])
  }

  @Test(
    arguments: [
      ("rsvp_reminder", [:], "template.parameters", "missing_parameter"),
      ("rsvp_thanks", ["day": "x"], "template.parameters.day", "unknown_parameter"),
      ("nothing", [:], "template.name", "unknown_template"),
      (
        "rsvp_reminder", ["guest_name": "{{guest.nam}}"], "template.parameters.guest_name",
        "invalid_text"
      ),
      (
        "rsvp_reminder", ["guest_name": "{{guest.fields.table}}"], "template",
        "missing_variable"
      ),
    ] as [(String, [String: String], String, String)])
  func `a template that cannot be filled in is refused at once`(
    name: String, parameters: [String: String], path: String, reason: String
  ) throws {
    var map = WireMap<String>()
    for (key, value) in parameters { map[key] = value }
    let refusal = try #require(harness.refusal(of: template(name, map)))
    #expect(refusal.field == path)
    #expect(refusal.reason == reason)
  }

  @Test func `whoever opted out is not written to, not even by an operator`() throws {
    try harness.write("hello", from: guest)
    try harness.write("stop", from: guest)
    let text = WriteMessage(guest: guest, execution: .none, words: .text("Hi"), sendBy: nil)
    #expect(harness.refusal(of: text)?.reason == "opted_out")
    #expect(harness.refusal(of: template("rsvp_thanks"))?.reason == "opted_out")
  }

  @Test func `an opt-out before it leaves stops it`() throws {
    try harness.write("hello", from: guest)
    let id = try harness.writeAsOperator("Hi", to: guest)
    try harness.write("stop", from: guest)
    try harness.settle()
    #expect(harness.sent.isEmpty)
    #expect(harness.state[id].status == .suppressed)
  }

  @Test func `quiet hours and a campaign's pause do not hold it`() throws {
    let quiet = try EngineHarness(
      startingAt: time("2026-11-23T20:00:00.000Z"),
      wedding: {
        $0.quietHours = QuietHours(from: TimeOfDay(minutes: 0), to: TimeOfDay(minutes: 1439))
      })
    let guest = try quiet.guest("Ana", phone: "+6281230000011")
    let campaign = try quiet.started(try document(rsvpFlow))
    let execution = try quiet.execution(of: guest, in: campaign)
    try quiet.perform(PauseCampaign(campaign: campaign))
    try quiet.write("hello", from: guest)
    try quiet.writeAsOperator("Hi", to: .none, execution: execution)
    try quiet.settle()
    #expect(quiet.sent.map(\.content) == [.text("Hi")])
  }

  @Test func `it shows in its execution's history and never moves the execution`() throws {
    let campaign = try harness.started(try document(rsvpFlow))
    let execution = try harness.execution(of: guest, in: campaign)
    try harness.settle()
    try harness.write("hm?", from: guest)
    let before = harness.state[execution]
    let id = try harness.writeAsOperator("Well?", to: .none, execution: execution)
    let request = try #require(try harness.dispatch().first { $0.attempt.message == id })
    try harness.refuse(request, .payload)
    #expect(harness.state[id].status == .failed)
    let after = harness.state[execution]
    #expect(
      before.steps == after.steps && before.wait == after.wait && before.status == after.status)
    #expect(harness.state.messages(of: execution).contains(id))
    #expect(harness.state[campaign].counters.messages[MessageStatus.failed.index] == 1)
  }

  @Test func `the end of its execution does not cancel it`() throws {
    let campaign = try harness.started(try document(rsvpFlow))
    let execution = try harness.execution(of: guest, in: campaign)
    try harness.settle()
    try harness.write("hm?", from: guest)
    let id = try harness.writeAsOperator("Well?", to: .none, execution: execution)
    try harness.perform(CancelCampaign(campaign: campaign))
    try harness.settle()
    #expect(harness.state[id].status == .accepted)
  }

  @Test func `failures that pass are tried again, and a restart sends nothing twice`() throws {
    let id = try harness.perform(template("rsvp_thanks"))
    let first = try #require(try harness.dispatch().first)
    try harness.refuse(first, .transient)
    #expect(harness.state[id].status == .queued)
    try harness.restart(fromSnapshot: true)
    harness.pass(.seconds(30))
    let second = try #require(try harness.dispatch().first)
    #expect(second.attempt.number == 2)
    #expect(second.intent == first.intent)
    try harness.restart()
    #expect(try harness.perform(RecoverAttempts()) == 1)
    try harness.run(for: .hours(2))
    #expect(harness.sent.count == 2)
    #expect(harness.state[id].status == .outcomeUnknown)
  }

  @Test func `two messages to one guest are two intents`() throws {
    try harness.perform(template("rsvp_thanks"))
    try harness.perform(template("rsvp_thanks"))
    try harness.settle()
    #expect(Set(harness.sent.map(\.intent)).count == 2)
  }

  @Test func `an answer to an operator's message is for the operator`() throws {
    let campaign = try harness.started(try document(rsvpFlow))
    let execution = try harness.execution(of: guest, in: campaign)
    try harness.settle()
    try harness.tap("no", at: "answer", of: execution)
    #expect(harness.outcome(of: execution) == "declined")
    try harness.writeAsOperator("A pity. Shall we send cake?", to: guest)
    try harness.settle()
    let result = try harness.write("Yes please!", from: guest)
    #expect(harness.state[result.message].routedBy == nil)
    #expect(harness.state[result.message].needsAttention)
    try harness.settle()
    #expect(harness.sent.count == 2)
  }
}
