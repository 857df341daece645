import Testing
import Wire

import CampaignEngine

/// Questions about all functions at once: all, some or none.
struct EventQuestionTests: EventQuestionBench {
  let harness: EngineHarness

  init() throws { harness = try Self.wedding() }

  // MARK: All, some, none

  @Test(
    arguments: [
      ("come.all", [.attending, .attending, nil], "Wedding and Dinner"),
      ("come.none", [.declined, .declined, nil], ""),
    ] as [(String, [RSVP?], String)])
  func `one tap answers for all that a guest is invited to`(
    handle: String, expected: [RSVP?], kept: String
  ) throws {
    let ana = try guest("Ana", ["wedding", "dinner"])
    let execution = try asked(ana, Self.eventQuestion())
    #expect(newest.text == "Will you come to Wedding and Dinner?")
    #expect(newest.buttons.map(\.title) == ["All", "Some", "None"])
    try harness.tap(handle, at: "form", of: execution)
    #expect(answers(ana) == expected)
    #expect(harness.variable("come", of: execution) == kept)
    #expect(harness.outcome(of: execution) == "done")
    #expect(harness.sent.count == 2)
  }

  @Test(
    arguments: [
      ("2", [.declined, .attending, .declined]), ("1 3", [.attending, .declined, .attending]),
      ("Brunch & wedding", [.attending, .declined, .attending]),
      ("0", [.declined, .declined, .declined]),
    ] as [(String, [RSVP?])])
  func `whoever chooses is asked which, by number or by name`(
    text: String, expected: [RSVP?]
  ) throws {
    let ana = try guest("Ana", nil)
    let execution = try asked(ana, Self.eventQuestion())
    try harness.tap("come.choose", at: "form", of: execution)
    try harness.settle()
    #expect(newest.text == "To which?\n1. Wedding\n2. Dinner\n3. Brunch")
    #expect(newest.buttons.isEmpty)
    #expect(answers(ana) == [.pending, .pending, .pending])
    try say("9", ana)
    #expect(newest.text == "To which?\n1. Wedding\n2. Dinner\n3. Brunch")
    try say(text, ana)
    #expect(answers(ana) == expected)
    #expect(harness.outcome(of: execution) == "done")
  }

  @Test func `the first buttons count while which is asked, and after a restart`() throws {
    let ana = try guest("Ana", nil)
    let execution = try asked(ana, Self.eventQuestion())
    try harness.tap("come.choose", at: "form", of: execution)
    try harness.settle()
    try harness.restart(fromSnapshot: true)
    try harness.tap("come.all", at: "form", of: execution)
    #expect(answers(ana) == [.attending, .attending, .attending])
  }

  @Test func `names answer at once, and a number is of the button`() throws {
    let ana = try guest("Ana", nil)
    _ = try asked(ana, Self.eventQuestion())
    try say("only dinner", ana)
    #expect(newest.text == "Please tap.")
    try say("2", ana)
    #expect(newest.text.hasPrefix("To which?"))
    try say("dinner", ana)
    #expect(answers(ana) == [.declined, .attending, .declined])
  }

  @Test func `of one event nothing is chosen, and of none nothing is asked`() throws {
    let ana = try guest("Ana", ["brunch"])
    let execution = try asked(ana, Self.eventQuestion())
    #expect(newest.buttons.map(\.title) == ["All", "None"])
    try harness.tap("come.all", at: "form", of: execution)
    #expect(answers(ana) == [nil, nil, .attending])
    let none = try guest("Nobody", [])
    let other = try asked(none, Self.eventQuestion())
    #expect(harness.outcome(of: other) == "done")
  }

  @Test func `a number means who was shown under it, though the list has changed since`() throws {
    let ana = try guest("Ana", nil)
    let execution = try asked(ana, Self.eventQuestion())
    try harness.tap("come.choose", at: "form", of: execution)
    try harness.settle()
    try harness.change(ana) { $0.values[.invitedTo] = .keys(["dinner", "brunch"]) }
    try say("1", ana)
    // Under 1 stood the wedding, to which they are not invited any more.
    #expect(newest.text == "To which?\n1. Dinner\n2. Brunch")
    try say("1", ana)
    #expect(answers(ana) == [nil, .attending, .declined])
  }

  @Test func `a household is answered for, each for what they are invited to`() throws {
    let ana = try guest("Ana", ["wedding"], household: "Rao")
    let budi = try guest("Budi", ["wedding", "dinner"], household: "Rao")
    let execution = try asked(ana, Self.eventQuestion(#", "for": "household""#))
    try harness.tap("come.choose", at: "form", of: execution)
    try harness.settle()
    #expect(newest.text == "To which?\n1. Wedding\n2. Dinner")
    try say("2", ana)
    #expect(answers(ana) == [.declined, nil, nil])
    #expect(answers(budi) == [.declined, .attending, nil])
    #expect(harness.state[budi].answer(toEvent: 1).attendingCount == 2)
    #expect(harness.state[budi].answer(toEvent: 1).source == .contact)
  }

  // MARK: Checks

  @Test(
    arguments: [
      (#"{"key": "a", "kind": "text", "for_each": ["event"], "ask": {"*": "?"}}"#, "save_to"),
      (
        #"{"key": "a", "kind": "text", "for_each": ["event", "event"], "save_to": "guest.fields.a", "ask": {"*": "?"}}"#,
        "for_each"
      ),
      (
        #"{"key": "a", "kind": "text", "for_each": ["event"], "save_to": "guest.name", "ask": {"*": "?"}}"#,
        "save_to"
      ),
      (#"{"key": "a", "kind": "members", "for_each": ["member"], "ask": {"*": "?"}}"#, "for_each"),
      (#"{"key": "a", "kind": "text", "for": "household", "ask": {"*": "?"}}"#, "for"),
      (
        #"{"key": "a", "kind": "event_rsvp", "ask": {"*": "?"}, "choices": [{"value": "all", "title": {"*": "A"}}]}"#,
        "choices"
      ),
      (
        #"{"key": "a", "kind": "event_rsvp", "ask": {"*": "?"}, "choices": [{"value": "all", "title": {"*": "A"}}, {"value": "none", "title": {"*": "N"}}, {"value": "choose", "title": {"*": "S"}}]}"#,
        "choose"
      ),
      (
        #"{"key": "a", "kind": "text", "for_each": ["member"], "save_to": "guest.subscription", "ask": {"*": "?"}}"#,
        "for_each"
      ),
      (#"{"key": "a", "kind": "members", "ask": {"*": "Who of {{household.list}}?"}}"#, "ask"),
      (
        #"{"key": "a", "kind": "number", "max_from": "guest.party_size.nope", "ask": {"*": "?"}}"#,
        "max_from"
      ),
      (
        #"{"key": "a", "kind": "event_rsvp", "save_to": "guest.rsvp", "ask": {"*": "?"}, "choices": [{"value": "all", "title": {"*": "A"}}, {"value": "none", "title": {"*": "N"}}]}"#,
        "save_to"
      ),
    ])
  func `a question that cannot be asked so is refused, with its place`(
    question: String, field: String
  ) throws {
    let refusal = try #require(
      harness.refusal(
        of: SaveChatflow(
          project: harness.project, chatflow: nil, name: "Flow", document: try document([question]))
      ))
    #expect(refusal.field == "nodes[3].data.questions[0].\(field)")
  }
}
