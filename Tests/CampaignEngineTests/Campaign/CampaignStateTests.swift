import Testing
import Wire

import CampaignEngine

private let wait = #"""
  {"id": "wait", "type": "wait_reply", "data": {"timeout": "20h"}}
  """#

struct CampaignStateTests {
  /// A campaign in the state asked for, by the commands that lead there.
  private func campaign(_ status: CampaignStatus, in harness: EngineHarness) throws -> CampaignID {
    try harness.guests(1)
    let id = try harness.campaign(try harness.flow(try flow(wait, "start > wait"))) { row in
      if status == .scheduled { row.status = .scheduled }
    }
    if status == .draft || status == .scheduled { return id }
    try harness.start(id)
    switch status {
    case .paused: try harness.perform(PauseCampaign(campaign: id))
    case .completed: try harness.run(for: .hours(20))
    case .cancelled:
      try harness.perform(CancelCampaign(campaign: id))
      try harness.settle()
    case .draft, .scheduled, .running: break
    }
    #expect(harness.state[id].status == status)
    return id
  }

  private static let allowed: [CampaignStatus: [CampaignAction]] = [
    .draft: [.update, .schedule, .start, .delete],
    .scheduled: [.update, .unschedule, .start, .cancel],
    .running: [.pause, .cancel, .addGuests],
    .paused: [.resume, .cancel, .addGuests],
    .completed: [.delete, .duplicate, .addGuests],
    .cancelled: [.delete, .duplicate],
  ]

  @Test(arguments: CampaignStatus.allCases)
  func `the table says what each state allows`(status: CampaignStatus) {
    #expect(status.allowed == Self.allowed[status])
    #expect(status.isEnded == [.completed, .cancelled].contains(status))
  }

  @Test(arguments: CampaignStatus.allCases, [CampaignAction.start, .pause, .resume, .cancel])
  func `each action is done where the table allows it, and refused elsewhere`(
    status: CampaignStatus, action: CampaignAction
  ) throws {
    let harness = try EngineHarness.wedding()
    let id = try campaign(status, in: harness)
    let refusal: Rejection?
    let next: CampaignStatus
    let done: String
    switch action {
    case .start:
      refusal = harness.refusal(of: StartCampaign(campaign: id, expectedEligible: nil))
      (next, done) = (.running, "started")
    case .pause:
      refusal = harness.refusal(of: PauseCampaign(campaign: id))
      (next, done) = (.paused, "paused")
    case .resume:
      refusal = harness.refusal(of: ResumeCampaign(campaign: id))
      (next, done) = (.running, "resumed")
    default:
      refusal = harness.refusal(of: CancelCampaign(campaign: id))
      (next, done) = (.cancelled, "cancelled")
    }
    guard status.allowed.contains(action) else {
      let refusal = try #require(refusal)
      #expect(refusal.code == .invalidState)
      #expect((refusal.id, refusal.action) == (id.wireText, action.rawValue))
      #expect(refusal.status == status.rawValue)
      #expect(refusal.allowed == status.allowed.map(\.rawValue))
      #expect(
        refusal.message.hasPrefix("\(id.wireText) is \(status.rawValue) and cannot be \(done); "))
      #expect(harness.state[id].status == status)
      return
    }
    #expect(refusal == nil)
    #expect(harness.state[id].status == next)
  }

  @Test func `a second start is refused in these words`() throws {
    let harness = try EngineHarness.wedding()
    let id = try campaign(.running, in: harness)
    let refusal = harness.refusal(of: StartCampaign(campaign: id, expectedEligible: nil))
    #expect(
      refusal?.message
        == "cmp_1 is running and cannot be started; pause, cancel or add_guests are possible.")
  }

  @Test(arguments: ExecutionStatus.allCases)
  func `what can be done to an execution`(status: ExecutionStatus) {
    let expected: [ExecutionAction] =
      switch status {
      case .pending, .active: [.pause, .cancel]
      case .waiting: [.pause, .cancel, .reset]
      case .paused: [.resume, .cancel, .reset]
      case .failed, .skipped: [.retry, .reset]
      case .completed, .cancelled: [.reset]
      }
    #expect(status.allowed == expected)
  }

  @Test func `a campaign without guests completes at once`() throws {
    let harness = try EngineHarness.wedding()
    let id = try harness.started(try flow(wait, "start > wait"))
    #expect(harness.state[id].status == .completed)
    #expect(harness.state[id].progress.enrolment?.total == 0)
  }

  @Test func `a campaign completes when its last execution has ended`() throws {
    let harness = try EngineHarness.wedding()
    let guests = try harness.guests(2)
    let id = try harness.started(try flow(wait, "start > wait"))
    try harness.write("a", from: guests[0])
    #expect(harness.state[id].status == .running)
    try harness.write("b", from: guests[1])
    #expect(harness.state[id].status == .completed)
    #expect(harness.state[id].endedAt == harness.now)
  }

  @Test func `create and start are refused before anything changed`() throws {
    let harness = try EngineHarness.wedding()
    let flow = try harness.flow(try flow(wait, "start > wait"))
    var row = Campaign()
    row.settings.chatflow = ChatflowID(space: 0, counter: 9)
    let project = harness.project
    #expect(harness.refusal(of: CreateCampaign(project: project, row: row))?.code == .notFound)
    row.settings.chatflow = flow
    row.settings.sessionPolicy.mode = .holdFor
    #expect(
      harness.refusal(of: CreateCampaign(project: project, row: row))?.field
        == "session_policy.duration")
    row.settings.sessionPolicy.duration = .hours(24)
    #expect(
      harness.refusal(of: CreateCampaign(project: ProjectID(space: 0, counter: 5), row: row))?.code
        == .notFound)
    #expect(harness.refusal(of: CreateCampaign(project: project, row: row)) == nil)
    let unknown = CampaignID(space: 0, counter: 7)
    #expect(
      harness.refusal(of: StartCampaign(campaign: unknown, expectedEligible: nil))?.code
        == .notFound)
    #expect(harness.refusal(of: PauseCampaign(campaign: unknown))?.code == .notFound)
  }

  @Test func `a start that expected another audience is a conflict`() throws {
    let harness = try EngineHarness.wedding()
    try harness.guests(3)
    let id = try harness.campaign(try harness.flow(try flow(wait, "start > wait")))
    let refusal = harness.refusal(of: StartCampaign(campaign: id, expectedEligible: 2))
    #expect(refusal?.code == .conflict)
    #expect(refusal?.reason == "audience_changed")
    #expect(harness.state[id].status == .draft)
    #expect(harness.refusal(of: StartCampaign(campaign: id, expectedEligible: 3)) == nil)
  }

  @Test func `a refused command leaves no trace, not even the time`() throws {
    let harness = try EngineHarness.wedding()
    try harness.guests(1)
    let id = try harness.campaign(try harness.flow(try flow(wait, "start > wait")))
    let before = harness.state.now
    harness.pass(.hours(1))
    _ = harness.refusal(of: PauseCampaign(campaign: id))
    #expect(harness.state.now == before)
    try harness.perform(FireTimers())
    #expect(harness.state.now == before)
    // The next command at the same moment has to write the time of its events.
    try harness.start(id)
    #expect(harness.state[id].startedAt == harness.now)
    #expect(harness.twin.now == harness.now)
  }
}
