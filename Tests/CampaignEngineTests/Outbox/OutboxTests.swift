import Testing
import Wire

import CampaignEngine

/// A program that sends for us.
struct OutboxTests {
  private let harness: EngineHarness
  private let guests: [GuestID]

  init() throws {
    harness = EngineHarness()
    try harness.makeSender {
      $0.gateway = .client
      $0.messagesPerSecond = 4
    }
    try harness.makeProject()
    try harness.makeTemplates()
    guests = try harness.guests(8)
  }

  private func note() throws -> CampaignID {
    try harness.started(
      try flow(
        #"""
        {"id": "send", "type": "send_template", "data": {"template": "rsvp_thanks"}},
        {"id": "wait", "type": "delay", "data": {"for": "7d"}}
        """#, "start > send, send > wait"))
  }

  private func claim(_ limit: Int = 10, lease: TimeSpan = .minutes(1)) throws -> [SendRequest] {
    try harness.perform(ClaimSends(sender: harness.sender, limit: limit, lease: lease))
  }

  private func report(_ request: SendRequest, _ outcome: ReportAttempt.Outcome) throws {
    try harness.perform(
      ReportClaimed(sender: harness.sender, attempt: request.attempt, outcome: outcome))
  }

  @Test func `nothing is pushed, and a claim takes what the rates allow`() throws {
    let campaign = try note()
    #expect(try harness.perform(DispatchSends()).isEmpty)
    #expect(harness.state.nextDue == nil)
    let first = try claim(1)
    #expect(first.map(\.guest) == [guests[0]])
    #expect(harness.state[first[0].attempt.message].status == .sending)
    #expect(harness.state[first[0].attempt.message].leaseUntil == harness.now + .minutes(1))
    // What four a second allowed since the second before, less the one that has gone.
    #expect(try claim().count == 5)
    #expect(try claim().isEmpty)
    let next = try #require(harness.state.nextSend(of: harness.sender))
    #expect(next == harness.now + TimeSpan(milliseconds: 250))
    harness.now = next
    #expect(try claim().count == 1)
    #expect(harness.state[campaign].counters.messages[MessageStatus.sending.index] == 7)
  }

  @Test func `a report settles the attempt, and the execution goes on`() throws {
    _ = try note()
    let request = try #require(try claim(1).first)
    try report(request, .accepted(gatewayID: "wamid.a", isHeld: false, userID: "IN.1"))
    #expect(harness.node(of: try harness.execution(of: guests[0])) == "wait")
    #expect(harness.state.person(of: guests[0]).userID == "IN.1")
    harness.pass(.hours(1))
    try harness.perform(FireTimers())
    #expect(harness.state[request.attempt.message].status == .accepted)
    let other = try #require(try claim(1).first)
    try report(other, .refused(MessageError(.transient, message: "x"), retryAfter: .minutes(5)))
    #expect(harness.state[other.attempt.message].readyAt == harness.now + .minutes(5))
  }

  @Test(arguments: [false, true])
  func `a lease that ends without a report leaves the outcome unknown`(fromSnapshot: Bool) throws {
    _ = try note()
    let request = try #require(try claim(1).first)
    try harness.restart(fromSnapshot: fromSnapshot)
    // The program does not stop with the service, so its attempt is still under way.
    #expect(try harness.perform(RecoverAttempts()) == 0)
    #expect(harness.state.attempts(since: .zero).isEmpty)
    #expect(harness.state.nextDue == harness.now + .minutes(1))
    harness.pass(TimeSpan(milliseconds: 59_999))
    try harness.perform(FireTimers())
    #expect(harness.state[request.attempt.message].status == .sending)
    harness.pass(TimeSpan(milliseconds: 1))
    try harness.perform(FireTimers())
    #expect(harness.state[request.attempt.message].status == .outcomeUnknown)
    #expect(try claim().allSatisfy { $0.attempt.message != request.attempt.message })
    try report(request, .accepted(gatewayID: "wamid.late", isHeld: false, userID: nil))
    #expect(harness.node(of: try harness.execution(of: guests[0])) == "wait")
  }

  @Test func `claims and reports that make no sense are refused`() throws {
    _ = try note()
    let request = try #require(try claim(1).first)
    let unknown = SenderID(space: 0, counter: 9)
    let sender = harness.sender
    #expect(
      harness.refusal(of: ClaimSends(sender: unknown, limit: 1, lease: .minutes(1)))?.code
        == .notFound)
    for lease in [TimeSpan.seconds(4), .hours(2)] {
      #expect(
        harness.refusal(of: ClaimSends(sender: sender, limit: 1, lease: lease))?.field
          == "lease")
    }
    for attempt in [
      AttemptID(message: request.attempt.message, number: 2),
      AttemptID(message: MessageID(space: 0, counter: 99), number: 1),
    ] {
      #expect(
        harness.refusal(of: ReportClaimed(sender: sender, attempt: attempt, outcome: .unknown("")))?
          .code == .notFound)
    }
    let pushed = try EngineHarness.wedding()
    #expect(
      pushed.refusal(of: ClaimSends(sender: pushed.sender, limit: 1, lease: .minutes(1)))?.code
        == .notReady)
  }
}
