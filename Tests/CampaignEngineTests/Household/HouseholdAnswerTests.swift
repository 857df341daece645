import Testing

import CampaignEngine

/// What one of a household says for all who are asked with them.
struct HouseholdAnswerTests {
  private let harness: EngineHarness
  private let guests: [GuestID]
  private static let phone = "+6281230000201"

  init() throws {
    harness = try EngineHarness.wedding()
    guests = try ["Meera", "Arjun Rao", "Tara", "Rohan"].map { [harness] name in
      try harness.guest(name, phone: name == "Rohan" ? "" : Self.phone) { row in
        row[.household] = .text("Rao")
        if name == "Tara" { row.partySize = .integer(2) }
      }
    }
  }

  private func flow() throws -> ChatflowDocument {
    try CampaignEngineTests.flow(
      #"""
      {"id": "ask", "type": "send_template", "data": {"template": "rsvp_reminder",
        "parameters": {"guest_name": "{{household.names}}"},
        "buttons": [{"handle": "yes"}, {"handle": "no"}]}},
      {"id": "wait", "type": "wait_reply", "data": {"timeout": "20h", "late_change": "until_event",
        "replies": [{"handle": "yes", "title": {"*": "All of us"}},
          {"handle": "no", "title": {"*": "None of us"}},
          {"handle": "some", "title": {"*": "Some of us"}}]}},
      {"id": "all", "type": "update_guest", "data": {"set": {"rsvp": "attending"}, "for": "household"}},
      {"id": "none", "type": "update_guest", "data": {"set": {"rsvp": "declined"}, "for": "household"}},
      {"id": "who", "type": "guest_form", "data": {"timeout": "20h", "max_attempts": 2, "questions": [
        {"key": "who", "kind": "members", "save_to": "guest.rsvp", "ask": {"*": "Who comes?"},
         "on_invalid": {"*": "Please write the numbers of those who come, {{guest.name}}."}}]}},
      \#(replyEnds)
      """#,
      """
      start > ask, ask > wait, wait:yes > all, wait:no > none, wait:some > who, all > yes, none > no,
      who:submitted > done, who:timeout > timeout, who:invalid > failed, wait:timeout > timeout,
      wait:default > default
      """)
  }

  private func asked() throws -> ExecutionID {
    let campaign = try harness.started(try flow()) { $0.settings.household = .together }
    try harness.settle()
    #expect(harness.sent.count == 1)
    return try harness.execution(of: guests[0], in: campaign)
  }

  private func answers() -> [String] {
    guests.map { guest in
      let answer = harness.state[guest].answer(toEvent: 0)
      let source = answer.source.map { " by \($0.rawValue)" } ?? ""
      return "\(answer.rsvp.rawValue) \(answer.attendingCount)\(source)"
    }
  }

  private func say(_ rsvp: RSVP, of guest: GuestID) throws {
    try harness.perform(
      UpdateGuest(
        guest: guest, profile: GuestProfile(), rsvp: rsvp, attendingCount: nil, subscription: nil,
        zone: nil))
  }

  @Test func `all of us is an answer for each, with the whole of their party`() throws {
    try harness.tap("yes", at: "wait", of: try asked())
    #expect(
      answers() == [
        "attending 1 by guest", "attending 1 by contact", "attending 2 by contact",
        "attending 1 by contact",
      ])
    try harness.restart(fromSnapshot: true)
    #expect(answers()[1] == "attending 1 by contact")
  }

  @Test func `who thinks better of it changes the answer for all`() throws {
    let execution = try asked()
    try harness.tap("yes", at: "wait", of: execution)
    try harness.tap("no", at: "wait", of: execution)
    #expect(answers().allSatisfy { $0.hasPrefix("declined 0") })
  }

  /// Each has the right to answer for themselves.
  @Test func `what a member or an operator has answered stays, and somebody is told`() throws {
    try say(.declined, of: guests[1])
    try say(.attending, of: guests[2])
    let result = try harness.tap("yes", at: "wait", of: try asked())
    #expect(
      answers() == [
        "attending 1 by guest", "declined 0 by operator", "attending 1 by operator",
        "attending 1 by contact",
      ])
    #expect(harness.state[result.message].disposition == .needsAttention)
    #expect(harness.kinds.count { $0 == .answerKept } == 1)
    #expect(harness.outcome(of: try harness.execution(of: guests[0])) == "yes")
  }

  @Test(
    arguments: [
      ("1 3", "13"), ("1,3", "13"), ("1, 3 & 4", "134"), ("4", "4"), ("१ और ३", "13"), ("0", ""),
      ("Meera", "1"), ("tara and rohan", "34"), ("Arjun", "2"), ("Arjun Rao, 4.", "24"),
      ("1 3 9", nil), ("everybody", nil), ("not Meera", nil), ("1-3", nil), ("1 – 3", nil),
      ("3kids", nil), ("13", nil), ("", nil),
      ("👍", nil), ("99999999999999999999", nil), ("-1", "1"),
    ] as [(String, String?)])
  func `some are named by numbers or names, and what is unclear is asked again`(
    text: String, expected: String?
  ) throws {
    let execution = try asked()
    try harness.tap("some", at: "wait", of: execution)
    try harness.settle()
    let question = try #require(harness.sent.last)
    let list = "1. Meera\n2. Arjun Rao\n3. Tara\n4. Rohan"
    #expect(harness.state[question.attempt.message].content.text == "Who comes?\n\(list)")
    try harness.write(text, from: guests[0])
    guard let expected else {
      try harness.settle()
      let again = try #require(harness.sent.last).attempt.message
      #expect(
        harness.state[again].content.text
          == "Please write the numbers of those who come, Meera.\n\(list)")
      #expect(answers().allSatisfy { $0.hasPrefix("pending") })
      return
    }
    #expect(harness.outcome(of: execution) == "done")
    for (place, answer) in answers().enumerated() {
      let comes = expected.contains("\(place + 1)")
      #expect(answer.hasPrefix(comes ? "attending" : "declined"), "\(place)")
    }
  }

  @Test func `a number is who stood behind it when it was read`() throws {
    let execution = try asked()
    try harness.tap("some", at: "wait", of: execution)
    try harness.settle()
    try harness.perform(DeleteGuest(guest: guests[1]))
    try harness.write("2, 3", from: guests[0])
    // Two is nobody any more, so that must be asked again.
    #expect(harness.state[guests[2]].rsvp == .pending)
    try harness.write("3", from: guests[0])
    #expect(harness.state[guests[2]].rsvp == .attending)
    #expect(harness.state[guests[3]].rsvp == .declined)
    #expect(harness.variable("who", of: execution) == "Tara")
  }

  @Test func `an operator who is told answers for all, as an operator`() throws {
    let execution = try asked()
    try harness.perform(
      AnswerForGuest(
        execution: execution, answer: .reply("yes"), channel: .phone, isSilent: true))
    #expect(answers()[0] == "attending 1 by operator" && answers()[3] == "attending 1 by contact")
  }

  @Test func `nothing of a member but the name is told to another`() throws {
    try say(.declined, of: guests[1])
    let execution = try asked()
    try harness.tap("some", at: "wait", of: execution)
    try harness.settle()
    let texts = harness.sent.map { harness.state[$0.attempt.message].content }
      .map { $0.text + $0.values.joined() }
    #expect(texts.allSatisfy { !$0.contains("declined") && !$0.contains("0201") })
  }

  @Test func `a flow that keeps no answer for those who are spoken for is told of`() throws {
    func codes(_ document: ChatflowDocument, _ policy: HouseholdPolicy) throws -> [String] {
      let campaign = try harness.campaign(try harness.flow(document)) { row in
        row.settings.household = policy
      }
      return CampaignReadiness(of: campaign, in: harness.state).issues.map(\.code)
    }
    let forOne = try document(rsvpFlow)
    #expect(try codes(forOne, .together).contains("household_not_answered"))
    #expect(try !codes(forOne, .contactOnly).contains("household_not_answered"))
    #expect(try !codes(try flow(), .together).contains("household_not_answered"))
  }

  @Test func `several on one phone get no marketing each, and each is named`() throws {
    let marketing = try harness.campaign(try harness.flow(askFlow())) { row in
      row.settings.household = .separately
    }
    let start = StartCampaign(campaign: marketing, expectedEligible: nil)
    #expect(harness.refusal(of: start)?.reason == "separate_marketing")
    try harness.template(
      "seat", body: "Hello {{guest_name}}.", buttons: ["yes", "no"], category: .utility)
    let document = try CampaignEngineTests.flow(
      #"""
      {"id": "ask", "type": "send_template", "data": {"template": "seat",
        "parameters": {"guest_name": "all"}, "buttons": [{"handle": "yes"}, {"handle": "no"}]}},
      {"id": "wait", "type": "wait_reply", "data": {"timeout": "20h",
        "replies": [{"handle": "yes", "title": {"*": "Yes"}}, {"handle": "no", "title": {"*": "No"}}]}},
      \#(replyEnds)
      """#,
      """
      start > ask, ask > wait, wait:yes > yes, wait:no > no, wait:timeout > timeout, wait:default > default
      """)
    let campaign = try harness.campaign(try harness.flow(document)) { row in
      row.settings.household = .separately
    }
    let issues = CampaignReadiness(of: campaign, in: harness.state).issues
    #expect(issues.contains { $0.code == "member_not_named" && $0.node == "ask" })
    try harness.start(campaign)
    try harness.settle()
    // One after the other.
    #expect(harness.sent.map(\.guest) == [guests[0]])
    let second = try harness.execution(of: guests[1], in: campaign)
    #expect(harness.state[second].wait?.kind == .turn)
    try harness.tap("yes", at: "wait", of: try harness.execution(of: guests[0], in: campaign))
    try harness.settle()
    #expect(harness.sent.map(\.guest) == [guests[0], guests[1]])
  }
}
