import Testing
import Wire

@testable import CampaignEngine

private func sending() throws -> ChatflowDocument {
  try flow(
    #"""
    {"id": "send", "type": "send_template", "data": {"template": "rsvp_reminder",
      "parameters": {"guest_name": "{{guest.name}}"}, "buttons": [{"handle": "yes"}, {"handle": "no"}]}},
    {"id": "wait", "type": "wait_reply", "data": {"timeout": "20h", "replies": [
      {"handle": "yes", "title": {"*": "Yes"}}, {"handle": "no", "title": {"*": "No"}}]}},
    {"id": "done", "type": "end", "data": {"outcome": "done"}},
    {"id": "failed", "type": "end", "data": {"outcome": "failed"}}
    """#, "start > send, send > wait, wait:yes > done, send:failed > failed")
}

/// What is heard of an attempt after its failure.
struct ProofTests {
  private let harness: EngineHarness
  private let guest: GuestID
  private let campaign: CampaignID
  private let execution: ExecutionID
  private let first: SendRequest

  init() throws {
    harness = try EngineHarness.wedding()
    guest = try harness.guest("Ana", phone: "+6281230000011")
    campaign = try harness.started(try sending()) { $0.settings.retry.maxAttempts = 4 }
    execution = try harness.execution(of: guest)
    first = try #require(try harness.dispatch().first)
  }

  private var message: Message { harness.state[first.attempt.message] }
  private var counters: CampaignCounters { harness.state[campaign].counters }
  private let passing = MessageError(.transient, code: 131_016, message: "Again.")

  private func accept(_ request: SendRequest, id: String) throws {
    try harness.perform(
      ReportAttempt(
        attempt: request.attempt, outcome: .accepted(gatewayID: id, isHeld: false, userID: nil)))
  }

  private func retry() throws -> SendRequest {
    harness.now = try #require(harness.state.nextDue)
    try harness.perform(FireTimers())
    return try #require(try harness.dispatch().first)
  }

  enum Failure: Sendable, CaseIterable { case refused, reported }

  private func failFirst(_ failure: Failure) throws {
    switch failure {
    case .refused:
      try harness.perform(
        ReportAttempt(attempt: first.attempt, outcome: .refused(passing, retryAfter: nil)))
    case .reported:
      try accept(first, id: "wamid.first")
      try harness.report(first, .failed, gatewayID: "wamid.first", error: passing)
    }
    #expect(message.status == .queued)
  }

  @Test(arguments: Failure.allCases, [ReportedStatus.delivered, .read])
  func `proof of delivery cancels the retry`(failure: Failure, status: ReportedStatus) throws {
    try failFirst(failure)
    try harness.restart(fromSnapshot: true)
    #expect(try harness.report(first, status, gatewayID: "wamid.first").isApplied)
    #expect(message.status == status.messageStatus)
    #expect((message.error, message.failure) == (nil, nil))
    #expect(harness.node(of: execution) == "wait")
    try harness.run(for: .hours(10))
    #expect(harness.sent.count == 1)
    #expect((counters.billedMicros, counters.duplicateAccepted) == (41_100, 0))
  }

  @Test func `what an answer refused is taken once anything says so`() throws {
    try failFirst(.refused)
    try accept(first, id: "wamid.first")
    #expect(message.status == .accepted)
    #expect(harness.node(of: execution) == "wait")
    let other = try ProofTests()
    try other.failFirst(.refused)
    try other.harness.report(other.first, .sent, gatewayID: "wamid.first")
    #expect(other.message.status == .sent)
    #expect(try other.harness.dispatch().isEmpty)
  }

  @Test func `that it had been accepted or sent does not refute a failed delivery`() throws {
    try failFirst(.reported)
    try accept(first, id: "wamid.first")
    #expect(try !harness.report(first, .sent, gatewayID: "wamid.first").isApplied)
    #expect(message.status == .queued)
    #expect(try retry().attempt.number == 2)
  }

  @Test(arguments: Failure.allCases, [false, true])
  func `proof after the retry left is a second acceptance, billed and counted`(
    failure: Failure, isRetryAnswered: Bool
  ) throws {
    try failFirst(failure)
    let second = try retry()
    if isRetryAnswered { try accept(second, id: "wamid.second") }
    try harness.report(first, .delivered, gatewayID: "wamid.first")
    if !isRetryAnswered {
      #expect((message.currentAttempt, message.status) == (1, .delivered))
      #expect(counters.duplicateAccepted == 0)
      try accept(second, id: "wamid.second")
    }
    #expect(counters.duplicateAccepted == 1)
    #expect(counters.billedMicros == 41_100)
    try harness.restart(fromSnapshot: true)
    try harness.report(gatewayID: "wamid.second", .read)
    #expect(counters.billedMicros == 82_200)
    #expect(harness.path(of: execution) == ["start", "send", "wait"])
    try harness.run(for: .hours(10))
    #expect(harness.sent.count == 2)
  }

  @Test func `what failed for good was delivered all the same`() throws {
    try accept(first, id: "wamid.first")
    try harness.report(
      first, .failed, gatewayID: "wamid.first",
      error: MessageError(.recipient, code: 131_026, message: "No."))
    #expect(harness.outcome(of: execution) == "failed")
    #expect(harness.state[guest].unreachableSince > .zero)
    try harness.report(gatewayID: "wamid.first", .delivered)
    #expect((message.status, message.failedAt) == (.delivered, .zero))
    #expect(counters.messages[MessageStatus.failed.index] == 0)
    #expect(counters.billedMicros == 41_100)
    #expect(harness.state[guest].unreachableSince == .zero)
    #expect(harness.outcome(of: execution) == "failed")
  }

  @Test func `a retry that was cancelled may have been needless`() throws {
    try failFirst(.reported)
    try harness.perform(CancelCampaign(campaign: campaign))
    try harness.enrol()
    #expect(message.status == .cancelled)
    try harness.report(first, .read, gatewayID: "wamid.first")
    #expect(message.status == .read)
  }

  @Test func `proof during a pause lets the execution go on with the resume`() throws {
    try failFirst(.reported)
    try harness.perform(PauseCampaign(campaign: campaign))
    try harness.report(first, .delivered, gatewayID: "wamid.first")
    try harness.perform(ResumeCampaign(campaign: campaign))
    try harness.settle()
    #expect(harness.sent.count == 1)
    #expect(harness.node(of: execution) == "wait")
  }

  @Test func `a tap on what waits for its retry is proof, and an answer`() throws {
    try failFirst(.reported)
    try harness.tap("yes", at: "wait", of: execution)
    #expect(message.status == .delivered)
    #expect(harness.outcome(of: execution) == "done")
    try harness.run(for: .days(1))
    #expect(harness.sent.count == 1)
  }

  @Test func `while one attempt is known to be taken the failure of another sends nothing`() throws
  {
    try harness.lose(first)
    try harness.perform(ResolveMessage(message: first.attempt.message, outcome: .resend))
    let second = try #require(try harness.dispatch().first)
    try accept(second, id: "wamid.second")
    try harness.report(first, .delivered, gatewayID: "wamid.first")
    #expect(counters.duplicateAccepted == 1)
    try harness.report(gatewayID: "wamid.second", .failed, error: passing)
    #expect((message.currentAttempt, message.status) == (1, .delivered))
    #expect(counters.duplicateAccepted == 0)
    #expect(harness.node(of: execution) == "wait")
    try harness.run(for: .hours(10))
    #expect(harness.sent.count == 2)
  }

  @Test func `a failure beside an attempt of unknown outcome leaves that unknown`() throws {
    try harness.lose(first)
    try harness.perform(ResolveMessage(message: first.attempt.message, outcome: .resend))
    let second = try #require(try harness.dispatch().first)
    try harness.report(first, .sent, gatewayID: "wamid.first")
    #expect(message.currentAttempt == 1)
    try harness.report(gatewayID: "wamid.first", .failed, error: passing)
    #expect((message.currentAttempt, message.status) == (2, .outcomeUnknown))
    #expect(harness.node(of: execution) == "send")
    try harness.run(for: .days(3))
    #expect(harness.sent.count == 2)
    try accept(second, id: "wamid.second")
    #expect(harness.node(of: execution) == "wait")
  }

  @Test func `reports that waited for an id are taken in however it becomes known`() throws {
    #expect(try harness.report(gatewayID: "wamid.first", .delivered).isParked)
    try harness.report(first, .sent, gatewayID: "wamid.first")
    #expect(message.status == .delivered)
    #expect(harness.state[harness.sender].parkedReports.isEmpty)
  }
}
