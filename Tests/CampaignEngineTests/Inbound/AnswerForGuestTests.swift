import Testing
import Wire

import CampaignEngine

/// What a guest says on the phone, and an operator writes down.
struct AnswerForGuestTests {
  private let bench: ToldBench
  private var harness: EngineHarness { bench.harness }
  private var guest: GuestID { bench.guest }

  init() throws { bench = try ToldBench() }

  @Test func `the flow goes on as if the guest had written it`() throws {
    let execution = try bench.asked()
    let result = try bench.answer(execution, "yes")
    #expect(harness.node(of: execution) == "details")
    #expect(harness.state[guest].rsvp == .attending)
    #expect(harness.variable("answer", of: execution) == "yes")
    #expect(harness.variable("answer_text", of: execution) == "Attending")
    let row = harness.state[try #require(result.messages.first)]
    #expect(row.purpose == .told && row.disposition == .applied && row.routedBy == .operator)
    #expect(row.told?.channel == .phone && row.told?.node == "answer" && row.told?.name == "yes")
    #expect(row.gatewayID.isEmpty && row.cause != nil)
    try harness.restart(fromSnapshot: true)
  }

  @Test func `nobody has written, so no session window is open`() throws {
    let execution = try bench.asked()
    try bench.answer(execution, "yes", isSilent: true)
    try harness.perform(
      bench.told(execution, bench.answers(("count", .integer(3)), ("menu", .text("veg")))))
    try harness.settle()
    #expect(harness.state.person(of: guest).lastInboundAt == .zero)
    #expect(harness.sent.last?.content.template?.name == "rsvp_thanks")
    #expect(harness.outcome(of: execution) == "attending")
  }

  @Test func `whoever is to be sent nothing gets nothing, and later messages go as ever`() throws {
    let execution = try bench.asked()
    let count = harness.sent.count
    try bench.answer(execution, "maybe", isSilent: true)
    try harness.settle()
    #expect(harness.node(of: execution) == "think" && harness.sent.count == count)
    try harness.run(for: .days(4))
    #expect(harness.node(of: execution) == "answer_2" && harness.sent.count == count + 1)
  }

  @Test func `a question that is not sent is noted, and stays open`() throws {
    let execution = try bench.asked()
    let count = harness.sent.count
    try bench.answer(execution, "yes", isSilent: true)
    try harness.settle()
    #expect(harness.sent.count == count)
    let question = try #require(harness.state.messages(of: execution).first)
    #expect(harness.state[question].purpose == .question)
    #expect(harness.state[question].status == .cancelled)
    try harness.write("2", from: guest)
    #expect(harness.state[guest].attendingCount == 2)
    #expect(harness.variable("count", of: execution) == "2")
  }

  @Test func `a question that no open window would let out stays open unsent`() throws {
    let execution = try bench.asked()
    let count = harness.sent.count
    try bench.answer(execution, "yes")
    try harness.settle()
    #expect(harness.node(of: execution) == "details" && harness.sent.count == count)
    #expect(harness.status(execution) == .waiting && harness.state[execution].wait?.kind == .form)
  }

  @Test func `inside the window the next question goes out`() throws {
    let execution = try bench.asked()
    try harness.write("Call me, please", from: guest)
    try harness.settle()
    let count = harness.sent.count
    try bench.answer(execution, "yes")
    try harness.settle()
    #expect(harness.sent.count == count + 1 && harness.node(of: execution) == "details")
  }

  @Test func `a form takes several answers, and the questions between are not sent`() throws {
    let execution = try bench.asked()
    try bench.answer(execution, "yes")
    try harness.settle()
    let count = harness.sent.count
    let result = try harness.perform(
      bench.told(execution, bench.answers(("menu", .text("Vegetarian")), ("count", .integer(3)))))
    #expect(result.messages.count == 2)
    try harness.settle()
    #expect(harness.state[guest].attendingCount == 3)
    #expect(harness.variable("menu", of: execution) == "veg")
    #expect(harness.sent.count == count + 1, "the thanks, and no question")
    #expect(harness.outcome(of: execution) == "attending")
  }

  @Test(arguments: [
    ("count", Scalar.integer(9), "answers.count", "a whole number from 1 to 4"),
    ("count", .text("many"), "answers.count", "a whole number from 1 to 4"),
    ("menu", .text("veg"), "answers.menu", "an answer to count too"),
    ("shoes", .text("42"), "answers.shoes", "count, menu"),
  ])
  func `what is no answer is refused, and says what would be one`(
    key: String, value: Scalar, field: String, expected: String
  ) throws {
    let execution = try bench.asked()
    try bench.answer(execution, "yes")
    let sequence = harness.engine.sequence
    let refusal = try #require(
      harness.refusal(of: bench.told(execution, bench.answers((key, value)))))
    #expect(refusal.code == .invalidParams && refusal.field == field)
    #expect(refusal.message.contains(expected), "\(refusal.message)")
    #expect(harness.engine.sequence == sequence)
  }

  @Test func `where one of several answers is none, nothing is kept`() throws {
    let execution = try bench.asked()
    try bench.answer(execution, "yes")
    let sequence = harness.engine.sequence
    let refusal = harness.refusal(
      of: bench.told(execution, bench.answers(("count", .integer(2)), ("menu", .text("fish")))))
    #expect(refusal?.field == "answers.menu")
    #expect(harness.engine.sequence == sequence)
    #expect(harness.state[guest].attendingCount == 1)
  }

  @Test func `a reply that the wait does not know is refused`() throws {
    let execution = try bench.asked()
    let refusal = try #require(harness.refusal(of: bench.told(execution, .reply("perhaps"))))
    #expect(refusal.field == "handle" && refusal.message.contains("yes, maybe, no"))
    #expect(
      harness.refusal(of: bench.told(execution, bench.answers(("count", .integer(1)))))?.field
        == "answers")
    #expect(
      harness.refusal(of: bench.told(execution, .reply("yes"), at: "thanks"))?.reason
        == "asks_nothing")
    #expect(
      harness.refusal(of: bench.told(execution, .reply("yes"), at: "nowhere"))?.reason
        == "unknown_node")
  }

  @Test func `an invitation that has not gone out is not sent any more`() throws {
    let campaign = try harness.started(try document(rsvpFlow))
    let execution = try harness.execution(of: guest, in: campaign)
    #expect(harness.node(of: execution) == "invite")
    try bench.answer(execution, "no")
    try harness.settle()
    #expect(harness.outcome(of: execution) == "declined" && harness.sent.isEmpty)
  }

  @Test func `an invitation that is under way comes, and changes nothing`() throws {
    let campaign = try harness.started(try document(rsvpFlow))
    let execution = try harness.execution(of: guest, in: campaign)
    let request = try #require(try harness.dispatch().first)
    try bench.answer(execution, "no")
    #expect(harness.outcome(of: execution) == "declined")
    try harness.accept(request)
    try harness.settle()
    #expect(harness.outcome(of: execution) == "declined")
    #expect(
      harness.state.messages(of: execution).count { harness.state[$0].status == .accepted } == 1)
  }

  @Test func `whoever could not be reached is answered for`() throws {
    let campaign = try harness.started(try document(rsvpFlow))
    let execution = try harness.execution(of: guest, in: campaign)
    try harness.refuseNext(.recipient, code: 131026)
    #expect(harness.status(execution) == .failed)
    #expect(try bench.answer(execution, "yes", isSilent: true).hasReopened)
    try harness.perform(
      bench.told(
        execution, bench.answers(("count", .integer(1)), ("menu", .text("meat"))), isSilent: true))
    #expect(harness.outcome(of: execution) == "attending")
    #expect(harness.status(campaign) == .completed)
    #expect(harness.sent.count == 1)
  }

  @Test func `after the end an answer counts where late changes are allowed`() throws {
    let execution = try bench.asked()
    try bench.answer(execution, "no")
    try harness.settle()
    #expect(try bench.answer(execution, "yes").hasReopened)
    #expect(harness.node(of: execution) == "details" && harness.state[guest].rsvp == .attending)
    harness.now = time("2026-12-13T00:00:00.000Z")
    let refusal = harness.refusal(of: bench.told(execution, .reply("no"), at: "answer"))
    #expect(refusal?.code == .invalidState && refusal?.action == "answer")
  }

  @Test func `the same answer again changes nothing`() throws {
    let execution = try bench.asked()
    try bench.answer(execution, "no")
    try harness.settle()
    #expect(try !bench.answer(execution, "no").hasReopened)
    #expect(harness.outcome(of: execution) == "declined")
  }

  @Test func `during a pause it waits for the resume, and sends nothing then either`() throws {
    let execution = try bench.asked()
    let campaign = harness.state[execution].campaign
    let count = harness.sent.count
    try harness.perform(PauseCampaign(campaign: campaign))
    let message = try #require(try bench.answer(execution, "yes", isSilent: true).messages.first)
    #expect(harness.state[message].disposition == .waits)
    #expect(harness.node(of: execution) == "answer")
    try harness.restart(fromSnapshot: true)
    try harness.perform(ResumeCampaign(campaign: campaign))
    try harness.settle()
    #expect(harness.node(of: execution) == "details" && harness.sent.count == count)
    #expect(harness.state[message].disposition == .applied)
  }

  @Test func `it stands behind what the guest wrote before it`() throws {
    let execution = try bench.asked()
    try harness.pause(execution)
    try harness.write("no", from: guest)
    harness.pass(.minutes(5))
    try bench.answer(execution, "yes")
    try harness.resume(execution)
    try harness.settle()
    #expect(harness.node(of: execution) == "details" && harness.state[guest].rsvp == .attending)
  }

  @Test func `whoever waits for another question's answer is answered for`() throws {
    let first = try bench.asked()
    let second = try harness.started(try menuFlow())
    try harness.settle()
    let execution = try harness.execution(of: guest, in: second)
    #expect(harness.state[execution].wait?.kind == .turn)
    let count = harness.sent.count
    try harness.perform(
      bench.told(execution, bench.answers(("menu", .text("veg"))), isSilent: true))
    #expect(harness.variable("menu", of: execution) == "veg")
    try harness.settle()
    #expect(harness.sent.count == count && harness.node(of: first) == "answer")
  }

  @Test func `a cancelled execution and a deleted guest take none`() throws {
    let execution = try bench.asked()
    try harness.control(execution, .cancel)
    #expect(harness.refusal(of: bench.told(execution, .reply("yes")))?.code == .invalidState)
    try harness.perform(DeleteGuest(guest: guest))
    #expect(harness.refusal(of: bench.told(execution, .reply("yes")))?.code == .notFound)
  }

  @Test func `an erased guest leaves nothing of what was told`() throws {
    let execution = try bench.asked()
    let message = try #require(try bench.answer(execution, "yes").messages.first)
    try harness.perform(EraseGuest(guest: guest, sequence: 7))
    #expect(harness.state[message].content.text.isEmpty)
    try harness.restart(fromSnapshot: true)
  }
}

/// A form that asks at once.
private func menuFlow() throws -> ChatflowDocument {
  try flow(
    #"""
    {"id": "form", "type": "guest_form", "data": {"timeout": "6h", "max_attempts": 2, "questions": [
      {"key": "menu", "kind": "choice", "ask": {"*": "Menu?"},
       "choices": [{"value": "veg", "title": {"*": "Vegetarian"}}]}]}}, \#(replyEnds)
    """#,
    "start > form, form:submitted > done, form:timeout > timeout, form:invalid > failed")
}
