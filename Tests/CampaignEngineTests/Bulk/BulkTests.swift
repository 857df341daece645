import Testing
import Wire

@testable import CampaignEngine

struct BulkTests {
  private let harness: EngineHarness

  init() throws { harness = try EngineHarness.wedding() }

  /// A campaign whose executions all wait for an answer to nothing.
  private func waiting(_ count: Int) throws -> CampaignID {
    var left = count
    while left > 0 {
      try harness.guests(min(left, 1000))
      left -= 1000
    }
    let document = try flow(
      #"""
      {"id": "wait", "type": "wait_reply", "data": {"timeout": "20h",
        "replies": [{"handle": "yes", "title": {"*": "Yes"}}]}},
      {"id": "end", "type": "end", "data": {"outcome": "done"}}
      """#, "start > wait, wait:yes > end, wait:timeout > end, wait:default > end")
    return try harness.started(document)
  }

  private func count(_ status: ExecutionStatus, in campaign: CampaignID) -> Int {
    harness.state[campaign].counters.executions[status.index]
  }

  private func found(_ bulk: BulkID) throws -> BulkState { try #require(harness.state.find(bulk)) }

  @Test func `each execution gets its result, and one that is refused holds up nobody`() throws {
    let campaign = try waiting(3)
    let executions = harness.members(of: campaign)
    try harness.pause(executions[1])
    let bulk = try harness.bulk(.pause, executions, of: campaign)
    let state = try found(bulk)
    #expect(state.row.status == .completed && state.row.okCount == 2 && state.row.refusedCount == 1)
    #expect((1...3).map { state.items[$0].result } == [.ok, .refused, .ok])
    #expect(state.items[2].status == .paused && state.items[2].reason == nil)
    #expect(count(.paused, in: campaign) == 3)
  }

  @Test func `resuming with extension moves every deadline`() throws {
    let campaign = try waiting(2)
    let executions = harness.members(of: campaign)
    let until = try #require(harness.state[executions[0]].wait?.until)
    try harness.bulk(.pause, executions, of: campaign)
    harness.pass(.hours(30))
    var row = Bulk()
    (row.campaign, row.action, row.isExtended) = (campaign, .resume, true)
    try harness.perform(StartBulk(row: row, .executions(executions)))
    for execution in executions {
      #expect(harness.state[execution].wait?.until == until + .hours(30))
    }
  }

  @Test func `more than a thousand are done in slices, across restarts and changes between`()
    throws
  {
    let campaign = try waiting(1030)
    let executions = harness.members(of: campaign)
    let bulk = try harness.bulk(.cancel, executions, of: campaign)
    let begun = try found(bulk)
    #expect(begun.done == 0 && begun.selected == 1030)
    try harness.perform(ContinueCampaigns())
    #expect(try found(bulk).done == Limits.executionsPerSlice)
    #expect(count(.cancelled, in: campaign) == Limits.executionsPerSlice)
    // What happens between the selection and the slice decides.
    try harness.tap("yes", at: "wait", of: executions[1000])
    try harness.restart(fromSnapshot: true)
    try harness.perform(ContinueCampaigns())
    try harness.restart()
    try harness.enrol()
    let state = try found(bulk)
    #expect(state.row.status == .completed)
    #expect(state.row.okCount == 1029 && state.row.refusedCount == 1)
    #expect(state.items[1001].status == .completed)
    #expect(harness.status(campaign) == .completed)
  }

  @Test func `retried executions go on from the ready queue, in slices`() throws {
    let campaign = try waiting(300)
    let executions = harness.members(of: campaign)
    try harness.perform(PauseCampaign(campaign: campaign))
    for execution in executions.prefix(10) { try harness.control(execution, .cancel) }
    let bulk = try harness.bulk(.retry, executions, of: campaign)
    #expect(try found(bulk).row.okCount == 0)
    for execution in executions.prefix(10) { try harness.reset(execution, to: "wait") }
    #expect(count(.pending, in: campaign) == 10)
    try harness.restart(fromSnapshot: true)
    try harness.perform(ResumeCampaign(campaign: campaign))
    try harness.enrol()
    #expect(count(.waiting, in: campaign) == 300)
  }

  @Test func `a campaign that is cancelled in the middle refuses the rest`() throws {
    let campaign = try waiting(600)
    var row = Bulk()
    (row.campaign, row.action) = (campaign, .pause)
    var command = StartBulk(row: row, .executions(harness.members(of: campaign)))
    command.doneInCall = 0
    let bulk = try harness.perform(command)
    try harness.perform(ContinueCampaigns())
    try harness.perform(CancelCampaign(campaign: campaign))
    try harness.enrol()
    let state = try found(bulk)
    #expect(state.row.okCount == 256 && state.row.refusedCount == 344)
    #expect(state.items[600].reason == BulkItem.campaignCancelled)
    #expect(count(.cancelled, in: campaign) == 600)
  }

  @Test func `a campaign that is deleted in the middle takes the operation along`() throws {
    let campaign = try waiting(300)
    let executions = harness.members(of: campaign)
    try harness.bulk(.cancel, executions, of: campaign)
    #expect(harness.status(campaign) == .completed)
    var row = Bulk()
    (row.campaign, row.action) = (campaign, .retry)
    var command = StartBulk(row: row, .executions(executions))
    command.doneInCall = 0
    let bulk = try harness.perform(command)
    try harness.perform(ContinueCampaigns())
    try harness.perform(DeleteCampaign(campaign: campaign))
    #expect(harness.state.find(bulk) == nil)
    #expect(harness.state.busyCampaigns.first == nil)
    try harness.restart(fromSnapshot: true)
    #expect(harness.state.busyCampaigns.first == nil)
  }

  @Test func `nothing selected is done at once, and what is foreseen changes nothing`() throws {
    let campaign = try waiting(1)
    let bulk = try harness.bulk(.retry, [], of: campaign)
    #expect(try found(bulk).row.status == .completed)
    let execution = try #require(harness.members(of: campaign).first)
    #expect(harness.engine.foreseenRejection(of: .retry, on: execution)?.code == .invalidState)
    #expect(harness.engine.foreseenRejection(of: .pause, on: execution) == nil)
    #expect(harness.status(execution) == .waiting)
    #expect(harness.refusal(of: StartBulk(row: Bulk(), .executions([])))?.code == .notFound)
  }
}
