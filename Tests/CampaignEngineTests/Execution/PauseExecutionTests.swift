import Testing
import Wire

import CampaignEngine

struct PauseExecutionTests {
  private let harness: EngineHarness
  private let guest: GuestID

  init() throws {
    harness = try EngineHarness.wedding()
    guest = try harness.guest("Ana", phone: "+6281230000011")
  }

  private func asked(
    _ document: ChatflowDocument? = nil
  ) throws -> (campaign: CampaignID, execution: ExecutionID) {
    let campaign = try harness.started(try document ?? askFlow())
    try harness.settle()
    return (campaign, try harness.execution(of: guest))
  }

  @Test func `no timer and no reply of a paused execution acts`() throws {
    let (campaign, execution) = try asked()
    let wait = harness.state[execution].wait
    try harness.pause(execution)
    try harness.tap("yes", at: "wait", of: execution)
    try harness.run(for: .days(3))
    #expect(harness.status(execution) == .paused && harness.state[execution].wait == wait)
    #expect(harness.status(campaign) == .running)
    try harness.resume(execution)
    #expect(harness.outcome(of: execution) == "yes")
    #expect(harness.status(campaign) == .completed)
  }

  @Test(arguments: [(Int64(19), "yes"), (21, "timeout")])
  func `an answer before the deadline beats the timeout, a later one does not`(
    hours: Int64, outcome: String
  ) throws {
    let (_, execution) = try asked()
    try harness.pause(execution)
    harness.pass(.hours(hours))
    try harness.write("yes", from: guest)
    harness.pass(.hours(9))
    try harness.restart(fromSnapshot: true)
    try harness.resume(execution)
    #expect(harness.outcome(of: execution) == outcome)
  }

  @Test func `extending gives back the time that the pause took`() throws {
    let (_, execution) = try asked()
    let until = try #require(harness.state[execution].wait?.until)
    harness.pass(.hours(5))
    try harness.pause(execution)
    try harness.run(for: .hours(40))
    try harness.resume(execution, extends: true)
    #expect(harness.state[execution].wait?.until == until + .hours(40))
    try harness.run(for: .hours(14))
    #expect(harness.status(execution) == .waiting)
    try harness.run(for: .hours(1))
    #expect(harness.outcome(of: execution) == "timeout")
  }

  @Test func `an answer in the time given back still counts`() throws {
    let (_, execution) = try asked()
    try harness.pause(execution)
    harness.pass(.hours(30))
    try harness.write("no", from: guest)
    try harness.resume(execution, extends: true)
    #expect(harness.outcome(of: execution) == "no")
  }

  @Test func `a campaign's resume leaves paused executions alone`() throws {
    let (campaign, execution) = try asked()
    try harness.pause(execution)
    try harness.write("yes", from: guest)
    try harness.perform(PauseCampaign(campaign: campaign))
    try harness.perform(ResumeCampaign(campaign: campaign))
    try harness.settle()
    #expect(harness.status(execution) == .paused)
    #expect(harness.state[execution].hasUnappliedReply)
    try harness.perform(PauseCampaign(campaign: campaign))
    try harness.resume(execution)
    #expect(harness.status(execution) == .waiting)
    try harness.perform(ResumeCampaign(campaign: campaign))
    try harness.settle()
    #expect(harness.outcome(of: execution) == "yes")
  }

  @Test func `a delay that passed during the pause is over`() throws {
    let document = try shortFlow()
    let vip = try harness.guest("Ben", phone: "+6281230000012") { $0.category = "vip" }
    try harness.started(document)
    let execution = try harness.execution(of: vip)
    try harness.pause(execution)
    try harness.run(for: .hours(6))
    #expect(harness.status(execution) == .paused)
    try harness.resume(execution)
    #expect(harness.outcome(of: execution) == "done")
  }

  @Test func `a message that waits to be sent waits on, and goes after the resume`() throws {
    try harness.started(try askFlow())
    let execution = try harness.execution(of: guest)
    try harness.pause(execution)
    #expect(try harness.dispatch().isEmpty)
    try harness.restart(fromSnapshot: true)
    #expect(try harness.dispatch().isEmpty)
    try harness.resume(execution)
    try harness.settle()
    #expect(harness.node(of: execution) == "wait")
  }

  @Test func `news of a message under way is taken over on resume`() throws {
    try harness.started(try askFlow())
    let execution = try harness.execution(of: guest)
    let request = try #require(try harness.dispatch().first)
    try harness.pause(execution)
    try harness.accept(request)
    #expect(harness.node(of: execution) == "ask")
    try harness.resume(execution)
    #expect(harness.node(of: execution) == "wait")
  }

  @Test func `a refused message is tried again after the resume, and shown so before`() throws {
    try harness.started(try askFlow())
    let execution = try harness.execution(of: guest)
    let request = try #require(try harness.dispatch().first)
    try harness.pause(execution)
    try harness.refuse(request, .transient)
    #expect(harness.status(execution) == .paused)
    #expect(harness.state[execution].wait?.kind == .retry)
    try harness.run(for: .hours(1))
    #expect(harness.status(execution) == .paused)
    try harness.resume(execution)
    try harness.settle()
    #expect(harness.node(of: execution) == "wait")
  }

  @Test func `a late failure takes a paused execution back too`() throws {
    let (_, execution) = try asked()
    try harness.pause(execution)
    let request = try #require(harness.sent.first)
    try harness.report(request, .failed, error: MessageError(.recipient, message: "gone"))
    #expect(harness.status(execution) == .paused && harness.node(of: execution) == "ask")
    try harness.restart(fromSnapshot: true)
    try harness.resume(execution)
    #expect(harness.status(execution) == .failed && harness.reason(of: execution) == "recipient")
  }

  @Test func `a late failure that is retried is retried after the resume`() throws {
    let (_, execution) = try asked()
    try harness.pause(execution)
    let request = try #require(harness.sent.first)
    try harness.report(request, .failed, error: MessageError(.transient, message: "again"))
    #expect(harness.status(execution) == .paused)
    try harness.run(for: .hours(1))
    try harness.resume(execution)
    try harness.settle()
    #expect(harness.node(of: execution) == "wait")
    #expect(harness.state[request.attempt.message].attempts == 2)
  }

  @Test func `a question that never went out cannot have run out`() throws {
    let (campaign, execution) = try asked(formFlow())
    try harness.write("yes", from: guest)
    #expect(harness.node(of: execution) == "form")
    try harness.pause(execution)
    try harness.run(for: .hours(8))
    try harness.resume(execution)
    #expect(harness.node(of: execution) == "form")
    // The same holds for a pause of the campaign.
    try harness.perform(PauseCampaign(campaign: campaign))
    try harness.run(for: .hours(8))
    try harness.perform(ResumeCampaign(campaign: campaign))
    try harness.enrol()
    #expect(harness.node(of: execution) == "form")
    try harness.write("hello", from: guest)
    try harness.settle()
    try harness.write("Vegetarian", from: guest)
    #expect(harness.outcome(of: execution) == "done")
  }

  @Test func `a held invitation that is due goes after the resume`() throws {
    let campaign = try harness.started(try document(rsvpFlow)) { row in
      row.settings.sessionPolicy.mode = .holdFor
      row.settings.sessionPolicy.duration = .hours(10)
    }
    let execution = try harness.execution(of: guest)
    #expect(harness.state[execution].wait?.kind == .session)
    try harness.pause(execution)
    try harness.run(for: .hours(12))
    #expect(harness.state[campaign].counters.messages[MessageStatus.pending.index] == 1)
    try harness.resume(execution)
    try harness.settle()
    #expect(harness.node(of: execution) == "answer")
  }

  @Test func `a turn that came during the pause is taken on resume`() throws {
    let (_, first) = try asked()
    let second = try harness.started(try askFlow())
    let execution = try harness.execution(of: guest, in: second)
    #expect(harness.state[execution].wait?.kind == .turn)
    try harness.pause(execution)
    try harness.tap("yes", at: "wait", of: first)
    try harness.settle()
    #expect(harness.status(execution) == .paused)
    try harness.resume(execution)
    try harness.settle()
    #expect(harness.node(of: execution) == "wait")
  }

  @Test func `cancelling stops the visit, the message in the lane and the turn`() throws {
    try harness.started(try askFlow())
    let execution = try harness.execution(of: guest)
    let second = try harness.started(try askFlow())
    let waiting = try harness.execution(of: guest, in: second)
    try harness.control(execution, .cancel)
    #expect(harness.status(execution) == .cancelled)
    #expect(harness.reason(of: execution) == "cancelled")
    let campaign = harness.state[execution].campaign
    let node = harness.state[campaign].counters.funnel[1]
    #expect((node.entered, node.stopped, node.inside) == (1, 1, 0))
    #expect(harness.state[campaign].counters.messages[MessageStatus.cancelled.index] == 1)
    #expect(harness.status(campaign) == .completed)
    try harness.settle()
    #expect(harness.node(of: waiting) == "wait")
  }
}
