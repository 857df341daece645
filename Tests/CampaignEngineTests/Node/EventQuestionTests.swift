import Foundation
import Testing
import Wire

import CampaignEngine

/// Questions about functions: all of them at once, or one of each member and of each function.
struct EventQuestionTests {
  private let harness: EngineHarness

  init() throws {
    harness = try EngineHarness(wedding: { project in
      project.events.append(
        ProjectEvent(key: "brunch", name: "Brunch", startsAt: time("2026-12-13T03:00:00.000Z")))
    })
  }

  private static let choices =
    #""choices": [{"value": "all", "title": {"*": "All"}}, {"value": "choose", "title": {"*": "Some"}}, {"value": "none", "title": {"*": "None"}}]"#

  private static func eventQuestion(_ more: String = "") -> String {
    #"{"key": "come", "kind": "event_rsvp", "ask": {"*": "Will you come to {{guest.invited_to}}?"}, "choose": {"*": "To which?"}, "on_invalid": {"*": "Please tap."}, \#(choices) \#(more)}"#
  }

  private static let dish =
    #"{"key": "dish", "kind": "choice", "for_each": ["member", "event"], "save_to": "guest.fields.dish", "ask": {"*": "What does {{member.name}} eat at {{event.name}}?"}, "choices": [{"value": "veg", "title": {"*": "Veg"}}, {"value": "fish", "title": {"*": "Fish"}}]}"#

  private func document(_ questions: [String]) throws -> ChatflowDocument {
    try flow(
      #"""
      {"id": "ask", "type": "send_template", "data": {"template": "rsvp_reminder",
        "parameters": {"guest_name": "{{household.names}}"}, "buttons": [{"handle": "yes"}, {"handle": "no"}]}},
      {"id": "wait", "type": "wait_reply", "data": {"timeout": "20h", "replies": [
        {"handle": "yes", "title": {"*": "Go on"}}, {"handle": "no", "title": {"*": "No"}}]}},
      {"id": "form", "type": "guest_form", "data": {"timeout": "20h", "max_attempts": 3,
        "questions": [\#(questions.joined(separator: ", "))]}},
      {"id": "done", "type": "end", "data": {"outcome": "done"}},
      {"id": "other", "type": "end", "data": {"outcome": "other"}}
      """#,
      """
      start > ask, ask > wait, wait:yes > form, wait:no > other, wait:timeout > other, wait:default > other,
      form:submitted > done, form:timeout > other, form:invalid > other
      """)
  }

  /// Everybody is asked what the questions ask first.
  private func asked(_ guest: GuestID, _ questions: String...) throws -> ExecutionID {
    let campaign = try harness.started(
      try document(questions)
    ) { $0.settings.household = .together }
    try harness.settle()
    let execution = try harness.execution(of: guest, in: campaign)
    try harness.tap("yes", at: "wait", of: execution)
    try harness.settle()
    return execution
  }

  private func guest(_ name: String, _ keys: [String]?, household: String = "") throws -> GuestID {
    let phone = household.isEmpty || name == "Ana" ? "+62812300001\(10 + name.count)" : ""
    return try harness.member(name, phone, household: household) {
      $0.invitedTo = keys
      $0.partySize = .integer(2)
    }
  }

  private var newest: MessageContent {
    harness.state[harness.sent.last?.attempt.message ?? .none].content
  }

  private func say(_ text: String, _ guest: GuestID) throws {
    try harness.write(text, from: guest)
    try harness.settle()
  }

  private func answers(_ guest: GuestID) -> [RSVP?] {
    (0...2).map { harness.state.rsvp(of: guest, toEventAt: $0) }
  }

  private func dish(_ guest: GuestID, _ event: Int) -> String? {
    harness.state.project(of: 0).symbols.symbol(of: "dish")
      .flatMap { harness.state[guest].value(of: $0, ofEvent: event)?.text }
  }

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

  // MARK: One by one

  @Test func `each who comes is asked about, for each event that they come to`() throws {
    let ana = try guest("Ana", nil, household: "Rao")
    let budi = try guest("Budi", ["wedding", "dinner"], household: "Rao")
    let citra = try guest("Citra", ["brunch"], household: "Rao")
    let execution = try asked(ana, Self.eventQuestion(#", "for_each": ["member"]"#), Self.dish)
    try harness.tap("come.none.\(ana.counter).0", at: "form", of: execution)
    try harness.settle()
    try harness.tap("come.all.\(budi.counter).0", at: "form", of: execution)
    try harness.settle()
    try harness.tap("come.all.\(citra.counter).0", at: "form", of: execution)
    try harness.settle()
    #expect(newest.text == "What does Budi eat at Wedding?")
    try say("veg", ana)
    #expect(newest.text == "What does Budi eat at Dinner?")
    try harness.restart(fromSnapshot: true)
    try say("fish", ana)
    #expect(newest.text == "What does Citra eat at Brunch?")
    // A tap on an earlier message changes its own answer, and no other.
    try harness.tap("dish.fish.\(budi.counter).1", at: "form", of: execution)
    #expect(harness.node(of: execution) == "form")
    #expect((dish(budi, 0), dish(budi, 1)) == ("fish", "fish"))
    try say("veg", ana)
    #expect(harness.outcome(of: execution) == "done")
    #expect((dish(budi, 0), dish(budi, 1), dish(citra, 2)) == ("fish", "fish", "veg"))
    #expect((dish(ana, 0), dish(citra, 0)) == (nil, nil))
    #expect(answers(ana) == [.declined, .declined, .declined])
    try harness.perform(EraseGuest(guest: budi, sequence: 1))
    #expect(dish(budi, 0) == nil)
  }

  @Test func `who leaves meanwhile is asked no more, and nobody gets another's answer`() throws {
    let ana = try guest("Ana", nil, household: "Rao")
    let budi = try guest("Budi", ["wedding"], household: "Rao")
    let citra = try guest("Citra", ["wedding"], household: "Rao")
    let execution = try asked(
      ana, Self.eventQuestion(#", "for": "household""#), Self.dish)
    try harness.tap("come.all", at: "form", of: execution)
    try harness.settle()
    for _ in 0..<3 { try say("veg", ana) }
    #expect(newest.text == "What does Budi eat at Wedding?")
    try harness.perform(DeleteGuest(guest: budi))
    try say("fish", ana)
    #expect(newest.text == "What does Citra eat at Wedding?")
    try say("veg", ana)
    #expect(dish(citra, 0) == "veg")
    #expect(harness.outcome(of: execution) == "done")
  }

  // MARK: What anybody may send

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

  private func rename(_ place: Int, _ name: String) throws {
    var change = ProjectChange()
    change.events = harness.state.project(of: 0).row.events
    change.events?[place].name = name
    try harness.perform(UpdateProject(project: harness.project, change: change))
  }

  /// Asked which of the three events.
  private func choosing() throws -> (GuestID, ExecutionID) {
    let ana = try guest("Ana", nil)
    let execution = try asked(ana, Self.eventQuestion())
    try harness.tap("come.choose", at: "form", of: execution)
    try harness.settle()
    return (ana, execution)
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

  // MARK: Counts

  private func counts(_ question: String, _ execution: ExecutionID?) -> [[String: Int64]] {
    let project = harness.state.project(of: 0)
    let campaign = execution.map { harness.state[$0].campaign }
    let graph = campaign.map { harness.state.graph(of: $0) }
    var counts = AnswerCounts(of: AnsweredQuestion(question, in: graph), in: project)
    if let campaign {
      for id in harness.state.members(of: campaign) {
        counts.count(harness.state[id].guest, id, in: harness.state)
      }
    } else {
      for counter in 1...project.guests.count {
        counts.count(GuestID(space: 0, counter: counter), .none, in: harness.state)
      }
    }
    counts.finish()
    for event in counts.events {
      let sum = event.answers.reduce(event.unanswered + event.other) { $0 + $1.heads }
      let sums = project.counters.totals.sums(ofEvent: event.index, in: project)
      #expect(sum == event.heads)
      #expect(event.heads == sums.heads(.attending))
    }
    return counts.events.map { event in
      Dictionary(uniqueKeysWithValues: event.answers.map { ($0.answer, $0.heads) })
        .merging(["?": event.unanswered]) { $1 }
    }
  }

  @Test func `a caterer's order counts the people who come, whoever has not said too`() throws {
    let ana = try guest("Ana", nil, household: "Rao")
    let budi = try guest("Budi", ["wedding", "dinner"], household: "Rao")
    let other = try guest("Somebody", nil)
    let execution = try asked(ana, Self.eventQuestion(#", "for": "household""#), Self.dish)
    try harness.tap("come.all", at: "form", of: execution)
    try harness.settle()
    for answer in ["veg", "fish", "veg", "fish"] { try say(answer, ana) }
    #expect(newest.text == "What does Budi eat at Dinner?")
    #expect((dish(ana, 1), dish(budi, 0)) == ("fish", "fish"))
    // One who is asked by nobody says it of all events, and of one otherwise.
    var (wedding, dinner) = (GivenAnswer(event: "wedding"), GivenAnswer(event: "dinner"))
    (wedding.rsvp, dinner.rsvp) = ("attending", "attending")
    (dinner.attendingCount, dinner.fieldValues["dish"]) = (.integer(3), .some(.text("jain")))
    var profile = GuestProfile()
    profile.fieldValues["dish"] = .some(.text("veg"))
    try harness.perform(
      UpdateGuest(
        guest: other, profile: profile, rsvp: nil, attendingCount: nil, subscription: nil,
        zone: nil,
        answers: [wedding, dinner]))
    #expect(
      counts("dish", execution) == [
        ["veg": 3, "fish": 2, "?": 0], ["veg": 0, "fish": 2, "jain": 3, "?": 2],
        ["veg": 2, "fish": 0, "?": 0],
      ])
    #expect(counts("dish", nil)[1] == ["fish": 2, "jain": 3, "?": 2])
    #expect(counts("nothing", nil).map { $0["?"] } == [5, 7, 2])
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
