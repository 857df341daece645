import Testing
import Wire

@testable import CampaignEngine

/// What follows an answer that was told, and was not sent: it is open, and yet nobody was asked.
struct UnsentQuestionTests {
  private let bench: ToldBench
  private var harness: EngineHarness { bench.harness }
  private var guest: GuestID { bench.guest }

  init() throws { bench = try ToldBench() }

  /// An invitation with two buttons; `yes` leads to what is given.
  private func behindInvitation(_ nodes: String, _ edges: String) throws -> ChatflowDocument {
    try flow(
      #"""
      {"id": "ask", "type": "send_template", "data": {"template": "rsvp_reminder",
        "parameters": {"guest_name": "{{guest.name}}"},
        "buttons": [{"handle": "yes"}, {"handle": "no"}]}},
      {"id": "wait", "type": "wait_reply", "data": {"timeout": "20h",
        "replies": [{"handle": "yes", "title": {"*": "Yes"}}, {"handle": "no", "title": {"*": "No"}}]}},
      \#(nodes), \#(replyEnds)
      """#,
      """
      start > ask, ask > wait, wait:no > no, wait:timeout > timeout, wait:default > default,
      \(edges)
      """)
  }

  @Test
  func `a text that is no answer to an unsent question brings the question, and uses up nothing`()
    throws
  {
    let execution = try bench.asked()
    try bench.answer(execution, "yes", isSilent: true)
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
      try behindInvitation(
        #"""
        {"id": "bus", "type": "send_message", "data": {"kind": "buttons", "text": {"*": "By bus?"},
          "buttons": [{"handle": "bus", "title": {"*": "Bus"}}, {"handle": "car", "title": {"*": "Car"}}],
          "outside_window": {"action": "fail"}}},
        {"id": "bus_wait", "type": "wait_reply", "data": {"timeout": "20h",
          "replies": [{"handle": "bus", "title": {"*": "Bus"}}, {"handle": "car", "title": {"*": "Car"}}]}}
        """#,
        """
        wait:yes > bus, bus > bus_wait, bus_wait:bus > done, bus_wait:car > done,
        bus_wait:timeout > timeout, bus_wait:default > default
        """))
    try harness.settle()
    let execution = try harness.execution(of: guest, in: campaign)
    try bench.answer(execution, "yes")
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
      try behindInvitation(
        #"""
        {"id": "thanks", "type": "send_template", "data": {"template": "rsvp_thanks"}},
        {"id": "form", "type": "guest_form", "data": {"timeout": "6h", "max_attempts": 2, "questions": [
          {"key": "menu", "kind": "text", "ask": {"*": "Menu?"}}]}}
        """#,
        """
        wait:yes > thanks, thanks > form, form:submitted > done, form:timeout > timeout,
        form:invalid > failed
        """))
    try harness.settle()
    let execution = try harness.execution(of: guest, in: campaign)
    try bench.answer(execution, "yes")
    try harness.settle()
    #expect(harness.sent.count == 2 && harness.node(of: execution) == "form")
    #expect(harness.status(execution) == .waiting)
  }

  @Test func `a question that was never sent takes no answer to one that was`() throws {
    let first = try bench.asked()
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
    try harness.perform(bench.told(execution, bench.answers(("bus", .integer(2))), isSilent: true))
    try harness.write("3", from: guest)
    #expect(harness.variable("count", of: first) == "3")
    #expect(harness.variable("kids", of: execution) == nil)
  }

  /// A rest after the answer, and then a question in free words.
  private func restFlow(_ rest: String, _ edges: String = "") throws -> ChatflowDocument {
    try behindInvitation(
      #"""
      {"id": "rest", "type": "delay", "data": {"for": "\#(rest)"}},
      {"id": "hotel", "type": "send_message", "data": {"kind": "text", "text": {"*": "Which hotel?"},
        "outside_window": {"action": "fail"}}},
      {"id": "hotel_wait", "type": "wait_reply", "data": {"timeout": "20h", "replies": []}},
      {"id": "thanks", "type": "send_template", "data": {"template": "rsvp_thanks"}}
      """#,
      """
      wait:yes > rest, rest > hotel, hotel > hotel_wait, hotel_wait:timeout > timeout,
      hotel_wait:default > done, thanks > done\(edges)
      """)
  }

  @Test func `a way out for what cannot be sent is taken after a told answer, too`() throws {
    let campaign = try harness.started(try restFlow("1m", ", hotel:failed > thanks"))
    try harness.settle()
    let execution = try harness.execution(of: guest, in: campaign)
    try bench.answer(execution, "yes")
    try harness.run(for: .minutes(2))
    #expect(harness.sent.last?.content.template?.name == "rsvp_thanks")
    #expect(harness.outcome(of: execution) == "done")
  }

  @Test func `days after a told answer a question that cannot be sent fails as ever`() throws {
    let campaign = try harness.started(try restFlow("3d"))
    try harness.settle()
    let execution = try harness.execution(of: guest, in: campaign)
    try bench.answer(execution, "yes")
    try harness.run(for: .days(4))
    #expect(harness.status(execution) == .failed && harness.reason(of: execution) == "window")
  }

  @Test func `what was cancelled by a reset was asked all the same`() throws {
    let execution = try bench.asked()
    try harness.tap("yes", at: "answer", of: execution)
    try harness.reset(execution, to: "answer")
    try harness.write("hm", from: guest)
    let newest = try #require(harness.state.messages(of: execution).first)
    #expect(harness.state[newest].purpose == .reprompt)
  }

  @Test func `what fits no more leaves the question that was to be asked as it was`() throws {
    _ = try bench.asked()
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
    try harness.perform(bench.told(execution, bench.answers(("seats", .integer(3)))))
    try bench.change(guest) { $0.partySize = 1 }
    try harness.resume(execution)
    #expect(harness.state[execution].wait?.kind == .turn, "its turn has not come yet")
    #expect(harness.state.openQuestion(of: execution) == nil)
  }

  @Test func `questions that were never sent do not count as sent too often`() throws {
    let execution = try bench.asked()
    for handle in ["yes", "no", "yes", "no", "yes", "no"] {
      try bench.answer(execution, handle, at: "answer", isSilent: true)
    }
    try harness.tap("yes", at: "answer", of: execution)
    try harness.settle()
    #expect(harness.node(of: execution) == "details" && harness.status(execution) == .waiting)
  }

  @Test func `a late question that waits is not sent after the answer`() throws {
    let execution = try bench.asked()
    try harness.tap("no", at: "answer", of: execution)
    try harness.write("hmm, maybe I can", from: guest)
    try bench.answer(execution, "yes", at: "answer", isSilent: true)
    let count = harness.sent.count
    try harness.settle()
    #expect(harness.sent.count == count)
  }
}

extension SendContent {
  /// Free words; empty for templates.
  fileprivate var plainText: String {
    switch self {
    case .text(let text), .buttons(let text, _), .list(let text, _), .flow(let text, _): text
    case .template: ""
    }
  }
}
