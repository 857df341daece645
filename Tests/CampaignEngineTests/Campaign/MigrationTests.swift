import Testing
import Wire

import CampaignEngine

/// A question, a form and an end; the second version renames the question, asks another form and
/// thanks before it ends.
private func first() throws -> ChatflowDocument {
  try flow(
    #"""
    {"id": "ask", "type": "send_template", "data": {"template": "rsvp_reminder",
      "parameters": {"guest_name": "{{guest.name}}"},
      "buttons": [{"handle": "yes"}, {"handle": "no"}]}},
    {"id": "wait", "type": "wait_reply", "data": {"timeout": "20h", "late_change": "until_event",
      "replies": [{"handle": "yes", "title": {"*": "Yes"}}, {"handle": "no", "title": {"*": "No"}}]}},
    {"id": "form", "type": "guest_form", "data": {"timeout": "9h", "questions": [
      {"key": "menu", "kind": "text", "ask": {"*": "Menu?"}}]}},
    {"id": "old_end", "type": "end", "data": {"outcome": "old"}}
    """#,
    """
    start > ask, ask > wait, wait:yes > form, wait:no > old_end, wait:timeout > old_end,
    wait:default > old_end, form:submitted > old_end, form:timeout > old_end, form:invalid > old_end
    """)
}

private func second(form key: String = "menu") throws -> ChatflowDocument {
  try flow(
    #"""
    {"id": "ask", "type": "send_template", "data": {"template": "rsvp_reminder",
      "parameters": {"guest_name": "{{guest.name}}"},
      "buttons": [{"handle": "yes"}, {"handle": "no"}]}},
    {"id": "hear", "type": "wait_reply", "data": {"timeout": "20h", "late_change": "until_event",
      "replies": [{"handle": "yes", "title": {"*": "Yes"}}, {"handle": "no", "title": {"*": "No"}}]}},
    {"id": "form", "type": "guest_form", "data": {"timeout": "9h", "questions": [
      {"key": "\#(key)", "kind": "text", "ask": {"*": "Well?"}}]}},
    {"id": "new_end", "type": "end", "data": {"outcome": "new"}}
    """#,
    """
    start > ask, ask > hear, hear:yes > form, hear:no > new_end, hear:timeout > new_end,
    hear:default > new_end, form:submitted > new_end, form:timeout > new_end, form:invalid > new_end
    """)
}

struct MigrationTests {
  private let harness: EngineHarness
  private let guests: [GuestID]
  private let campaign: CampaignID

  init() throws {
    harness = try EngineHarness.wedding()
    guests = try harness.guests(3)
    campaign = try harness.started(try first())
    try harness.settle()
  }

  private func save(_ document: ChatflowDocument) throws {
    try harness.perform(
      SaveChatflow(
        project: harness.project, chatflow: harness.state[campaign].settings.chatflow, name: nil,
        document: document))
  }

  private func migrate(
    _ map: [(String, String)] = [("wait", "hear")], version: Int? = nil
  ) throws -> [MigrationPlan.Standing] {
    let plan = try MigrationPlan(
      campaign: campaign, version: version, map: map.map { (from: $0.0, to: $0.1) },
      in: harness.state)
    let standings = plan.standings(in: harness.state)
    try harness.perform(MigrateCampaign(campaign: campaign, plan: plan))
    return standings
  }

  private func execution(_ index: Int) throws -> ExecutionID {
    try harness.execution(of: guests[index], in: campaign)
  }

  @Test func `an execution that waits goes on waiting in the new version, to the same deadline`()
    throws
  {
    try save(try second())
    let before = try #require(harness.state[execution(0)].wait)
    let standings = try migrate()
    #expect(standings.map(\.executions) == [3])
    #expect(standings.map(\.result) == [.moved])
    try harness.settle()
    let row = harness.state[try execution(0)]
    #expect(row.wait?.until == before.until)
    #expect(harness.path(of: try execution(0)) == ["start", "ask", "hear"])
    try harness.tap("no", at: "hear", of: execution(0))
    #expect(harness.outcome(of: try execution(0)) == "new")
    try harness.run(for: .hours(21))
    #expect(harness.outcome(of: try execution(1)) == "new")
  }

  @Test func `a button that was sent before finds the question under its new name`() throws {
    try save(try second())
    _ = try migrate()
    try harness.settle()
    let result = try harness.tap("no", at: "wait", of: execution(0))
    #expect(harness.state[result.message].routedBy == .button)
    #expect(harness.outcome(of: try execution(0)) == "new")
  }

  @Test(arguments: [("menu", MigrationResult.moved), ("diet", .enteredAnew)])
  func `a form goes on where its question is the same, and is asked anew where it is not`(
    key: String, result: MigrationResult
  ) throws {
    try harness.tap("yes", at: "wait", of: execution(0))
    try harness.settle()
    try save(try second(form: key))
    let standings = try migrate()
    #expect(standings.first { $0.node == "form" }?.result == result)
    try harness.settle()
    #expect(harness.node(of: try execution(0)) == "form")
    try harness.write("Fish", from: guests[0])
    try harness.settle()
    #expect(harness.outcome(of: try execution(0)) == "new")
    #expect(harness.variable(key, of: try execution(0)) == "Fish")
    let asked = harness.sent.count { $0.content == .text("Well?") }
    #expect(asked == (result == .moved ? 0 : 1))
  }

  @Test func `what has no place in the new version goes on in the old one`() throws {
    try save(try second())
    let standings = try migrate([])
    #expect(standings.map(\.result) == [.stays])
    try harness.settle()
    try harness.tap("no", at: "wait", of: execution(0))
    #expect(harness.outcome(of: try execution(0)) == "old")
    #expect(harness.state[campaign].chatflowVersion == 2)
  }

  @Test func `those who have ended stay as they are, and those who join walk the new version`()
    throws
  {
    try harness.tap("no", at: "wait", of: execution(0))
    try save(try second())
    _ = try migrate()
    try harness.settle()
    let late = try harness.guest("Late", phone: "+6281230000099")
    try harness.perform(AddGuests(campaign: campaign, guests: nil))
    try harness.settle()
    #expect(harness.path(of: try execution(0)) == ["start", "ask", "wait", "old_end"])
    #expect(harness.path(of: try harness.execution(of: late)) == ["start", "ask", "hear"])
    // A change of mind re-enters the question that was asked.
    let result = try harness.tap("yes", at: "wait", of: execution(0))
    #expect(result.hasReopened)
    #expect(harness.node(of: try execution(0)) == "form")
  }

  @Test func `a migration goes on after a restart between its slices, also during a pause`() throws
  {
    let harness = try EngineHarness(
      fullComparisonInterval: 20, wedding: { _ in })
    try harness.guests(Limits.executionsPerSlice + 40)
    let campaign = try harness.started(try first())
    try harness.perform(
      SaveChatflow(
        project: harness.project, chatflow: harness.state[campaign].settings.chatflow, name: nil,
        document: try second()))
    let plan = try MigrationPlan(campaign: campaign, version: nil, map: [], in: harness.state)
    try harness.perform(MigrateCampaign(campaign: campaign, plan: plan))
    try harness.perform(ContinueCampaigns())
    try harness.perform(PauseCampaign(campaign: campaign))
    try harness.restart(fromSnapshot: true)
    try harness.enrol()
    #expect(harness.state[campaign].migration.migratedMembers == nil)
    let graph = harness.state.graph(of: campaign)
    for execution in harness.state.members(of: campaign) {
      #expect(harness.state[execution].node.map(graph.region) == 1)
    }
    try harness.perform(ResumeCampaign(campaign: campaign))
    try harness.settle()
    #expect(harness.state.checkInvariants().isEmpty)
  }

  @Test func `a second migration finds those who stayed behind in the first`() throws {
    try save(try second())
    _ = try migrate([])
    try harness.settle()
    try save(try second(form: "diet"))
    let standings = try migrate([("wait", "hear")])
    #expect(standings.map(\.result) == [.moved])
    try harness.settle()
    #expect(harness.node(of: try execution(1)) == "hear")
    try harness.tap("yes", at: "wait", of: execution(1))
    try harness.settle()
    try harness.write("No nuts", from: guests[1])
    #expect(harness.variable("diet", of: try execution(1)) == "No nuts")
  }

  @Test func `what cannot be meant is refused`() throws {
    func refusal(_ map: [(from: String, to: String)], version: Int? = nil) -> Rejection? {
      do throws(Rejection) {
        _ = try MigrationPlan(campaign: campaign, version: version, map: map, in: harness.state)
        return nil
      } catch {
        return error
      }
    }
    #expect(refusal([])?.field == "version")
    try save(try second())
    #expect(refusal([], version: 3)?.reason == "not_another_version")
    #expect(refusal([(from: "nowhere", to: "hear")])?.field == "node_map.nowhere")
    #expect(refusal([(from: "wait", to: "nowhere")])?.reason == "unknown_node")
    #expect(refusal([]) == nil)
    try harness.perform(CancelCampaign(campaign: campaign))
    #expect(refusal([])?.code == .invalidState)
  }
}
