import Testing
import Wire

import CampaignEngine

private let ends = ["done", "failed"].map {
  #"{"id": "\#($0)", "type": "end", "data": {"outcome": "\#($0)"}}"#
}.joined(separator: ", ")

/// A marketing template with free text for the open window, and a way out for failures or none.
private func sending(handlesFailure: Bool = true, more: String = "") throws -> ChatflowDocument {
  try flow(
    #"""
    {"id": "send", "type": "send_template", "data": {"template": "rsvp_reminder",
      "parameters": {"guest_name": "{{guest.name}}"}, "session_text": {"*": "Free text"},
      "buttons": [{"handle": "yes"}, {"handle": "no"}]\#(more)}},
    {"id": "wait", "type": "wait_reply", "data": {"timeout": "20h", "replies": [
      {"handle": "yes", "title": {"*": "Yes"}}, {"handle": "no", "title": {"*": "No"}}]}}, \#(ends)
    """#,
    "start > send, send > wait, wait:yes > done" + (handlesFailure ? ", send:failed > failed" : ""))
}

struct RetryTests {
  private let harness: EngineHarness
  private let guest: GuestID

  init() throws {
    harness = try EngineHarness.wedding()
    guest = try harness.guest("Ana", phone: "+6281230000011")
  }

  private func begin(
    _ document: ChatflowDocument, _ configure: (inout Campaign) -> Void = { _ in }
  ) throws -> (CampaignID, ExecutionID) {
    let campaign = try harness.started(document, configure)
    return (campaign, try harness.execution(of: guest, in: campaign))
  }

  /// Lets the clock run to the next send.
  private func next() throws -> SendRequest {
    while let due = harness.state.nextDue {
      harness.now = max(harness.now, due)
      try harness.perform(FireTimers())
      if let request = try harness.dispatch().first { return request }
    }
    throw NothingDue()
  }

  private struct NothingDue: Error {}

  @Test func `the waits between attempts grow to their limit`() {
    var policy = RetryPolicy()
    #expect(
      (1...8).map { policy.interval(afterAttempts: $0).wireText } == [
        "30s", "1m", "2m", "4m", "8m", "15m", "15m", "15m",
      ])
    policy.coefficient = 1
    #expect(policy.interval(afterAttempts: 20) == .seconds(30))
    policy.initial = .hours(1)
    #expect(policy.interval(afterAttempts: 1) == .minutes(15))
    policy = RetryPolicy()
    policy.maxInterval = TimeSpan(milliseconds: .max)
    policy.coefficient = 10
    #expect(policy.interval(afterAttempts: 30) == policy.maxInterval)
    #expect(policy.interval(afterAttempts: 0) == .seconds(30))
  }

  @Test func `a transient failure is retried with growing waits, then fails`() throws {
    let (_, execution) = try begin(try sending(handlesFailure: false))
    let start = harness.now
    var times: [TimeSpan] = []
    for number in 1...3 {
      let request = try next()
      #expect(request.attempt.number == UInt16(number))
      times.append(harness.now - start)
      try harness.refuse(request, .transient, code: 131_016)
      if number < 3 {
        #expect(harness.state[execution].wait?.kind == .retry)
        #expect(harness.state[request.attempt.message].status == .queued)
      }
    }
    #expect(times == [.zero, .seconds(30), .seconds(90)])
    #expect(harness.state[execution].status == .failed)
    #expect(harness.reason(of: execution) == "retries_exhausted")
    #expect(harness.state[execution].progress > 0)
    let error = try #require(harness.state[execution].lastError)
    #expect((error.errorClass, error.gatewayCode, error.attempts) == (.transient, 131_016, 3))
    #expect(try harness.dispatch().isEmpty)
  }

  @Test func `the gateway's own wait is honoured where it is longer`() throws {
    _ = try begin(try sending())
    try harness.refuse(try next(), .throttle, after: .minutes(7))
    #expect(harness.state.nextDue == harness.now + .minutes(7))
    try harness.refuse(try next(), .transient, after: .seconds(1))
    // The policy's own, after what was no more than the first attempt that counts.
    #expect(harness.state.nextDue == harness.now + .seconds(30))
  }

  @Test func `WhatsApp's cap for one person lifts after a day at the earliest`() throws {
    _ = try begin(try sending())
    try harness.refuse(try next(), .defer, code: 131_049)
    #expect(harness.state.nextDue == harness.now + .hours(24))
  }

  @Test func `after retries are exhausted the way out failed is taken`() throws {
    let (_, execution) = try begin(try sending()) { $0.settings.retry.maxAttempts = 1 }
    try harness.refuse(try next(), .transient)
    #expect(harness.outcome(of: execution) == "failed")
    #expect(harness.state[execution].lastError?.attempts == 1)
  }

  @Test(arguments: [ErrorClass.recipient, .payload, .missingVariable, .unknown])
  func `a permanent failure is never retried`(errorClass: ErrorClass) throws {
    let (_, execution) = try begin(try sending(handlesFailure: false))
    let request = try next()
    try harness.refuse(request, errorClass, code: 131_026)
    #expect(harness.state[request.attempt.message].status == .failed)
    #expect(harness.state[execution].status == .failed)
    #expect(harness.reason(of: execution) == errorClass.rawValue)
    try harness.run(for: .days(2))
    #expect(harness.sent.count == 1)
    #expect((harness.state[guest].unreachableSince > .zero) == (errorClass == .recipient))
  }

  @Test func `a success clears that a guest could not be reached`() throws {
    let thanks = try flow(
      #"{"id": "send", "type": "send_template", "data": {"template": "rsvp_thanks"}}"#,
      "start > send")
    try harness.started(thanks)
    try harness.started(thanks)
    let requests = try harness.dispatch()
    #expect(requests.count == 2)
    try harness.accept(requests[0])
    try harness.refuse(requests[1], .recipient)
    #expect(harness.state[guest].unreachableSince > .zero)
    try harness.report(requests[0], .delivered)
    #expect(harness.state[guest].unreachableSince == .zero)
  }

  @Test func `an opt-out that WhatsApp tells skips the execution and stops marketing`() throws {
    let (campaign, execution) = try begin(try sending())
    try harness.refuse(try next(), .optOut, code: 131_050)
    #expect(harness.reason(of: execution) == "opted_out")
    #expect(harness.state[execution].status == .skipped)
    #expect(harness.state.person(of: guest).subscription == .noMarketing)
    #expect(harness.state[campaign].status == .completed)
  }

  @Test func `free text that WhatsApp refuses goes once more, as the template`() throws {
    try harness.write("hello", from: guest)
    let (_, execution) = try begin(try sending())
    let first = try next()
    guard case .buttons = first.content else {
      Issue.record("\(first.content)")
      return
    }
    try harness.refuse(first, .window, code: 131_047)
    #expect(harness.node(of: execution) == "send")
    let second = try next()
    #expect(second.attempt == AttemptID(message: first.attempt.message, number: 2))
    guard case .template = second.content else {
      Issue.record("\(second.content)")
      return
    }
    #expect(!harness.state.person(of: guest).isWindowOpen(at: harness.now))
    try harness.refuse(second, .window, code: 131_047)
    #expect(harness.outcome(of: execution) == "failed")
    #expect(try harness.dispatch().isEmpty)
  }

  @Test func `a late refusal of free text says nothing about a window opened since`() throws {
    try harness.write("hello", from: guest)
    _ = try begin(try sending())
    let request = try next()
    try harness.accept(request)
    harness.pass(.minutes(1))
    try harness.write("what is this?", from: guest)
    harness.pass(.minutes(1))
    try harness.report(request, .failed, error: MessageError(.window, code: 131_047, message: ""))
    #expect(harness.state.person(of: guest).isWindowOpen(at: harness.now))
  }

  // MARK: Failures after the send was accepted

  @Test func `a late failure takes back the wait, and the funnel follows`() throws {
    let (campaign, execution) = try begin(try sending(handlesFailure: false))
    try harness.settle()
    let request = try #require(harness.sent.first)
    #expect(harness.node(of: execution) == "wait")
    let progress = harness.state[execution].progress
    harness.pass(.minutes(2))
    try harness.report(
      request, .failed, error: MessageError(.recipient, code: 131_026, message: "No WhatsApp."))
    #expect(harness.state[execution].status == .failed)
    #expect(harness.node(of: execution) == "send")
    #expect(harness.reason(of: execution) == "recipient")
    #expect(harness.state[execution].progress == progress)
    #expect(harness.state[execution].phase == .blasting)
    let funnel = harness.state[campaign].counters.funnel
    #expect((funnel[1].entered, funnel[1].failed, funnel[1].passed) == (1, 1, 0))
    #expect(funnel[2] == FunnelCount())
    #expect(harness.state[campaign].status == .completed)
  }

  @Test func `a late failure that may pass is retried, and the wait is entered anew`() throws {
    let (campaign, execution) = try begin(try sending())
    try harness.settle()
    let first = try #require(harness.sent.first)
    harness.pass(.minutes(2))
    try harness.report(
      first, .failed, error: MessageError(.defer, code: 131_049, message: "Capped."))
    #expect(harness.node(of: execution) == "send")
    #expect(harness.state[execution].wait?.kind == .retry)
    let second = try next()
    #expect(second.attempt.number == 2)
    try harness.accept(second)
    #expect(harness.node(of: execution) == "wait")
    #expect(harness.state[execution].wait?.until == harness.now + .hours(20))
    #expect(harness.state[campaign].counters.funnel[2].entered == 1)
  }

  @Test func `a failure after the wait was left is only recorded`() throws {
    let (_, execution) = try begin(try sending())
    try harness.settle()
    let request = try #require(harness.sent.first)
    try harness.tap("yes", at: "wait", of: execution)
    try harness.report(request, .failed, error: MessageError(.recipient, message: "x"))
    #expect(harness.state[request.attempt.message].status == .failed)
    #expect(harness.outcome(of: execution) == "done")
    #expect(harness.state[execution].lastError == nil)
  }

  @Test func `a failure after delivery is not believed`() throws {
    let (_, execution) = try begin(try sending())
    try harness.settle()
    let request = try #require(harness.sent.first)
    try harness.report(request, .delivered)
    let result = try harness.report(request, .failed, error: MessageError(.unknown, message: ""))
    #expect(!result.isApplied)
    #expect(harness.state[request.attempt.message].status == .delivered)
    #expect(harness.node(of: execution) == "wait")
  }

  @Test func `a guest who wrote has seen the message, whatever a later failure says`() throws {
    let reprompt = try flow(
      #"""
      {"id": "send", "type": "send_template", "data": {"template": "rsvp_thanks"}},
      {"id": "wait", "type": "wait_reply", "data": {"timeout": "20h",
        "reprompt": {"text": {"*": "Pardon?"}, "max": 2}}}
      """#, "start > send, send > wait")
    let (_, execution) = try begin(reprompt)
    try harness.settle()
    let request = try #require(harness.sent.first)
    try harness.write("hm", from: guest)
    try harness.report(request, .failed, error: MessageError(.transient, message: ""))
    #expect(harness.node(of: execution) == "wait")
    try harness.settle()
    #expect(harness.sent.count == 2)
    // The requests of old attempts can still be made, for a gateway that asks for them.
    #expect(harness.state.attempts(since: .zero).count == 2)
  }

  @Test func `an old question that fails late is not asked again`() throws {
    let form = try flow(
      #"""
      {"id": "hello", "type": "wait_reply", "data": {"timeout": "7d"}},
      {"id": "form", "type": "guest_form", "data": {"timeout": "3d", "questions": [
        {"key": "a", "kind": "text", "ask": {"*": "A?"}},
        {"key": "b", "kind": "text", "ask": {"*": "B?"}}]}}, \#(ends)
      """#, "start > hello, hello:default > form, form:submitted > done")
    let (_, execution) = try begin(form)
    try harness.write("hello", from: guest)
    try harness.settle()
    let question = try #require(harness.sent.first)
    try harness.write("answer", from: guest)
    try harness.report(question, .failed, error: MessageError(.transient, message: ""))
    try harness.settle()
    #expect(harness.sent.map(\.content) == [.text("A?"), .text("B?")])
    #expect(harness.state[execution].wait?.question == 1)
  }
}
