import Testing
import Wire

import CampaignEngine

struct DeleteTests {
  private let harness: EngineHarness
  private let guest: GuestID

  init() throws {
    harness = try EngineHarness.wedding()
    guest = try harness.guest("Ana", phone: "+6281230000011")
  }

  private func completed() throws -> (campaign: CampaignID, execution: ExecutionID) {
    let campaign = try harness.started(try askFlow())
    try harness.settle()
    let execution = try harness.execution(of: guest)
    try harness.tap("yes", at: "wait", of: execution)
    return (campaign, execution)
  }

  @Test func `afterwards nothing of it is found, and its identifier is not used again`() throws {
    let (campaign, execution) = try completed()
    let bulk = try harness.bulk(.retry, [execution], of: campaign)
    try harness.perform(DeleteCampaign(campaign: campaign))
    #expect(harness.state.find(campaign) == nil && harness.state.find(execution) == nil)
    #expect(harness.state.find(bulk) == nil)
    let commands: [Rejection?] = [
      harness.refusal(of: DeleteCampaign(campaign: campaign)),
      harness.refusal(of: StartCampaign(campaign: campaign, expectedEligible: nil)),
      harness.refusal(of: DuplicateCampaign(campaign: campaign, name: nil)),
      harness.refusal(of: AddGuests(campaign: campaign, guests: nil)),
      harness.refusal(of: ControlExecution(execution: execution, control: .retry)),
      harness.refusal(of: ResetExecution(execution: execution, node: "ask", keptReplies: .all)),
    ]
    #expect(commands.allSatisfy { $0?.code == .notFound })
    try harness.restart(fromSnapshot: true)
    let next = try harness.campaign(ChatflowID(space: 0, counter: 1))
    #expect(next.counter == campaign.counter + 1)
  }

  @Test(arguments: ["button", "quote", "text"])
  func `late replies to it reach nobody and are answered by nothing`(kind: String) throws {
    let (campaign, execution) = try completed()
    let sent = try #require(harness.sent.first)
    let quoted = harness.state[sent.attempt.message].gatewayID
    try harness.perform(DeleteCampaign(campaign: campaign))
    let reply =
      switch kind {
      case "button": try harness.tap("no", at: "wait", of: execution)
      case "quote": try harness.write("no", from: guest, quotes: quoted)
      default: try harness.write("no", from: guest)
      }
    #expect(harness.state[reply.message].routedBy == nil)
    #expect(harness.state[reply.message].needsAttention)
    #expect(harness.status(execution) == .completed && harness.outcome(of: execution) == "yes")
    #expect(try harness.dispatch().isEmpty)
  }

  @Test func `what a late answer had opened again ends with it`() throws {
    let (campaign, execution) = try completed()
    harness.pass(.hours(1))
    // The question that a late text gets again is on its way to the lane.
    try harness.write("well", from: guest)
    try harness.reset(execution, to: "wait")
    #expect(harness.status(execution) == .waiting)
    try harness.perform(DeleteCampaign(campaign: campaign))
    #expect(try harness.dispatch().isEmpty)
    try harness.write("no", from: guest)
    #expect(harness.status(execution) == .waiting)
    try harness.restart(fromSnapshot: true)
    try harness.settle()
    #expect(harness.status(execution) == .cancelled)
    #expect(harness.reason(of: execution) == "campaign_deleted")
    #expect(harness.state[campaign].counters.messages[MessageStatus.queued.index] == 0)
  }

  @Test func `only drafts and what has ended is deleted; only what has ended is duplicated`() throws
  {
    let campaign = try harness.campaign(try harness.flow(try askFlow()))
    let duplicate = DuplicateCampaign(campaign: campaign, name: nil)
    #expect(harness.refusal(of: duplicate)?.code == .invalidState)
    try harness.start(campaign)
    #expect(harness.refusal(of: DeleteCampaign(campaign: campaign))?.code == .invalidState)
    try harness.perform(CancelCampaign(campaign: campaign))
    let copy = try harness.perform(DuplicateCampaign(campaign: campaign, name: "Again"))
    #expect(harness.state[copy].settings.name == "Again" && harness.status(copy) == .draft)
    #expect(
      harness.state[copy].counters.audience == 0 && harness.state[copy].progress.enrolment == nil)
    try harness.perform(DeleteCampaign(campaign: campaign))
    try harness.start(copy)
    #expect(harness.state[copy].counters.audience == 1)
  }
}
