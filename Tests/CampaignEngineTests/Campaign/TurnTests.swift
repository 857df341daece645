import Testing
import Wire

import CampaignEngine

private let done = #"{"id": "done", "type": "end", "data": {"outcome": "done"}}"#

private func asking(_ timeout: String) throws -> ChatflowDocument {
  try flow(
    #"""
    {"id": "ask", "type": "send_template", "data": {"template": "rsvp_reminder",
      "parameters": {"guest_name": "{{guest.name}}"},
      "buttons": [{"handle": "yes"}, {"handle": "no"}]}},
    {"id": "wait", "type": "wait_reply", "data": {"timeout": "\#(timeout)",
      "replies": [{"handle": "yes", "title": {"*": "Yes"}}, {"handle": "no", "title": {"*": "No"}}]}},
    \#(done)
    """#,
    "start > ask, ask > wait, wait:yes > done, wait:no > done, wait:timeout > done, wait:default > done"
  )
}

/// One dialogue at a time.
struct TurnTests {
  private let harness: EngineHarness
  private let guest: GuestID

  init() throws {
    harness = try EngineHarness.wedding()
    guest = try harness.guest("Ana", phone: "+6281230000011")
  }

  private func campaigns(_ timeouts: String...) throws -> ([CampaignID], [ExecutionID]) {
    let campaigns = try timeouts.map { try harness.started(try asking($0)) }
    try harness.settle()
    return (campaigns, try campaigns.map { try harness.execution(of: guest, in: $0) })
  }

  @Test func `a second question waits for the answer to the first`() throws {
    let (_, executions) = try campaigns("20h", "20h", "20h")
    #expect(executions.map { harness.node(of: $0) } == ["wait", "ask", "ask"])
    #expect(executions.map { harness.state[$0].wait?.kind } == [.reply, .turn, .turn])
    #expect(harness.sent.count == 1)
    try harness.write("yes", from: guest)
    #expect(harness.outcome(of: executions[0]) == "done")
    try harness.settle()
    #expect(executions.map { harness.node(of: $0) } == ["done", "wait", "ask"])
    #expect(harness.state.person(of: guest).turnHolder == executions[1])
    #expect(harness.state.person(of: guest).turnQueue == [executions[2]])
    try harness.write("yes", from: guest)
    try harness.settle()
    try harness.write("yes", from: guest)
    #expect(executions.allSatisfy { harness.state[$0].status == .completed })
    #expect(harness.state.person(of: guest).turnHolder.isNone)
  }

  @Test func `guests who share a number are one person here`() throws {
    let other = try harness.guest("Budi", phone: "+6281230000011")
    let first = try harness.started(try asking("20h")) {
      $0.settings.guestFilter.guestIDs = [guest]
    }
    let second = try harness.started(try asking("20h")) {
      $0.settings.guestFilter.guestIDs = [other]
    }
    try harness.settle()
    _ = first
    let waiting = try harness.execution(of: other, in: second)
    #expect(harness.state[waiting].wait?.kind == .turn)
  }

  @Test func `nobody waits for their turn longer than a day`() throws {
    let (_, executions) = try campaigns("7d", "7d")
    let until = harness.now + Limits.turnTimeout
    #expect(harness.state[executions[1]].wait?.until == until)
    try harness.run(until: until)
    #expect(executions.map { harness.node(of: $0) } == ["wait", "wait"])
    #expect(harness.state.person(of: guest).turnHolder == executions[1])
    // The newest prompt is the one that a text answers.
    try harness.write("yes", from: guest)
    #expect(harness.state[executions[1]].status == .completed)
    #expect(harness.state[executions[0]].status == .waiting)
  }

  @Test func `a cancelled campaign gives its turn back`() throws {
    let (campaigns, executions) = try campaigns("7d", "7d")
    try harness.perform(CancelCampaign(campaign: campaigns[0]))
    try harness.settle()
    #expect(harness.node(of: executions[1]) == "wait")
  }

  @Test func `whoever gets the turn during a pause asks with the resume`() throws {
    let (campaigns, executions) = try campaigns("7d", "7d")
    try harness.perform(PauseCampaign(campaign: campaigns[1]))
    try harness.write("yes", from: guest)
    #expect(harness.state.person(of: guest).turnHolder == executions[1])
    #expect(harness.node(of: executions[1]) == "ask")
    try harness.perform(ResumeCampaign(campaign: campaigns[1]))
    try harness.settle()
    #expect(harness.node(of: executions[1]) == "wait")
  }

  @Test func `the timeout of the first question frees the second`() throws {
    let (_, executions) = try campaigns("5h", "20h")
    try harness.run(for: .hours(5))
    #expect(harness.outcome(of: executions[0]) == "done")
    #expect(harness.node(of: executions[1]) == "wait")
  }

  @Test func `a guest whose number was corrected holds up nobody`() throws {
    let other = try harness.guest("Budi", phone: "+6281230000011")
    try harness.started(try asking("7d")) { $0.settings.guestFilter.guestIDs = [guest] }
    try harness.settle()
    var profile = GuestProfile()
    profile.phone = Phone(wireText: "+6281230000022")
    try harness.perform(
      UpdateGuest(
        guest: guest, profile: profile, rsvp: nil, attendingCount: nil, subscription: nil, zone: nil
      ))
    let campaign = try harness.started(try asking("7d")) {
      $0.settings.guestFilter.guestIDs = [other]
    }
    try harness.settle()
    #expect(harness.node(of: try harness.execution(of: other, in: campaign)) == "wait")
  }

  @Test func `a form that lost its turn goes on with its next question`() throws {
    let form = try flow(
      #"""
      {"id": "hello", "type": "wait_reply", "data": {"timeout": "7d"}},
      {"id": "form", "type": "guest_form", "data": {"timeout": "3d", "questions": [
        {"key": "a", "kind": "text", "ask": {"*": "A?"}},
        {"key": "b", "kind": "text", "ask": {"*": "B?"}}]}}, \#(done)
      """#, "start > hello, hello:default > form, form:submitted > done")
    let first = try harness.started(form)
    try harness.write("hello", from: guest)
    try harness.settle()
    let execution = try harness.execution(of: guest, in: first)
    let second = try harness.started(try asking("7d"))
    try harness.run(for: Limits.turnTimeout)
    let asked = try harness.execution(of: guest, in: second)
    #expect(harness.node(of: asked) == "wait")
    var content = MessageContent()
    (content.kind, content.text) = (.text, "first answer")
    content.quotes = harness.state[try #require(harness.sent.first).attempt.message].gatewayID
    try harness.receive(content, from: harness.state[guest].phone)
    #expect(harness.state[execution].wait?.kind == .turn)
    try harness.tap("yes", at: "wait", of: asked)
    #expect(harness.state[execution].wait?.kind == .form)
    #expect(harness.state[execution].wait?.question == 1)
    try harness.settle()
    try harness.write("second answer", from: guest)
    #expect(harness.variable("a", of: execution) == "first answer")
    #expect(harness.variable("b", of: execution) == "second answer")
    #expect(harness.outcome(of: execution) == "done")
  }
}

/// Two auto-responders must not talk.
struct RepeatingTests {
  private func circle(_ delay: String) throws -> ChatflowDocument {
    try flow(
      #"""
      {"id": "ask", "type": "send_template", "data": {"template": "rsvp_thanks"}},
      {"id": "wait", "type": "wait_reply", "data": {"timeout": "2d"}},
      {"id": "rest", "type": "delay", "data": {"for": "\#(delay)"}}
      """#, "start > ask, ask > wait, wait:default > rest, rest > ask")
  }

  @Test func `the same prompt goes to one guest three times in six hours`() throws {
    let harness = try EngineHarness.wedding()
    let guest = try harness.guest("Robot", phone: "+6281230000011")
    try harness.started(try circle("1m"))
    for _ in 1...4 {
      try harness.settle()
      try harness.write("I am away.", from: guest)
      try harness.run(for: .minutes(1))
    }
    let execution = try harness.execution(of: guest)
    #expect(harness.sent.count == 3)
    #expect(harness.state[execution].status == .failed)
    #expect(harness.reason(of: execution) == "repeating")
    #expect(harness.state[execution].lastError?.errorClass == .repeating)
    #expect(harness.state.person(of: guest).turnHolder.isNone)
  }

  @Test func `over a longer time it may go more often`() throws {
    let harness = try EngineHarness.wedding()
    let guest = try harness.guest("Slow", phone: "+6281230000011")
    try harness.started(try circle("2h"))
    for _ in 1...6 {
      try harness.settle()
      try harness.write("again", from: guest)
      try harness.run(for: .hours(2))
    }
    #expect(harness.state[try harness.execution(of: guest)].status == .waiting)
    #expect(harness.sent.count == 7)
  }

  @Test func `retries of one message are not counted`() throws {
    let harness = try EngineHarness.wedding()
    let guest = try harness.guest("Ana", phone: "+6281230000011")
    try harness.started(try circle("1m")) { $0.settings.retry.maxAttempts = 9 }
    for _ in 1...5 {
      try harness.refuse(try #require(try harness.dispatch().first), .transient)
      try harness.perform(FireTimers())
      harness.now = try #require(harness.state.nextDue)
    }
    try harness.settle()
    #expect(harness.node(of: try harness.execution(of: guest)) == "wait")
  }
}
