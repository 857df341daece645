import Testing
import Wire

import CampaignEngine

private func waiting(_ more: String = "") throws -> ChatflowDocument {
  try asking(#", "late_change": "until_event""# + more, edges: ", ask:failed > failed")
}

struct PauseTests {
  private let harness: EngineHarness
  private let guest: GuestID

  init() throws {
    harness = try EngineHarness.wedding()
    guest = try harness.guest("Ana", phone: "+6281230000011")
  }

  private func asked(_ more: String = "") throws -> (CampaignID, ExecutionID) {
    let campaign = try harness.started(try waiting(more))
    try harness.settle()
    return (campaign, try harness.execution(of: guest))
  }

  private func pause(_ campaign: CampaignID) throws {
    try harness.perform(PauseCampaign(campaign: campaign))
  }

  private func resume(_ campaign: CampaignID) throws {
    try harness.perform(ResumeCampaign(campaign: campaign))
  }

  @Test func `a pause lies over the executions and stops timers, replies and messages`() throws {
    let campaign = try harness.started(try waiting())
    let execution = try harness.execution(of: guest)
    try pause(campaign)
    #expect(try harness.dispatch().isEmpty)
    #expect(harness.state[execution].status == .waiting)
    #expect(harness.state.nextDue == nil)
    try resume(campaign)
    try harness.settle()
    try pause(campaign)
    try harness.write("yes", from: guest)
    try harness.run(for: .days(3))
    #expect(harness.node(of: execution) == "wait")
  }

  @Test(arguments: [true, false])
  func `a reply before the deadline beats the timeout on resume`(timersRun: Bool) throws {
    let (campaign, execution) = try asked()
    try pause(campaign)
    harness.pass(.hours(19))
    let reply = try harness.write("yes", from: guest)
    #expect(harness.state[reply.message].isUnapplied)
    #expect(harness.node(of: execution) == "wait")
    harness.pass(.hours(10))
    if timersRun { try harness.perform(FireTimers()) }
    try resume(campaign)
    // Whether the timer or the sweep comes first must not matter.
    try harness.perform(FireTimers())
    try harness.settle()
    #expect(harness.outcome(of: execution) == "yes")
    #expect(!harness.state[reply.message].isUnapplied)
  }

  @Test func `a reply after the deadline comes too late, and counts as late`() throws {
    let (campaign, execution) = try asked()
    try pause(campaign)
    harness.pass(.hours(21))
    try harness.write("yes", from: guest)
    try resume(campaign)
    try harness.settle()
    #expect(harness.outcome(of: execution) == "timeout")
  }

  @Test func `a deadline that passed during the pause takes effect on resume`() throws {
    let (campaign, execution) = try asked()
    try pause(campaign)
    try harness.run(for: .hours(30))
    #expect(harness.node(of: execution) == "wait")
    try resume(campaign)
    try harness.settle()
    #expect(harness.outcome(of: execution) == "timeout")
  }

  @Test func `a deadline that has not passed stays as it was`() throws {
    let (campaign, execution) = try asked()
    let until = try #require(harness.state[execution].wait?.until)
    try pause(campaign)
    try harness.run(for: .hours(10))
    try resume(campaign)
    try harness.settle()
    #expect(harness.state[execution].wait?.until == until)
    try harness.run(until: until)
    #expect(harness.outcome(of: execution) == "timeout")
  }

  @Test func `replies of a pause take effect in their order, and each where it belongs then`()
    throws
  {
    let (campaign, execution) = try asked()
    try pause(campaign)
    try harness.tap("yes", at: "wait", of: execution)
    harness.pass(.minutes(1))
    try harness.tap("no", at: "wait", of: execution)
    try resume(campaign)
    try harness.settle()
    #expect(harness.path(of: execution) == ["start", "ask", "wait", "yes", "wait", "no"])
    #expect(harness.outcome(of: execution) == "no")
  }

  @Test func `a reply between resume and its slice does not overtake an older one`() throws {
    let (campaign, execution) = try asked()
    try pause(campaign)
    try harness.tap("yes", at: "wait", of: execution)
    harness.pass(.minutes(1))
    try resume(campaign)
    try harness.tap("no", at: "wait", of: execution)
    try harness.settle()
    #expect(harness.path(of: execution) == ["start", "ask", "wait", "yes", "wait", "no"])
  }

  @Test func `a late button waits for the resume too`() throws {
    try harness.guests(1)
    let (campaign, execution) = try asked()
    try harness.tap("yes", at: "wait", of: execution)
    try pause(campaign)
    let result = try harness.tap("no", at: "wait", of: execution)
    #expect(!result.hasReopened)
    #expect(harness.outcome(of: execution) == "yes")
    try resume(campaign)
    try harness.settle()
    #expect(harness.outcome(of: execution) == "no")
  }

  @Test func `what was accepted during a pause goes on with the resume`() throws {
    let campaign = try harness.started(try waiting())
    let execution = try harness.execution(of: guest)
    let request = try #require(try harness.dispatch().first)
    try pause(campaign)
    try harness.accept(request)
    #expect(harness.node(of: execution) == "ask")
    #expect(harness.state[request.attempt.message].status == .accepted)
    try resume(campaign)
    try harness.enrol()
    #expect(harness.node(of: execution) == "wait")
  }

  @Test func `what failed during a pause fails with the resume`() throws {
    let campaign = try harness.started(try waiting())
    let execution = try harness.execution(of: guest)
    let request = try #require(try harness.dispatch().first)
    try pause(campaign)
    try harness.refuse(request, .payload)
    #expect(harness.node(of: execution) == "ask")
    try resume(campaign)
    try harness.enrol()
    #expect(harness.outcome(of: execution) == "failed")
  }

  @Test func `a late failure during a pause takes the wait back, and the resume goes on`() throws {
    let (campaign, execution) = try asked()
    let request = try #require(harness.sent.first)
    try pause(campaign)
    try harness.report(request, .failed, error: MessageError(.payload, message: "x"))
    #expect(harness.node(of: execution) == "ask")
    try resume(campaign)
    try harness.settle()
    #expect(harness.outcome(of: execution) == "failed")
  }

  @Test func `a question that came up before a pause is sent after it`() throws {
    let (campaign, execution) = try asked(#", "reprompt": {"text": {"*": "Tap."}, "max": 2}"#)
    try harness.write("what?", from: guest)
    try pause(campaign)
    #expect(try harness.dispatch().isEmpty)
    try resume(campaign)
    try harness.settle()
    #expect(harness.sent.count == 2)
    #expect(harness.node(of: execution) == "wait")
  }

  @Test func `a question that failed during a pause fails the form on resume`() throws {
    let document = try flow(
      #"""
      {"id": "hello", "type": "wait_reply", "data": {"timeout": "7d"}},
      {"id": "form", "type": "guest_form", "data": {"timeout": "20h", "questions": [
        {"key": "a", "kind": "text", "ask": {"*": "?"}}]}}, \#(replyEnds)
      """#, "start > hello, hello:default > form, form:submitted > done")
    let campaign = try harness.started(document)
    try harness.write("hello", from: guest)
    let request = try #require(try harness.dispatch().first)
    try pause(campaign)
    try harness.refuse(request, .payload)
    try resume(campaign)
    try harness.settle()
    #expect(harness.reason(of: try harness.execution(of: guest)) == "payload")
  }

  @Test func `a pause during the resume begins the resume anew`() throws {
    harness.fullComparisonInterval = 100
    try harness.guests(299)
    let campaign = try harness.started(
      try flow(#"{"id": "w", "type": "delay", "data": {"for": "1h"}}"#, "start > w"))
    try pause(campaign)
    harness.pass(.hours(2))
    try resume(campaign)
    try harness.perform(ContinueCampaigns())
    #expect(harness.state[campaign].counters.open == 44)
    try pause(campaign)
    #expect(harness.state.busyCampaigns.first == nil)
    try resume(campaign)
    try harness.enrol()
    #expect(harness.state[campaign].status == .completed)
  }

  @Test func `a campaign whose last guest ends during the resume completes after it`() throws {
    let other = try harness.guest("Budi", phone: "+6281230000012")
    let (campaign, answered) = try asked(#", "reprompt": {"text": {"*": "Tap."}, "max": 2}"#)
    try harness.tap("yes", at: "wait", of: answered)
    try harness.write("wait, what?", from: guest)
    try pause(campaign)
    #expect(try harness.dispatch().isEmpty)
    try resume(campaign)
    try harness.control(try harness.execution(of: other), .cancel)
    #expect(harness.state[campaign].status == .running)
    try harness.settle()
    #expect(harness.state[campaign].status == .completed)
    // The late guest has the question again.
    #expect(harness.sent.count == 3)
  }
}

struct CancelTests {
  @Test func `a cancel acts at once, and its executions follow in slices`() throws {
    let harness = try EngineHarness.wedding()
    harness.fullComparisonInterval = 100
    let guests = try harness.guests(300)
    let campaign = try harness.started(try waiting())
    let requests = try harness.dispatch()
    #expect(!requests.isEmpty)
    try harness.perform(CancelCampaign(campaign: campaign))
    #expect(try harness.dispatch().isEmpty)
    try harness.write("yes", from: guests[0])
    try harness.perform(ContinueCampaigns())
    #expect(harness.state[campaign].counters.executions[ExecutionStatus.cancelled.index] == 256)
    try harness.settle()
    #expect(harness.state[campaign].counters.open == 0)
    #expect(harness.state[campaign].status == .cancelled)
    // What the gateway took comes in all the same; nothing else is sent.
    for request in requests { try harness.accept(request) }
    let counters = harness.state[campaign].counters
    #expect(counters.messages[MessageStatus.accepted.index] == requests.count)
    #expect(counters.messages[MessageStatus.cancelled.index] == 300 - requests.count)
    #expect(harness.reason(of: try harness.execution(of: guests[9])) == "campaign_cancelled")
    harness.verify(isFull: true)
  }

  @Test func `a failure after the cancel is recorded and not retried`() throws {
    let harness = try EngineHarness.wedding()
    try harness.guests(1)
    let campaign = try harness.started(try waiting())
    let request = try #require(try harness.dispatch().first)
    try harness.perform(CancelCampaign(campaign: campaign))
    try harness.settle()
    try harness.refuse(request, .transient)
    #expect(harness.state[request.attempt.message].status == .failed)
    try harness.run(for: .days(2))
    #expect(harness.sent.count == 1)
  }

  @Test func `a message that a pause has set aside is cancelled with its campaign`() throws {
    let harness = try EngineHarness.wedding()
    let guest = try harness.guest("Ana", phone: "+6281230000011")
    let campaign = try harness.started(
      try waiting(#", "reprompt": {"text": {"*": "Tap."}, "max": 2}"#))
    try harness.settle()
    try harness.write("what?", from: guest)
    try harness.perform(PauseCampaign(campaign: campaign))
    try harness.dispatch()
    try harness.perform(CancelCampaign(campaign: campaign))
    try harness.settle()
    #expect(harness.sent.count == 1)
    #expect(harness.state[campaign].counters.messages[MessageStatus.cancelled.index] == 1)
  }

  @Test func `no question is repeated for a cancelled or paused campaign`() throws {
    let harness = try EngineHarness.wedding()
    let guest = try harness.guest("Ana", phone: "+6281230000011")
    try harness.guests(1)
    let campaign = try harness.started(
      try waiting(#", "reprompt": {"text": {"*": "Tap."}, "max": 2}"#))
    try harness.settle()
    try harness.tap("yes", at: "wait", of: try harness.execution(of: guest))
    try harness.write("wait, what?", from: guest)
    try harness.perform(PauseCampaign(campaign: campaign))
    #expect(try harness.dispatch().isEmpty)
    try harness.perform(CancelCampaign(campaign: campaign))
    try harness.settle()
    #expect(harness.sent.count == 2)
    #expect(harness.state[campaign].counters.messages[MessageStatus.cancelled.index] == 1)
  }
}
