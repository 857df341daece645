import Testing
import Wire

import CampaignEngine

struct RetryExecutionTests {
  private let harness: EngineHarness
  private let guest: GuestID

  init() throws {
    harness = try EngineHarness.wedding()
    guest = try harness.guest("Ana", phone: "+6281230000011")
  }

  /// An execution whose message was refused for good.
  private func failed(
    _ errorClass: ErrorClass = .recipient
  ) throws -> (campaign: CampaignID, execution: ExecutionID) {
    let campaign = try harness.started(try askFlow()) { $0.settings.retry.maxAttempts = 1 }
    try harness.refuseNext(errorClass, code: 131_026)
    return (campaign, try harness.execution(of: guest))
  }

  @Test(arguments: [(ErrorClass.recipient, "recipient"), (.transient, "retries_exhausted")])
  func `a failed execution goes on at its node, and shows the failure until it is mended`(
    errorClass: ErrorClass, reason: String
  ) throws {
    let (campaign, execution) = try failed(errorClass)
    #expect(harness.reason(of: execution) == reason)
    #expect(harness.status(campaign) == .completed)
    try harness.control(execution, .retry)
    #expect(harness.node(of: execution) == "ask")
    #expect(harness.status(execution) == .waiting)
    #expect(harness.state[execution].lastError?.errorClass == errorClass)
    #expect(harness.reason(of: execution) == "" && harness.state[execution].endedAt == .zero)
    try harness.settle()
    #expect(harness.state[execution].lastError == nil)
    #expect(harness.path(of: execution) == ["start", "ask", "ask", "wait"])
    // The campaign stays completed, and the execution acts all the same.
    #expect(harness.status(campaign) == .completed)
    try harness.tap("yes", at: "wait", of: execution)
    #expect(harness.outcome(of: execution) == "yes")
  }

  @Test func `what failed reached nobody, so any number of retries is no repetition`() throws {
    let (_, execution) = try failed()
    for _ in 0..<5 {
      try harness.control(execution, .retry)
      try harness.refuseNext(.recipient)
      #expect(harness.reason(of: execution) == "recipient")
    }
    try harness.control(execution, .retry)
    try harness.settle()
    #expect(harness.node(of: execution) == "wait")
    let node = harness.state[harness.state[execution].campaign].counters.funnel[1]
    #expect((node.entered, node.failed, node.passed) == (7, 6, 1))
  }

  @Test func `what went out counts as often as it went, whoever had it sent`() throws {
    let campaign = try harness.started(try askFlow())
    try harness.settle()
    let execution = try harness.execution(of: guest)
    for _ in 0..<2 {
      try harness.reset(execution, to: "ask")
      try harness.settle()
    }
    try harness.reset(execution, to: "ask")
    #expect(harness.reason(of: execution) == "repeating")
    try harness.control(execution, .retry)
    #expect(harness.reason(of: execution) == "repeating")
    harness.pass(.hours(6))
    try harness.control(execution, .retry)
    #expect(harness.status(execution) == .waiting)
    #expect(harness.state[campaign].counters.open == 1)
  }

  @Test func `only what failed or was skipped is retried`() throws {
    let campaign = try harness.started(try askFlow())
    try harness.settle()
    let execution = try harness.execution(of: guest)
    let refusal = harness.refusal(of: ControlExecution(execution: execution, control: .retry))
    #expect(refusal?.code == .invalidState)
    #expect(refusal?.allowed == ["pause", "cancel", "reset"])
    try harness.perform(CancelCampaign(campaign: campaign))
    try harness.settle()
    for control in [ExecutionControl.retry, .pause, .resume(isExtended: false), .cancel] {
      let refusal = harness.refusal(of: ControlExecution(execution: execution, control: control))
      #expect(refusal?.allowed == [])
    }
  }

  @Test func `who was left out at the start is judged again`() throws {
    let other = try harness.guest("Ben", phone: "+6281230000011")
    let campaign = try harness.started(try askFlow())
    let execution = try harness.execution(of: other)
    #expect(harness.reason(of: execution) == "duplicate_phone")
    let retry = ControlExecution(execution: execution, control: .retry)
    #expect(harness.refusal(of: retry)?.reason == "duplicate_phone")
    var profile = GuestProfile()
    profile.phone = Phone(number: 6_281_230_000_099)
    try harness.perform(
      UpdateGuest(
        guest: other, profile: profile, rsvp: nil, attendingCount: nil, subscription: nil,
        zone: nil))
    // With a number of their own they are asked without anybody saying so.
    #expect(harness.refusal(of: retry)?.status == "pending")
    try harness.settle()
    #expect(harness.status(execution) == .waiting)
    #expect(harness.state[execution].duplicateOf.isNone)
    #expect(harness.path(of: execution) == ["start", "ask", "wait"])
    #expect(harness.state[campaign].counters.skipped.isEmpty)
  }

  @Test func `of two left out for one number only the first goes on`() throws {
    let others = try (0..<2).map { try harness.guest("Guest \($0)", phone: "+6281230000011") }
    let campaign = try harness.started(try askFlow())
    let executions = try others.map { try harness.execution(of: $0) }
    var profile = GuestProfile()
    profile.phone = Phone(number: 6_281_230_000_099)
    try harness.perform(
      UpdateGuest(
        guest: guest, profile: profile, rsvp: nil, attendingCount: nil, subscription: nil,
        zone: nil))
    let bulk = try harness.bulk(.retry, executions, of: campaign)
    let items = try #require(harness.state.find(bulk)).items
    #expect(items[1].result == .ok)
    #expect(items[2].result == .refused && items[2].reason == "duplicate_phone")
  }

  @Test func `one who opted out on the way is skipped again until they opt in`() throws {
    try harness.started(try askFlow())
    try harness.settle()
    let execution = try harness.execution(of: guest)
    try harness.pause(execution)
    try harness.write("yes", from: guest)
    try harness.write("stop", from: guest)
    #expect(harness.reason(of: execution) == "opted_out")
    try harness.control(execution, .retry)
    // The retry asks anew; what was written to the paused wait is no answer to that.
    #expect(harness.node(of: execution) == "wait")
    #expect(!harness.state[execution].hasUnappliedReply)
  }

  @Test func `in a paused campaign a retry waits in the ready queue, also across restarts`()
    throws
  {
    _ = try harness.guest("Ben", phone: "+6281230000012")
    let campaign = try harness.started(try askFlow())
    let requests = try harness.dispatch()
    try harness.refuse(requests[0], .recipient)
    let execution = try harness.execution(of: guest)
    try harness.perform(PauseCampaign(campaign: campaign))
    try harness.control(execution, .retry)
    #expect(harness.status(execution) == .pending)
    #expect(try harness.dispatch().isEmpty && harness.state.busyCampaigns.first == nil)
    try harness.pause(execution)
    try harness.resume(execution)
    #expect(harness.status(execution) == .pending)
    try harness.restart(fromSnapshot: true)
    try harness.perform(ResumeCampaign(campaign: campaign))
    try harness.restart()
    try harness.settle()
    #expect(harness.node(of: execution) == "wait")
  }

  @Test func `a flow that turned too often may turn again`() throws {
    let document = try flow(
      #"""
      {"id": "vip", "type": "condition", "data": {"cases": [{"handle": "vip", "when": {"categories": ["vip"]}}]}},
      {"id": "rest", "type": "delay", "data": {"for": "1s"}},
      {"id": "end", "type": "end", "data": {"outcome": "done"}}
      """#, "start > vip, vip:vip > end, vip:else > rest, rest > vip")
    try harness.started(document)
    let execution = try harness.execution(of: guest)
    try harness.run(for: .hours(1))
    #expect(harness.reason(of: execution) == "too_many_sprints")
    try harness.control(execution, .retry)
    #expect(harness.status(execution) == .waiting && harness.state[execution].sprints == 1)
  }
}
