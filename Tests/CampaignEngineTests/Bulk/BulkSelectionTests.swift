import Testing
import Wire

@testable import CampaignEngine

/// Selections by a condition in campaigns with more executions than one command looks at: here four,
/// where the condition asks one thing.
struct BulkSelectionTests {
  private let harness: EngineHarness

  init() throws { harness = try EngineHarness.wedding(pace: Pace(tests: 8, walks: 4)) }

  /// A campaign whose executions all wait for an answer.
  private func waiting(_ count: Int) throws -> CampaignID {
    try harness.guests(count) { $0.category = "vip" }
    return try harness.started(try askFlow())
  }

  private func begin(
    _ action: BulkAction, _ query: String, of campaign: CampaignID
  ) throws -> BulkID {
    var row = Bulk()
    (row.campaign, row.action) = (campaign, action)
    return try harness.perform(StartBulk(row: row, .query(query)))
  }

  private func found(_ bulk: BulkID) throws -> BulkState { try #require(harness.state.find(bulk)) }

  private func count(_ status: ExecutionStatus, in campaign: CampaignID) -> Int {
    harness.state[campaign].counters.executions[status.index]
  }

  @Test func `a short one is made at once, and its executions are done in the call`() throws {
    let campaign = try waiting(4)
    let bulk = try begin(.pause, "category = vip", of: campaign)
    #expect(try found(bulk).row.status == .completed)
    #expect(try found(bulk).row.okCount == 4)
  }

  @Test func `a long one is made in slices before the first is changed, over restarts`() throws {
    let campaign = try waiting(10)
    let executions = harness.members(of: campaign)
    try harness.control(executions[3], .cancel)
    let bulk = try begin(.pause, "execution.status = waiting", of: campaign)
    #expect(try found(bulk).row.status == .selecting)
    #expect(try found(bulk).selected == 0)
    try harness.perform(ContinueCampaigns())
    #expect(try found(bulk).selected == 3)
    try harness.restart(fromSnapshot: true)
    // What happens before its slice decides whether one is meant.
    try harness.control(executions[8], .cancel)
    try harness.perform(ContinueCampaigns())
    try harness.restart()
    #expect(count(.paused, in: campaign) == 0)
    try harness.perform(ContinueCampaigns())
    #expect(try found(bulk).row.status == .running)
    #expect(try found(bulk).selected == 8)
    try harness.enrol()
    #expect(try found(bulk).row.status == .completed)
    #expect(try found(bulk).row.okCount == 8)
    #expect(count(.paused, in: campaign) == 8)
  }

  @Test func `executions that come meanwhile are not meant`() throws {
    let campaign = try waiting(10)
    let bulk = try begin(.pause, "category = vip", of: campaign)
    let late = try harness.guest("Late", phone: "+6281230000011") { $0.category = "vip" }
    try harness.perform(AddGuests(campaign: campaign, guests: [late]))
    try harness.enrol()
    #expect(try found(bulk).selected == 10)
    #expect(count(.paused, in: campaign) == 10)
    #expect(harness.status(try harness.execution(of: late)) == .waiting)
  }

  @Test func `one that finds nobody ends with its last slice`() throws {
    let campaign = try waiting(10)
    let bulk = try begin(.cancel, "category = nobody", of: campaign)
    #expect(try found(bulk).row.status == .selecting)
    try harness.enrol()
    #expect(try found(bulk).row.status == .completed)
    #expect(try found(bulk).selected == 0)
    #expect(try found(bulk).row.endedAt == harness.state.now)
    #expect(harness.status(campaign) == .running)
  }

  @Test func `a condition that the project no longer knows means nobody else`() throws {
    let campaign = try waiting(10)
    let bulk = try begin(.pause, "rsvp.dinner = pending", of: campaign)
    try harness.perform(ContinueCampaigns())
    #expect(try found(bulk).selected == 4)
    var change = ProjectChange()
    change.events = harness.state.project(of: 0).row.events.filter { $0.key != "dinner" }
    try harness.perform(UpdateProject(project: harness.project, change: change))
    try harness.enrol()
    #expect(try found(bulk).row.status == .completed)
    #expect(try found(bulk).selected == 4)
  }

  @Test func `a campaign that is cancelled refuses all, and one that is deleted takes it along`()
    throws
  {
    let campaign = try waiting(10)
    let bulk = try begin(.pause, "category = vip", of: campaign)
    try harness.perform(ContinueCampaigns())
    try harness.perform(CancelCampaign(campaign: campaign))
    try harness.enrol()
    #expect(try found(bulk).row.refusedCount == 10)
    #expect(try found(bulk).items[10].reason == BulkItem.campaignCancelled)
    let other = try begin(.retry, "category = vip", of: campaign)
    try harness.perform(DeleteCampaign(campaign: campaign))
    try harness.enrol()
    #expect(harness.state.find(other) == nil && harness.state.busyCampaigns.first == nil)
  }

  /// The binary form is a number, and what was appended to a row may be missing.
  @Test func `rows that were written before there were slices are read as they were`() throws {
    #expect(Binary.encode(BulkStatus.running) == [0])
    #expect(Binary.encode(BulkStatus.completed) == [1])
    var enrolment = Enrolment()
    (enrolment.done, enrolment.total, enrolment.cursor, enrolment.lastGuest) = (1, 2, 3, 4)
    var before = Binary.encode(enrolment)
    before.removeLast()
    before[0] -= 1
    let read = try Binary.decode(Enrolment.self, from: before)
    #expect(read == enrolment)
    #expect(read.isCounted)
  }

  @Test func `a project that is deleted meanwhile is no work any more`() throws {
    let campaign = try waiting(10)
    try harness.perform(CancelCampaign(campaign: campaign))
    try harness.enrol()
    _ = try begin(.retry, "category = vip", of: campaign)
    var row = Bulk()
    (row.campaign, row.action) = (campaign, .pause)
    var command = StartBulk(row: row, .executions(harness.members(of: campaign)))
    command.doneInCall = 0
    try harness.perform(command)
    try harness.perform(DeleteProject(project: harness.project))
    #expect(harness.state.busyCampaigns.first == nil)
    try harness.restart(fromSnapshot: true)
    #expect(harness.state.busyCampaigns.first == nil)
  }

  @Test func `a wrong condition is refused, and nothing is begun`() throws {
    let campaign = try waiting(10)
    var row = Bulk()
    row.campaign = campaign
    let refusal = harness.refusal(of: StartBulk(row: row, .query("category =")))
    #expect(refusal?.code == .invalidParams)
    #expect(harness.state.project(of: 0).bulks.rows.isEmpty)
  }
}
