import Testing
import Wire

@testable import CampaignEngine

/// What a guest says on the phone, and an operator writes down.
struct AnswerForGuestTests {
  private let harness: EngineHarness
  private let guest: GuestID

  init() throws {
    harness = try EngineHarness.wedding()
    guest = try harness.guest("Ana", phone: "+6281230000011") { $0[.partySize] = .integer(4) }
  }

  private func told(
    _ execution: ExecutionID, _ answer: ToldAnswer, at node: String? = nil, isSilent: Bool = false
  ) -> AnswerForGuest {
    AnswerForGuest(
      execution: execution, node: node, answer: answer, channel: .phone, isSilent: isSilent)
  }

  @discardableResult
  private func answer(
    _ execution: ExecutionID, _ handle: String, at node: String? = nil, isSilent: Bool = false
  ) throws -> AnswerForGuest.Result {
    try harness.perform(told(execution, .reply(handle), at: node, isSilent: isSilent))
  }

  private func answers(_ entries: (String, Scalar)...) -> ToldAnswer {
    var answers = WireMap<Scalar>()
    for (key, value) in entries { answers[key] = value }
    return .questions(answers)
  }

  /// An execution that waits for the guest's answer to the invitation.
  private func asked() throws -> ExecutionID {
    let campaign = try harness.started(try document(rsvpFlow))
    try harness.settle()
    return try harness.execution(of: guest, in: campaign)
  }

  @Test func `the flow goes on as if the guest had written it`() throws {
    let execution = try asked()
    let result = try answer(execution, "yes")
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
    let execution = try asked()
    try answer(execution, "yes", isSilent: true)
    try harness.perform(told(execution, answers(("count", .integer(3)), ("menu", .text("veg")))))
    try harness.settle()
    #expect(harness.state.person(of: guest).lastInboundAt == .zero)
    #expect(harness.sent.last?.content.template?.name == "rsvp_thanks")
    #expect(harness.outcome(of: execution) == "attending")
  }

  @Test func `whoever is to be sent nothing gets nothing, and later messages go as ever`() throws {
    let execution = try asked()
    let count = harness.sent.count
    try answer(execution, "maybe", isSilent: true)
    try harness.settle()
    #expect(harness.node(of: execution) == "think" && harness.sent.count == count)
    try harness.run(for: .days(4))
    #expect(harness.node(of: execution) == "answer_2" && harness.sent.count == count + 1)
  }

  @Test func `a question that is not sent is noted, and stays open`() throws {
    let execution = try asked()
    let count = harness.sent.count
    try answer(execution, "yes", isSilent: true)
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
    let execution = try asked()
    let count = harness.sent.count
    try answer(execution, "yes")
    try harness.settle()
    #expect(harness.node(of: execution) == "details" && harness.sent.count == count)
    #expect(harness.status(execution) == .waiting && harness.state[execution].wait?.kind == .form)
  }

  @Test func `inside the window the next question goes out`() throws {
    let execution = try asked()
    try harness.write("Call me, please", from: guest)
    try harness.settle()
    let count = harness.sent.count
    try answer(execution, "yes")
    try harness.settle()
    #expect(harness.sent.count == count + 1 && harness.node(of: execution) == "details")
  }

  @Test func `a form takes several answers, and the questions between are not sent`() throws {
    let execution = try asked()
    try answer(execution, "yes")
    try harness.settle()
    let count = harness.sent.count
    let result = try harness.perform(
      told(execution, answers(("menu", .text("Vegetarian")), ("count", .integer(3)))))
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
    let execution = try asked()
    try answer(execution, "yes")
    let sequence = harness.engine.sequence
    let refusal = try #require(harness.refusal(of: told(execution, answers((key, value)))))
    #expect(refusal.code == .invalidParams && refusal.field == field)
    #expect(refusal.message.contains(expected), "\(refusal.message)")
    #expect(harness.engine.sequence == sequence)
  }

  @Test func `where one of several answers is none, nothing is kept`() throws {
    let execution = try asked()
    try answer(execution, "yes")
    let sequence = harness.engine.sequence
    let refusal = harness.refusal(
      of: told(execution, answers(("count", .integer(2)), ("menu", .text("fish")))))
    #expect(refusal?.field == "answers.menu")
    #expect(harness.engine.sequence == sequence)
    #expect(harness.state[guest].attendingCount == 1)
  }

  @Test func `a reply that the wait does not know is refused`() throws {
    let execution = try asked()
    let refusal = try #require(harness.refusal(of: told(execution, .reply("perhaps"))))
    #expect(refusal.field == "handle" && refusal.message.contains("yes, maybe, no"))
    #expect(
      harness.refusal(of: told(execution, answers(("count", .integer(1)))))?.field == "answers")
    #expect(
      harness.refusal(of: told(execution, .reply("yes"), at: "thanks"))?.reason == "asks_nothing")
    #expect(
      harness.refusal(of: told(execution, .reply("yes"), at: "nowhere"))?.reason == "unknown_node")
  }

  @Test func `an invitation that has not gone out is not sent any more`() throws {
    let campaign = try harness.started(try document(rsvpFlow))
    let execution = try harness.execution(of: guest, in: campaign)
    #expect(harness.node(of: execution) == "invite")
    try answer(execution, "no")
    try harness.settle()
    #expect(harness.outcome(of: execution) == "declined" && harness.sent.isEmpty)
  }

  @Test func `an invitation that is under way comes, and changes nothing`() throws {
    let campaign = try harness.started(try document(rsvpFlow))
    let execution = try harness.execution(of: guest, in: campaign)
    let request = try #require(try harness.dispatch().first)
    try answer(execution, "no")
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
    #expect(try answer(execution, "yes", isSilent: true).hasReopened)
    try harness.perform(
      told(execution, answers(("count", .integer(1)), ("menu", .text("meat"))), isSilent: true))
    #expect(harness.outcome(of: execution) == "attending")
    #expect(harness.status(campaign) == .completed)
    #expect(harness.sent.count == 1)
  }

  @Test func `after the end an answer counts where late changes are allowed`() throws {
    let execution = try asked()
    try answer(execution, "no")
    try harness.settle()
    #expect(try answer(execution, "yes").hasReopened)
    #expect(harness.node(of: execution) == "details" && harness.state[guest].rsvp == .attending)
    harness.now = time("2026-12-13T00:00:00.000Z")
    let refusal = harness.refusal(of: told(execution, .reply("no"), at: "answer"))
    #expect(refusal?.code == .invalidState && refusal?.action == "answer")
  }

  @Test func `the same answer again changes nothing`() throws {
    let execution = try asked()
    try answer(execution, "no")
    try harness.settle()
    #expect(try !answer(execution, "no").hasReopened)
    #expect(harness.outcome(of: execution) == "declined")
  }

  @Test func `during a pause it waits for the resume, and sends nothing then either`() throws {
    let execution = try asked()
    let campaign = harness.state[execution].campaign
    let count = harness.sent.count
    try harness.perform(PauseCampaign(campaign: campaign))
    let message = try #require(try answer(execution, "yes", isSilent: true).messages.first)
    #expect(harness.state[message].disposition == .waits)
    #expect(harness.node(of: execution) == "answer")
    try harness.restart(fromSnapshot: true)
    try harness.perform(ResumeCampaign(campaign: campaign))
    try harness.settle()
    #expect(harness.node(of: execution) == "details" && harness.sent.count == count)
    #expect(harness.state[message].disposition == .applied)
  }

  @Test func `it stands behind what the guest wrote before it`() throws {
    let execution = try asked()
    try harness.pause(execution)
    try harness.write("no", from: guest)
    harness.pass(.minutes(5))
    try answer(execution, "yes")
    try harness.resume(execution)
    try harness.settle()
    #expect(harness.node(of: execution) == "details" && harness.state[guest].rsvp == .attending)
  }

  @Test func `whoever waits for another question's answer is answered for`() throws {
    let first = try asked()
    let second = try harness.started(try menuFlow())
    try harness.settle()
    let execution = try harness.execution(of: guest, in: second)
    #expect(harness.state[execution].wait?.kind == .turn)
    let count = harness.sent.count
    try harness.perform(told(execution, answers(("menu", .text("veg"))), isSilent: true))
    #expect(harness.variable("menu", of: execution) == "veg")
    try harness.settle()
    #expect(harness.sent.count == count && harness.node(of: first) == "answer")
  }

  // MARK: What was never sent

  @Test
  func `a text that is no answer to an unsent question brings the question, and uses up nothing`()
    throws
  {
    let execution = try asked()
    try answer(execution, "yes", isSilent: true)
    for text in ["Thanks for the call!", "See you there"] {
      try harness.write(text, from: guest)
      try harness.settle()
      #expect(harness.node(of: execution) == "details", "\(text)")
    }
    let questions = harness.sent.filter { $0.content.plainText.contains("How many of you") }
    #expect(questions.count == 1, "the second text is judged: the question had gone out by then")
    #expect(harness.state[execution].wait?.attempts == 1)
  }

  @Test func `an unsent prompt is brought by a text that is no answer to it`() throws {
    let campaign = try harness.started(
      try flow(
        #"""
        {"id": "ask", "type": "send_template", "data": {"template": "rsvp_reminder",
          "parameters": {"guest_name": "{{guest.name}}"},
          "buttons": [{"handle": "yes"}, {"handle": "no"}]}},
        {"id": "wait", "type": "wait_reply", "data": {"timeout": "20h",
          "replies": [{"handle": "yes", "title": {"*": "Yes"}}, {"handle": "no", "title": {"*": "No"}}]}},
        {"id": "bus", "type": "send_message", "data": {"kind": "buttons", "text": {"*": "By bus?"},
          "buttons": [{"handle": "bus", "title": {"*": "Bus"}}, {"handle": "car", "title": {"*": "Car"}}],
          "outside_window": {"action": "fail"}}},
        {"id": "bus_wait", "type": "wait_reply", "data": {"timeout": "20h",
          "replies": [{"handle": "bus", "title": {"*": "Bus"}}, {"handle": "car", "title": {"*": "Car"}}]}},
        \#(replyEnds)
        """#,
        """
        start > ask, ask > wait, wait:yes > bus, wait:no > no, wait:timeout > timeout,
        wait:default > default, bus > bus_wait, bus_wait:bus > done, bus_wait:car > done,
        bus_wait:timeout > timeout, bus_wait:default > default
        """))
    try harness.settle()
    let execution = try harness.execution(of: guest, in: campaign)
    try answer(execution, "yes")
    try harness.settle()
    #expect(harness.node(of: execution) == "bus_wait", "the closed window does not let it out")
    #expect(harness.sent.count == 1)
    try harness.write("hi, thanks for calling", from: guest)
    try harness.settle()
    #expect(harness.node(of: execution) == "bus_wait")
    #expect(harness.sent.last?.content.plainText == "By bus?")
    try harness.write("Bus", from: guest)
    #expect(harness.outcome(of: execution) == "done")
  }

  @Test func `a form behind a template stays open unsent, too`() throws {
    let campaign = try harness.started(
      try flow(
        #"""
        {"id": "ask", "type": "send_template", "data": {"template": "rsvp_reminder",
          "parameters": {"guest_name": "{{guest.name}}"},
          "buttons": [{"handle": "yes"}, {"handle": "no"}]}},
        {"id": "wait", "type": "wait_reply", "data": {"timeout": "20h",
          "replies": [{"handle": "yes", "title": {"*": "Yes"}}, {"handle": "no", "title": {"*": "No"}}]}},
        {"id": "thanks", "type": "send_template", "data": {"template": "rsvp_thanks"}},
        {"id": "form", "type": "guest_form", "data": {"timeout": "6h", "max_attempts": 2, "questions": [
          {"key": "menu", "kind": "text", "ask": {"*": "Menu?"}}]}}, \#(replyEnds)
        """#,
        """
        start > ask, ask > wait, wait:yes > thanks, wait:no > no, wait:timeout > timeout,
        wait:default > default, thanks > form, form:submitted > done, form:timeout > timeout,
        form:invalid > failed
        """))
    try harness.settle()
    let execution = try harness.execution(of: guest, in: campaign)
    try answer(execution, "yes")
    try harness.settle()
    #expect(harness.sent.count == 2 && harness.node(of: execution) == "form")
    #expect(harness.status(execution) == .waiting)
  }

  @Test func `a question that was never sent takes no answer to one that was`() throws {
    let first = try asked()
    try harness.tap("yes", at: "answer", of: first)
    try harness.settle()
    let second = try harness.started(
      try flow(
        #"""
        {"id": "hello", "type": "send_template", "data": {"template": "rsvp_thanks"}},
        {"id": "form", "type": "guest_form", "data": {"timeout": "6h", "max_attempts": 2, "questions": [
          {"key": "bus", "kind": "number", "ask": {"*": "How many by bus?"}},
          {"key": "kids", "kind": "number", "ask": {"*": "How many children?"}}]}}, \#(replyEnds)
        """#,
        """
        start > hello, hello > form, form:submitted > done, form:timeout > timeout,
        form:invalid > failed
        """))
    try harness.settle()
    let execution = try harness.execution(of: guest, in: second)
    #expect(harness.state[execution].wait?.kind == .turn)
    try harness.perform(told(execution, answers(("bus", .integer(2))), isSilent: true))
    try harness.write("3", from: guest)
    #expect(harness.variable("count", of: first) == "3")
    #expect(harness.variable("kids", of: execution) == nil)
  }

  /// An invitation, a rest after the answer, and then a question in free words.
  private func restFlow(failed: String) throws -> ChatflowDocument {
    try flow(
      #"""
      {"id": "ask", "type": "send_template", "data": {"template": "rsvp_reminder",
        "parameters": {"guest_name": "{{guest.name}}"},
        "buttons": [{"handle": "yes"}, {"handle": "no"}]}},
      {"id": "wait", "type": "wait_reply", "data": {"timeout": "20h", "late_change": "until_event",
        "replies": [{"handle": "yes", "title": {"*": "Yes"}}, {"handle": "no", "title": {"*": "No"}}]}},
      {"id": "rest", "type": "delay", "data": {"for": "\#(failed.isEmpty ? "3d" : "1m")"}},
      {"id": "hotel", "type": "send_message", "data": {"kind": "text", "text": {"*": "Which hotel?"},
        "outside_window": {"action": "fail"}}},
      {"id": "hotel_wait", "type": "wait_reply", "data": {"timeout": "20h", "replies": []}},
      {"id": "thanks", "type": "send_template", "data": {"template": "rsvp_thanks"}}, \#(replyEnds)
      """#,
      """
      start > ask, ask > wait, wait:yes > rest, wait:no > no, wait:timeout > timeout,
      wait:default > default, rest > hotel, hotel > hotel_wait, hotel_wait:timeout > timeout,
      hotel_wait:default > done, thanks > done\(failed)
      """)
  }

  @Test func `a way out for what cannot be sent is taken after a told answer, too`() throws {
    let campaign = try harness.started(try restFlow(failed: ", hotel:failed > thanks"))
    try harness.settle()
    let execution = try harness.execution(of: guest, in: campaign)
    try answer(execution, "yes")
    try harness.run(for: .minutes(2))
    #expect(harness.sent.last?.content.template?.name == "rsvp_thanks")
    #expect(harness.outcome(of: execution) == "done")
  }

  @Test func `days after a told answer a question that cannot be sent fails as ever`() throws {
    let campaign = try harness.started(try restFlow(failed: ""))
    try harness.settle()
    let execution = try harness.execution(of: guest, in: campaign)
    try answer(execution, "yes")
    try harness.run(for: .days(4))
    #expect(harness.status(execution) == .failed && harness.reason(of: execution) == "window")
  }

  @Test func `what was cancelled by a reset was asked all the same`() throws {
    let execution = try asked()
    try harness.tap("yes", at: "answer", of: execution)
    try harness.reset(execution, to: "answer")
    try harness.write("hm", from: guest)
    let newest = try #require(harness.state.messages(of: execution).first)
    #expect(harness.state[newest].purpose == .reprompt)
  }

  @Test func `what fits no more leaves the question that was to be asked as it was`() throws {
    _ = try asked()
    let second = try harness.started(
      try flow(
        #"""
        {"id": "form", "type": "guest_form", "data": {"timeout": "6h", "max_attempts": 2, "questions": [
          {"key": "seats", "kind": "number", "max_from": "guest.party_size", "ask": {"*": "Seats?"}}]}},
        \#(replyEnds)
        """#, "start > form, form:submitted > done, form:timeout > timeout, form:invalid > failed"))
    try harness.settle()
    let execution = try harness.execution(of: guest, in: second)
    #expect(harness.state[execution].wait?.kind == .turn)
    try harness.pause(execution)
    try harness.perform(told(execution, answers(("seats", .integer(3)))))
    var profile = GuestProfile()
    profile.partySize = 1
    try harness.perform(
      UpdateGuest(
        guest: guest, profile: profile, rsvp: nil, attendingCount: nil, subscription: nil,
        zone: nil))
    try harness.resume(execution)
    #expect(harness.state[execution].wait?.kind == .turn, "its turn has not come yet")
    #expect(harness.state.openQuestion(of: execution) == nil)
  }

  @Test func `questions that were never sent do not count as sent too often`() throws {
    let execution = try asked()
    for handle in ["yes", "no", "yes", "no", "yes", "no"] {
      try answer(execution, handle, at: "answer", isSilent: true)
    }
    try harness.tap("yes", at: "answer", of: execution)
    try harness.settle()
    #expect(harness.node(of: execution) == "details" && harness.status(execution) == .waiting)
  }

  @Test func `a late question that waits is not sent after the answer`() throws {
    let execution = try asked()
    try harness.tap("no", at: "answer", of: execution)
    try harness.write("hmm, maybe I can", from: guest)
    try answer(execution, "yes", at: "answer", isSilent: true)
    let count = harness.sent.count
    try harness.settle()
    #expect(harness.sent.count == count)
  }

  // MARK: What is meant

  @Test func `the value of a choice wins over another's title`() throws {
    let campaign = try harness.started(
      try flow(
        #"""
        {"id": "form", "type": "guest_form", "data": {"timeout": "6h", "max_attempts": 2, "questions": [
          {"key": "table", "kind": "choice", "ask": {"*": "Table?"},
           "choices": [{"value": "1", "title": {"*": "2"}}, {"value": "2", "title": {"*": "1"}}]}]}},
        \#(replyEnds)
        """#, "start > form, form:submitted > done, form:timeout > timeout, form:invalid > failed"))
    try harness.write("hello", from: guest)
    try harness.settle()
    let execution = try harness.execution(of: guest, in: campaign)
    try harness.perform(told(execution, answers(("table", .text("2"))), at: "form"))
    #expect(harness.variable("table", of: execution) == "2")
  }

  @Test func `several answers of a form wait for the end of a pause, together or one by one`()
    throws
  {
    let execution = try asked()
    try answer(execution, "yes")
    try harness.pause(execution)
    try harness.perform(told(execution, answers(("count", .integer(3)))))
    try harness.perform(told(execution, answers(("menu", .text("veg")))))
    try harness.resume(execution)
    try harness.settle()
    #expect(harness.outcome(of: execution) == "attending")
    #expect(harness.state[guest].attendingCount == 3)
  }

  @Test func `an answer that fits no more when its pause ends is for somebody to look at`() throws {
    let execution = try asked()
    try answer(execution, "yes")
    try harness.pause(execution)
    let message = try #require(
      try harness.perform(told(execution, answers(("count", .integer(4))))).messages.first)
    var profile = GuestProfile()
    profile.partySize = 2
    try harness.perform(
      UpdateGuest(
        guest: guest, profile: profile, rsvp: nil, attendingCount: nil, subscription: nil,
        zone: nil))
    let count = harness.sent.count
    try harness.resume(execution)
    try harness.settle()
    #expect(harness.state[message].disposition == .needsAttention && harness.sent.count == count)
    #expect(harness.node(of: execution) == "details")
  }

  @Test func `whoever has the number of another who is written to is not revived by an answer`()
    throws
  {
    let other = try harness.guest("Ben", phone: "+6281230000012")
    let campaign = try harness.started(try document(rsvpFlow))
    try harness.settle()
    let execution = try harness.execution(of: other, in: campaign)
    var profile = GuestProfile()
    profile.phone = harness.state[guest].phone
    try harness.perform(
      UpdateGuest(
        guest: other, profile: profile, rsvp: nil, attendingCount: nil, subscription: nil,
        zone: nil))
    #expect(harness.reason(of: execution) == "duplicate_phone")
    #expect(harness.refusal(of: told(execution, .reply("yes")))?.code == .invalidState)
  }

  @Test
  func `the answer that was given before is one, too, to a question that could not be delivered`()
    throws
  {
    let campaign = try harness.started(
      try asking(#", "late_change": "until_event""#))
    try harness.settle()
    let execution = try harness.execution(of: guest, in: campaign)
    try answer(execution, "no")
    #expect(harness.outcome(of: execution) == "no")
    try harness.reset(execution, to: "ask")
    try harness.refuseNext(.recipient, code: 131026)
    #expect(harness.status(execution) == .failed)
    #expect(try answer(execution, "no").hasReopened)
    #expect(harness.outcome(of: execution) == "no")
  }

  @Test func `a cancelled execution and a deleted guest take none`() throws {
    let execution = try asked()
    try harness.control(execution, .cancel)
    #expect(harness.refusal(of: told(execution, .reply("yes")))?.code == .invalidState)
    try harness.perform(DeleteGuest(guest: guest))
    #expect(harness.refusal(of: told(execution, .reply("yes")))?.code == .notFound)
  }

  @Test func `an erased guest leaves nothing of what was told`() throws {
    let execution = try asked()
    let message = try #require(try answer(execution, "yes").messages.first)
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

extension SendContent {
  /// Free words; empty for templates.
  fileprivate var plainText: String {
    switch self {
    case .text(let text), .buttons(let text, _), .list(let text, _): text
    case .template: ""
    }
  }
}
