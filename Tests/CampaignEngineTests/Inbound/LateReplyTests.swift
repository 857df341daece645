import Testing
import Wire

import CampaignEngine

/// Answers that come after their question was left.
struct LateReplyTests {
  private let harness: EngineHarness
  private let guest: GuestID

  init() throws {
    harness = try EngineHarness.wedding()
    guest = try harness.guest("Ana", phone: "+6281230000011")
  }

  private func answered(_ more: String = #", "late_change": "until_event""#) throws -> (
    CampaignID, ExecutionID
  ) {
    let campaign = try harness.started(try asking(more))
    try harness.settle()
    let execution = try harness.execution(of: guest)
    try harness.tap("yes", at: "wait", of: execution)
    #expect(harness.state[campaign].status == .completed)
    return (campaign, execution)
  }

  @Test func `a late button re-enters the flow and reopens the execution, not the campaign`() throws
  {
    let (campaign, execution) = try answered()
    try harness.run(for: .days(7))
    let result = try harness.tap("no", at: "wait", of: execution)
    #expect(result.hasReopened)
    #expect(harness.state[result.message].routedBy == .button)
    #expect(harness.path(of: execution) == ["start", "ask", "wait", "yes", "wait", "no"])
    #expect(harness.outcome(of: execution) == "no")
    #expect(harness.variable("answer", of: execution) == "no")
    #expect(harness.state[execution].progress == 100)
    #expect(harness.state[campaign].status == .completed)
    let symbols = harness.state.project(of: 0).symbols
    #expect(harness.state[campaign].counters.outcomes.map { symbols[$0.symbol] } == ["no"])
  }

  @Test func `what a reopened execution sends goes out though the campaign is completed`() throws {
    let document = try flow(
      #"""
      {"id": "wait", "type": "wait_reply", "data": {"timeout": "20h", "late_change": "until_event",
        "replies": [{"handle": "yes", "title": {"*": "Yes"}}, {"handle": "no", "title": {"*": "No"}}]}},
      {"id": "rest", "type": "delay", "data": {"for": "1h"}},
      {"id": "bye", "type": "send_message", "data": {"text": {"*": "Pity."}}}, \#(replyEnds)
      """#, "start > wait, wait:yes > yes, wait:no > rest, rest > bye, bye > no")
    let campaign = try harness.started(document)
    let execution = try harness.execution(of: guest)
    try harness.write("yes", from: guest)
    #expect(harness.state[campaign].status == .completed)
    try harness.tap("no", at: "wait", of: execution)
    #expect(harness.state[execution].wait?.kind == .delay)
    try harness.run(for: .hours(1))
    #expect(harness.sent.map(\.content) == [.text("Pity.")])
    #expect(harness.outcome(of: execution) == "no")
    #expect(harness.state[campaign].status == .completed)
  }

  @Test func `a second tap of the same button changes nothing`() throws {
    let (_, execution) = try answered()
    harness.pass(.minutes(1))
    let result = try harness.tap("yes", at: "wait", of: execution)
    #expect(!result.hasReopened)
    #expect(harness.state[result.message].routedBy == .button)
    #expect(harness.path(of: execution) == ["start", "ask", "wait", "yes"])
    #expect(harness.state.project(of: 0).needsAttention.isEmpty)
    try harness.tap("no", at: "wait", of: execution)
    try harness.tap("no", at: "wait", of: execution)
    #expect(harness.path(of: execution) == ["start", "ask", "wait", "yes", "wait", "no"])
  }

  @Test func `no change counts after the event, or where the wait never takes one`() throws {
    let (_, execution) = try answered()
    harness.now = time("2026-12-12T03:00:00Z")
    let late = try harness.tap("no", at: "wait", of: execution)
    #expect(harness.state[late.message].routedBy == nil)
    #expect(harness.outcome(of: execution) == "yes")
    let other = try LateReplyTests()
    let (_, never) = try other.answered("")
    let result = try other.harness.tap("no", at: "wait", of: never)
    #expect(other.harness.state[result.message].routedBy == nil)
    #expect(other.harness.state.project(of: 0).needsAttention.count == 1)
    #expect(other.harness.outcome(of: never) == "yes")
  }

  @Test func `a late text decides nothing, and gets the question again once a day at most`() throws
  {
    let (campaign, execution) = try answered(
      #", "late_change": "until_event", "reprompt": {"text": {"*": "Tap, please."}, "max": 2}"#)
    let before = harness.sent.count
    for hour in [0, 1, 23] {
      harness.now = time("2026-11-24T00:00:00Z") + .hours(Int64(hour))
      let result = try harness.write("no", from: guest)
      #expect(harness.state[result.message].routedBy == .lateReply)
      #expect(!result.hasReopened)
      try harness.settle()
      #expect(harness.sent.count == before + 1)
    }
    let request = try #require(harness.sent.last)
    guard case .buttons("Tap, please.", let buttons) = request.content else {
      Issue.record("\(request.content)")
      return
    }
    #expect(buttons.map(\.payload) == ["exe_1:wait:yes", "exe_1:wait:no"])
    #expect(harness.outcome(of: execution) == "yes")
    harness.now = time("2026-11-25T00:00:00Z")
    try harness.write("no!", from: guest)
    try harness.settle()
    #expect(harness.sent.count == before + 2)
    try harness.tap("no", at: "wait", of: execution)
    #expect(harness.outcome(of: execution) == "no")
    #expect(harness.state[campaign].status == .completed)
    // Its failure is nobody's wait.
    try harness.report(
      try #require(harness.sent.last), .failed, error: MessageError(.transient, message: ""))
    #expect(harness.outcome(of: execution) == "no")
  }

  @Test func `what an execution was about to send when it was reopened is not sent`() throws {
    let document = try flow(
      #"""
      {"id": "wait", "type": "wait_reply", "data": {"timeout": "20h", "late_change": "until_event",
        "replies": [{"handle": "yes", "title": {"*": "Yes"}}, {"handle": "no", "title": {"*": "No"}}]}},
      {"id": "bye", "type": "send_message", "data": {"text": {"*": "Pity."}}}, \#(replyEnds)
      """#, "start > wait, wait:yes > yes, wait:no > bye, bye > no")
    let campaign = try harness.started(document)
    let execution = try harness.execution(of: guest)
    try harness.tap("no", at: "wait", of: execution)
    #expect(harness.node(of: execution) == "bye")
    try harness.tap("yes", at: "wait", of: execution)
    #expect(harness.outcome(of: execution) == "yes")
    try harness.settle()
    #expect(harness.sent.isEmpty)
    let counters = harness.state[campaign].counters
    #expect(counters.messages[MessageStatus.cancelled.index] == 1)
    #expect((counters.funnel[2].entered, counters.funnel[2].stopped) == (1, 1))
  }

  @Test func `the whole story of an RSVP that changes its mind a week later`() throws {
    let campaign = try harness.started(try document(rsvpFlow))
    let execution = try harness.execution(of: guest)
    try harness.settle()
    try harness.tap("yes", at: "answer", of: execution)
    try harness.settle()
    try harness.write("1", from: guest)
    try harness.settle()
    try harness.tap("menu.veg", at: "details", of: execution)
    try harness.settle()
    #expect(harness.outcome(of: execution) == "attending")
    #expect(harness.state[guest].rsvp == .attending && harness.state[guest].attendingCount == 1)
    try harness.run(for: .days(7))
    let result = try harness.tap("no", at: "answer", of: execution, title: "Sorry")
    #expect(result.hasReopened)
    #expect(harness.outcome(of: execution) == "declined")
    #expect(harness.state[guest].rsvp == .declined && harness.state[guest].attendingCount == 0)
    let counters = harness.state[campaign].counters
    let sums = counters.sums(ofEvent: 0, in: harness.state.project(of: 0))
    #expect(RSVP.allCases.map(sums.guests) == [0, 0, 1, 0])
    #expect(sums.heads(.attending) == 0)
  }
}
