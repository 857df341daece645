import Testing
import Wire

import CampaignEngine

private func sending() throws -> ChatflowDocument {
  try flow(
    #"""
    {"id": "send", "type": "send_template", "data": {"template": "rsvp_reminder",
      "parameters": {"guest_name": "{{guest.name}}"}, "buttons": [{"handle": "yes"}, {"handle": "no"}]}},
    {"id": "wait", "type": "wait_reply", "data": {"timeout": "20h", "replies": [
      {"handle": "yes", "title": {"*": "Yes"}}, {"handle": "no", "title": {"*": "No"}}]}},
    {"id": "failed", "type": "end", "data": {"outcome": "failed"}}
    """#, "start > send, send > wait, send:failed > failed")
}

/// Messages of which nobody knows whether they were sent: the policy, the operator, and what is
/// heard of attempts that were followed by another.
struct UnknownOutcomeTests {
  private let harness: EngineHarness
  private let guest: GuestID

  init() throws {
    harness = try EngineHarness.wedding()
    guest = try harness.guest("Ana", phone: "+6281230000011")
  }

  private func lost(
    _ policy: UnknownOutcomePolicy.Policy?, after: TimeSpan = .hours(6)
  ) throws -> (SendRequest, CampaignID, ExecutionID) {
    let campaign = try harness.started(try sending()) { row in
      guard let policy else { return }
      var unknown = UnknownOutcomePolicy()
      (unknown.policy, unknown.after) = (policy, after)
      row.settings.retry.unknown = unknown
    }
    let request = try #require(try harness.dispatch().first)
    try harness.lose(request)
    return (request, campaign, try harness.execution(of: guest, in: campaign))
  }

  private func status(_ request: SendRequest) -> MessageStatus {
    harness.state[request.attempt.message].status
  }

  private func counters(_ campaign: CampaignID) -> CampaignCounters {
    harness.state[campaign].counters
  }

  @Test(arguments: [nil, UnknownOutcomePolicy.Policy.hold])
  func `by default it is held for an operator`(policy: UnknownOutcomePolicy.Policy?) throws {
    let (request, _, execution) = try lost(policy)
    #expect(harness.state.nextDue == nil)
    try harness.run(for: .days(30))
    #expect(status(request) == .outcomeUnknown)
    #expect(harness.node(of: execution) == "send")
  }

  @Test(arguments: [false, true])
  func `a policy of failing acts at its time, also after a restart`(fromSnapshot: Bool) throws {
    let (request, campaign, execution) = try lost(.fail)
    try harness.restart(fromSnapshot: fromSnapshot)
    #expect(harness.state.nextDue == harness.now + .hours(6))
    try harness.run(for: TimeSpan(milliseconds: 6 * 3_600_000 - 1))
    #expect(status(request) == .outcomeUnknown)
    try harness.run(for: TimeSpan(milliseconds: 1))
    #expect(status(request) == .failed)
    #expect(harness.outcome(of: execution) == "failed")
    // It was sent after all: that is believed, paid for, and changes nothing else.
    try harness.report(request, .delivered, gatewayID: "wamid.late")
    #expect(status(request) == .delivered)
    #expect(counters(campaign).billedMicros == 41_100)
    #expect(counters(campaign).duplicateAccepted == 0)
    #expect(harness.outcome(of: execution) == "failed")
  }

  @Test func `a policy of sending again makes attempts until there are none left`() throws {
    let (first, campaign, execution) = try lost(.resend)
    for number in UInt16(2)...3 {
      try harness.run(for: TimeSpan(milliseconds: 6 * 3_600_000 - 1))
      harness.pass(TimeSpan(milliseconds: 1))
      try harness.perform(FireTimers())
      #expect(harness.state[execution].wait?.kind == .capacity)
      let request = try #require(try harness.dispatch().first)
      #expect(request.attempt == AttemptID(message: first.attempt.message, number: number))
      try harness.lose(request)
    }
    try harness.run(for: .days(3))
    #expect(harness.sent.count == 3)
    #expect(status(first) == .outcomeUnknown)
    #expect(counters(campaign).duplicateAccepted == 0)
  }

  @Test func `an answer in time makes the policy's alarm do nothing`() throws {
    let (request, _, execution) = try lost(.resend)
    harness.pass(.hours(1))
    try harness.accept(request)
    try harness.run(for: .hours(10))
    #expect(harness.sent.count == 1)
    #expect(harness.node(of: execution) == "wait")
  }

  @Test func `one that turns out to be sent while it waits to go again does not go again`() throws {
    let (request, campaign, execution) = try lost(.resend)
    try harness.perform(PauseCampaign(campaign: campaign))
    harness.pass(.hours(6))
    try harness.perform(FireTimers())
    #expect(status(request) == .queued)
    try harness.report(request, .sent, gatewayID: "wamid.late")
    #expect(status(request) == .sent)
    try harness.perform(ResumeCampaign(campaign: campaign))
    try harness.settle()
    #expect(harness.sent.count == 1)
    #expect(harness.node(of: execution) == "wait")
  }

  // MARK: The operator

  @Test func `an operator who says that it was sent lets the execution go on`() throws {
    let (request, campaign, execution) = try lost(nil)
    let id = request.attempt.message
    try harness.perform(ResolveMessage(message: id, outcome: .sent(gatewayID: "wamid.seen")))
    #expect(harness.node(of: execution) == "wait")
    #expect(harness.state[id].gatewayID == "wamid.seen")
    #expect(counters(campaign).estimatedMicros == 41_100)
    #expect(
      harness.refusal(of: ResolveMessage(message: id, outcome: .resend))?.status == "accepted")
  }

  @Test func `an operator who says that it was not sent sends it again, or gives it up`() throws {
    let (request, _, execution) = try lost(nil)
    try harness.perform(ResolveMessage(message: request.attempt.message, outcome: .resend))
    #expect(try harness.dispatch().map(\.attempt.number) == [2])
    let other = try UnknownOutcomeTests()
    let (given, _, ended) = try other.lost(nil)
    try other.harness.perform(ResolveMessage(message: given.attempt.message, outcome: .failed))
    #expect(other.harness.outcome(of: ended) == "failed")
    #expect(other.harness.state[ended].lastError?.errorClass == .unknown)
    #expect(harness.node(of: execution) == "send")
  }

  @Test func `only what is unknown is resolved, and an id of another message is refused`() throws {
    let (request, _, _) = try lost(nil)
    let unknown = MessageID(space: 0, counter: 99)
    #expect(
      harness.refusal(of: ResolveMessage(message: unknown, outcome: .resend))?.code == .notFound)
    try harness.write("hello", from: guest)
    let inbound = try #require(harness.state.message(named: "wamid.1", at: harness.sender))
    #expect(
      harness.refusal(of: ResolveMessage(message: inbound, outcome: .resend))?.code == .invalidState
    )
    let refusal = harness.refusal(
      of: ResolveMessage(message: request.attempt.message, outcome: .sent(gatewayID: "wamid.1")))
    #expect(refusal?.reason == "gateway_message_id_in_use")
  }

  // MARK: Two attempts

  /// A message that was lost and sent again; nothing is known of either attempt.
  private func sentTwice() throws -> (SendRequest, SendRequest, CampaignID, ExecutionID) {
    let (first, campaign, execution) = try lost(nil)
    try harness.perform(ResolveMessage(message: first.attempt.message, outcome: .resend))
    let second = try #require(try harness.dispatch().first)
    return (first, second, campaign, execution)
  }

  @Test(arguments: [false, true])
  func `a second acceptance is recorded, billed and counted`(comesFirst: Bool) throws {
    let (first, second, campaign, execution) = try sentTwice()
    if comesFirst {
      try harness.report(first, .delivered, gatewayID: "wamid.old")
      #expect(harness.state[first.attempt.message].currentAttempt == 1)
      #expect(harness.node(of: execution) == "wait")
      try harness.accept(second)
    } else {
      try harness.accept(second)
      try harness.restart(fromSnapshot: true)
      try harness.report(first, .sent, gatewayID: "wamid.old")
      try harness.report(gatewayID: "wamid.old", .delivered)
    }
    #expect(counters(campaign).duplicateAccepted == 1)
    #expect(counters(campaign).billedMicros == 41_100)
    #expect(counters(campaign).estimatedMicros == 82_200)
    try harness.report(second, .delivered, gatewayID: "wamid.new.\(comesFirst)")
    #expect(counters(campaign).billedMicros == 82_200)
    #expect(harness.path(of: execution) == ["start", "send", "wait"])
    // Repeats are no news.
    #expect(try !harness.report(gatewayID: "wamid.old", .delivered).isApplied)
    #expect(counters(campaign).duplicateAccepted == 1)
    #expect(counters(campaign).messages[MessageStatus.delivered.index] == 1)
  }

  @Test func `a repeat that is refused does no harm where the first was taken`() throws {
    let (first, second, campaign, execution) = try sentTwice()
    try harness.accept(first)
    #expect(harness.node(of: execution) == "wait")
    try harness.refuse(second, .recipient, code: 131_026)
    #expect(status(first) == .accepted)
    #expect(counters(campaign).duplicateAccepted == 0)
    try harness.report(first, .read, gatewayID: harness.state[first.attempt.message].gatewayID)
    #expect(status(first) == .read)
    #expect(counters(campaign).messages.reduce(0, +) == 1)
  }

  @Test func `a first attempt that failed after all says nothing about the second`() throws {
    let (first, second, campaign, execution) = try sentTwice()
    try harness.refuse(first, .recipient, code: 131_026)
    #expect(status(first) == .sending)
    #expect(harness.state[guest].unreachableSince == .zero)
    try harness.accept(second)
    #expect(harness.node(of: execution) == "wait")
    #expect(counters(campaign).duplicateAccepted == 0)
  }

  @Test func `ids of earlier attempts, and of failed ones, are known after a snapshot`() throws {
    let campaign = try harness.started(try sending())
    let first = try #require(try harness.dispatch().first)
    try harness.accept(first)
    try harness.report(
      gatewayID: "wamid.1", .failed, error: MessageError(.transient, message: "Again."))
    harness.now = try #require(harness.state.nextDue)
    let second = try #require(try harness.dispatch().first)
    try harness.report(
      second, .failed, gatewayID: "wamid.2", error: MessageError(.recipient, message: "No."))
    try harness.restart(fromSnapshot: true)
    for id in ["wamid.1", "wamid.2"] {
      let late = try harness.report(gatewayID: id, .read)
      #expect(late.message == first.attempt.message)
      #expect(late.isApplied && !late.isParked)
    }
    #expect(counters(campaign).messages[MessageStatus.read.index] == 1)
    #expect(counters(campaign).duplicateAccepted == 1)
  }
}
