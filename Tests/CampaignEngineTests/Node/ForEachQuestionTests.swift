import Testing
import Wire

import CampaignEngine

/// Questions of each member and of each function, and what a caterer orders by.
struct ForEachQuestionTests: EventQuestionBench {
  let harness: EngineHarness

  init() throws { harness = try Self.wedding() }

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
}
