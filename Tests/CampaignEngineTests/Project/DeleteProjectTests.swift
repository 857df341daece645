import Testing
import Wire

import CampaignEngine

private func note() throws -> ChatflowDocument {
  try flow(
    #"""
    {"id": "one", "type": "send_template", "data": {"template": "rsvp_thanks"}},
    {"id": "end", "type": "end", "data": {"outcome": "done"}}
    """#, "start > one, one > end")
}

struct DeleteProjectTests {
  @Test func `nothing in a deleted project is found, and its number is not given out again`() throws
  {
    let harness = try EngineHarness.wedding()
    let guest = try harness.guest("Ana", phone: "+6281230000001")
    let campaign = try harness.started(try note())
    try harness.settle()
    let execution = try harness.execution(of: guest)
    let message = try #require(harness.state.messages(of: execution).first)
    let state = harness.state
    #expect(state.find(campaign)?.status == .completed)
    try harness.perform(DeleteProject(project: harness.project))
    try harness.restart(fromSnapshot: true)
    #expect(harness.state.find(harness.project) == nil)
    #expect(harness.state.find(guest) == nil)
    #expect(harness.state.find(campaign) == nil)
    #expect(harness.state.find(execution) == nil)
    #expect(harness.state.find(message) == nil)
    #expect(harness.state.find(TemplateID(space: 0, counter: 1)) == nil)
    #expect(harness.state.find(ChatflowID(space: 0, counter: 1)) == nil)
    #expect(harness.refusal(of: DeleteProject(project: harness.project))?.code == .notFound)
    let old = harness.project
    try harness.makeProject()
    #expect(harness.project.counter == old.counter + 1)
  }

  @Test func `its guests are no longer who stands behind a number`() throws {
    let harness = try EngineHarness.wedding()
    let guest = try harness.guest("Ana", phone: "+6281230000001")
    try harness.perform(DeleteProject(project: harness.project))
    let result = try harness.write("hello", from: guest)
    #expect(harness.state[result.message].guest.isNone)
    try harness.makeProject()
    let again = try harness.guest("Ana", phone: "+6281230000001")
    let routed = try harness.write("hello", from: again)
    #expect(harness.state[routed.message].guest == again)
  }

  @Test func `reports on what is on its way are still booked`() throws {
    let harness = try EngineHarness.wedding()
    try harness.guest("Ana", phone: "+6281230000001")
    try harness.started(try note())
    let requests = try harness.dispatch()
    try harness.accept(requests[0])
    try harness.perform(DeleteProject(project: harness.project))
    #expect(try harness.report(requests[0], .delivered).isApplied)
    #expect(harness.state[requests[0].attempt.message].cost.billedMicros == 25_000)
  }

  @Test(arguments: [CampaignStatus.running, .paused])
  func `a campaign that goes on holds its project`(status: CampaignStatus) throws {
    let harness = try EngineHarness.wedding()
    try harness.guest("Ana", phone: "+6281230000001")
    let campaign = try harness.started(try document(rsvpFlow))
    if status == .paused { try harness.perform(PauseCampaign(campaign: campaign)) }
    let refusal = harness.refusal(of: DeleteProject(project: harness.project))
    #expect((refusal?.code, refusal?.reason) == (.conflict, "campaign_open"))
    #expect(refusal?.id == campaign.wireText)
    try harness.perform(CancelCampaign(campaign: campaign))
    // Its executions follow in slices.
    #expect(harness.refusal(of: DeleteProject(project: harness.project))?.reason == "campaign_open")
    try harness.settle()
    try harness.perform(DeleteProject(project: harness.project))
  }

  @Test func `a draft goes with its project`() throws {
    let harness = try EngineHarness.wedding()
    let campaign = try harness.campaign(try harness.flow(try note()))
    try harness.perform(DeleteProject(project: harness.project))
    #expect(
      harness.refusal(of: StartCampaign(campaign: campaign, expectedEligible: nil))?.code
        == .notFound)
  }

  @Test func `a question that was to be repeated is not sent from a deleted project`() throws {
    let harness = try EngineHarness.wedding()
    let guest = try harness.guest("Ana", phone: "+6281230000001")
    try harness.started(try document(rsvpFlow))
    try harness.settle()
    try harness.run(for: .days(3))
    try harness.write("well", from: guest)
    #expect(harness.state.nextDue == harness.now)
    try harness.perform(DeleteProject(project: harness.project))
    #expect(try harness.dispatch().isEmpty)
    #expect(harness.state.nextDue == nil)
  }
}
