import Foundation
import Testing
import Wire

import CampaignEngine

/// What anybody may send to questions about functions: old buttons, quotes, changed minds.
struct EventReplyTests: EventQuestionBench {
  let harness: EngineHarness

  init() throws { harness = try Self.wedding() }

  /// Payloads are WhatsApp's to bring, and anybody's to write.
  @Test(
    arguments: [
      "dish.veg.99999.1", "dish.veg.4294967295.65535", "dish.veg.3.1", "dish.veg.1.0",
      "dish.veg.1.200", "dish.veg.2.3", "dish.veg", "dish.veg.1.1.1", "come.all.99999.0",
      "come.all.2.0", "dish..1.1", "flow",
    ])
  func `a payload speaks only of those whom the question is about`(handle: String) throws {
    let ana = try guest("Ana", nil, household: "Rao")
    let budi = try guest("Budi", ["wedding"], household: "Rao")
    let other = try guest("Somebody", nil)
    #expect(other.counter == 3)
    let execution = try asked(ana, Self.eventQuestion(#", "for": "household""#), Self.dish)
    try harness.tap("come.all", at: "form", of: execution)
    try harness.settle()
    try say("fish", ana)
    let before = (dish(ana, 1), dish(budi, 0), harness.state[other].answers.count)
    try harness.tap(handle, at: "form", of: execution)
    #expect((dish(ana, 1), dish(budi, 0)) == (before.0, before.1))
    #expect(harness.state[other].answers.count == before.2 && dish(other, 0) == nil)
    #expect(harness.node(of: execution) == "form")
  }

  @Test func `a quote answers what it belongs to, and the open question stays open`() throws {
    let ana = try guest("Ana", ["wedding", "dinner"])
    let execution = try asked(ana, Self.eventQuestion(), Self.dish)
    try harness.tap("come.all", at: "form", of: execution)
    try harness.settle()
    let first = try #require(harness.sent.last).attempt.message
    try say("veg", ana)
    #expect(newest.text == "What does Ana eat at Dinner?")
    try harness.write("fish", from: ana, quotes: harness.state[first].gatewayID)
    #expect((dish(ana, 0), dish(ana, 1)) == ("fish", nil))
    #expect(harness.node(of: execution) == "form")
    try say("veg", ana)
    #expect((dish(ana, 0), dish(ana, 1)) == ("fish", "veg"))
    #expect(harness.outcome(of: execution) == "done")
  }

  /// Found by a recount of a whole wedding from its messages.
  @Test func `what quotes a question of a form that was left answers none that is open`() throws {
    let ana = try guest("Ana", ["wedding"])
    let execution = try started(
      #"""
      {"id": "seats", "type": "guest_form", "data": {"timeout": "2h", "questions": [
        {"key": "seats", "kind": "number", "save_to": "guest.attending_count", "ask": {"*": "How many?"}}]}},
      {"id": "meal", "type": "guest_form", "data": {"timeout": "20h", "questions": [
        {"key": "note", "kind": "text", "ask": {"*": "Anything else?"}}]}},
      """#,
      "wait:yes > seats, seats:submitted > meal, seats:timeout > meal, seats:invalid > meal, meal:submitted > done, meal:timeout > other, meal:invalid > other"
    )
    let first = try #require(harness.sent.last).attempt.message
    try harness.run(for: .hours(3))
    #expect(newest.text == "Anything else?")
    let result = try harness.write("2", from: ana, quotes: harness.state[first].gatewayID)
    #expect(harness.state[result.message].disposition == .needsAttention)
    #expect(harness.node(of: execution) == "meal")
    try say("Nothing", ana)
    #expect(harness.outcome(of: execution) == "done")
    #expect(harness.variable("note", of: execution) == "Nothing")
  }

  private func started(_ nodes: String, _ edges: String) throws -> ExecutionID {
    let campaign = try harness.started(
      try flow(
        #"""
        {"id": "ask", "type": "send_template", "data": {"template": "rsvp_reminder",
          "parameters": {"guest_name": "{{guest.name}}"}, "buttons": [{"handle": "yes"}, {"handle": "no"}]}},
        {"id": "wait", "type": "wait_reply", "data": {"timeout": "20h", "replies": [
          {"handle": "yes", "title": {"*": "Go on"}}, {"handle": "no", "title": {"*": "No"}}]}},
        \#(nodes)
        {"id": "done", "type": "end", "data": {"outcome": "done"}},
        {"id": "other", "type": "end", "data": {"outcome": "other"}}
        """#,
        "start > ask, ask > wait, wait:no > other, wait:timeout > other, wait:default > other, \(edges)"
      ))
    try harness.settle()
    let execution = try harness.execution(of: GuestID(space: 0, counter: 1), in: campaign)
    try harness.tap("yes", at: "wait", of: execution)
    try harness.settle()
    return execution
  }

  @Test func `how many come was said before, and is not taken back by choosing again`() throws {
    let ana = try guest("Ana", nil)
    let seats =
      #"{"key": "seats", "kind": "number", "for_each": ["event"], "save_to": "guest.attending_count", "ask": {"*": "How many at {{event.name}}?"}}"#
    let again = Self.eventQuestion(#", "for": "household""#)
      .replacingOccurrences(of: #""key": "come""#, with: #""key": "again""#)
    let execution = try asked(
      ana, Self.eventQuestion(#", "for": "household""#), seats + ", " + again)
    try harness.tap("come.choose", at: "form", of: execution)
    try harness.settle()
    try say("1", ana)
    #expect(harness.state[ana].attendingCount == 2)
    try say("1", ana)
    #expect(harness.state[ana].attendingCount == 1)
    try harness.tap("again.all", at: "form", of: execution)
    #expect((0...2).map { harness.state[ana].answer(toEvent: $0).attendingCount } == [1, 2, 2])
  }

  @Test func `who has left gets no answer, and their question is not sent`() throws {
    let ana = try guest("Ana", nil, household: "Rao")
    let budi = try guest("Budi", ["wedding"], household: "Rao")
    let citra = try guest("Citra", ["wedding"], household: "Rao")
    let execution = try asked(ana, Self.eventQuestion(#", "for": "household""#), Self.dish)
    try harness.tap("come.all", at: "form", of: execution)
    try harness.settle()
    for _ in 0..<2 { try say("veg", ana) }
    // Ana's last dish: the question about Budi is queued, and he is taken off before it goes.
    try harness.write("veg", from: ana)
    try harness.perform(EraseGuest(guest: budi, sequence: 1))
    try harness.settle()
    #expect(newest.text == "What does Citra eat at Wedding?")
    // Of one who is asked about and leaves then, what is written meets nobody.
    try harness.change(citra) { $0.values[.invitedTo] = .keys(["dinner"]) }
    try say("fish", ana)
    #expect((dish(budi, 0), dish(citra, 0)) == (nil, nil))
    #expect(harness.outcome(of: execution) == "done")
  }

  @Test func `who joins while others are asked is asked too, whatever their number`() throws {
    let ana = try guest("Ana", nil, household: "Rao")
    let citra = try guest("Citra", ["wedding"])
    let budi = try guest("Budi", ["wedding"], household: "Rao")
    let campaign = try harness.started(
      try document([Self.eventQuestion(#", "for_each": ["member"]"#)])
    ) {
      $0.settings.household = .together
      $0.settings.guestFilter.guestIDs = [ana, budi]
    }
    try harness.settle()
    let execution = try harness.execution(of: ana, in: campaign)
    try harness.tap("yes", at: "wait", of: execution)
    try harness.settle()
    try harness.tap("come.all.\(ana.counter).0", at: "form", of: execution)
    try harness.settle()
    try harness.change(citra) { ($0.household, $0.phone) = ("Rao", Phone.none) }
    try harness.perform(AddGuests(campaign: campaign, guests: [citra]))
    try harness.tap("come.all.\(budi.counter).0", at: "form", of: execution)
    try harness.settle()
    try harness.tap("come.none.\(citra.counter).0", at: "form", of: execution)
    let answered = [ana, budi, citra].map { harness.state.rsvp(of: $0, toEventAt: 0) }
    #expect(answered == [.attending, .attending, .declined])
    #expect(harness.outcome(of: execution) == "done")
  }

  @Test func `two events of one name are two`() throws {
    try rename(2, "Dinner")
    let (ana, _) = try choosing()
    try say("3", ana)
    #expect(answers(ana) == [.declined, .declined, .attending])
  }

  @Test(arguments: [("1", 0), ("2", 1), ("3", 2), ("2 night stay", 0)])
  func `a number is a number, whatever an event is called`(text: String, expected: Int) throws {
    try rename(0, "2 night stay")
    try rename(1, "1. Sangeet\nand more")
    let (ana, _) = try choosing()
    try say(text, ana)
    #expect(answers(ana) == (0...2).map { $0 == expected ? .attending : .declined })
  }

  @Test(arguments: [("all", RSVP.attending), ("None", .declined)])
  func `all and none are answers while which is asked, too`(text: String, expected: RSVP) throws {
    let (ana, _) = try choosing()
    try say(text, ana)
    #expect(answers(ana) == [expected, expected, expected])
  }

  @Test func `whoever says some again and again comes to the end of it`() throws {
    let (_, execution) = try choosing()
    for _ in 0..<3 {
      try harness.tap("come.choose", at: "form", of: execution)
      try harness.settle()
    }
    #expect(harness.outcome(of: execution) == "other")
  }

  @Test func `a dish is kept also of whoever has answered for themselves`() throws {
    let ana = try guest("Ana", ["wedding"], household: "Rao")
    let budi = try guest("Budi", ["wedding"], household: "Rao")
    var wedding = GivenAnswer(event: "wedding")
    wedding.rsvp = "attending"
    try harness.perform(
      UpdateGuest(
        guest: budi, profile: GuestProfile(), rsvp: nil, attendingCount: nil, subscription: nil,
        zone: nil, answers: [wedding]))
    let execution = try asked(ana, Self.eventQuestion(), Self.dish)
    try harness.tap("come.all", at: "form", of: execution)
    try harness.settle()
    try say("veg", ana)
    try say("fish", ana)
    #expect((dish(ana, 0), dish(budi, 0)) == ("veg", "fish"))
    #expect(harness.variable("dish", of: execution) == "veg")
  }

  @Test func `an operator's answers are of the questions that are asked`() throws {
    let skipped =
      #"{"key": "brunch", "kind": "choice", "save_to": "guest.rsvp.brunch", "ask": {"*": "Brunch?"}, "choices": [{"value": "attending", "title": {"*": "Yes"}}, {"value": "declined", "title": {"*": "No"}}]}"#
    let last =
      #"{"key": "note", "kind": "text", "save_to": "guest.fields.note", "ask": {"*": "Anything?"}}"#
    let ana = try guest("Ana", ["wedding"])
    let execution = try asked(ana, skipped, last)
    #expect(newest.text == "Anything?")
    func tell(_ key: String) -> Rejection? {
      harness.refusal(
        of: AnswerForGuest(
          execution: execution, node: nil, answer: .questions([key: .text("attending")]),
          channel: .phone, isSilent: false))
    }
    #expect(tell("brunch")?.reason == "not_asked")
    #expect(tell("note") == nil)
    #expect(harness.outcome(of: execution) == "done")
    #expect(answers(ana) == [.pending, nil, nil])
  }
}
