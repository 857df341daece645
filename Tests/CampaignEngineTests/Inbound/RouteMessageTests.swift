import Testing
import Wire

import CampaignEngine

/// What nothing routed is given to an execution by hand, or dismissed.
struct RouteMessageTests {
  private let harness: EngineHarness
  private let guest: GuestID

  init() throws {
    harness = try EngineHarness.wedding()
    guest = try harness.guest("Ana", phone: "+6281230000011")
  }

  private func route(_ message: MessageID, _ execution: ExecutionID) throws -> Bool {
    try harness.perform(RouteMessage(message: message, execution: execution))
  }

  /// A message that came before the campaign, and the execution that waits now.
  private func early(_ text: String) throws -> (MessageID, ExecutionID) {
    let message = try harness.write(text, from: guest).message
    #expect(harness.state[message].needsAttention)
    let campaign = try harness.started(try document(rsvpFlow))
    try harness.settle()
    return (message, try harness.execution(of: guest, in: campaign))
  }

  @Test func `it answers the open wait, and the numbers follow`() throws {
    let (message, execution) = try early("yes")
    let campaign = harness.state[execution].campaign
    #expect(try route(message, execution) == false)
    #expect(harness.node(of: execution) == "details")
    let row = harness.state[message]
    #expect(row.routedBy == .operator && row.execution == execution && !row.needsAttention)
    #expect(harness.state.project(of: 0).needsAttention.isEmpty)
    #expect(harness.state[campaign].counters.inboundRouted == 1)
    #expect(harness.state.messages(of: execution).last == message)
    try harness.restart(fromSnapshot: true)
  }

  @Test func `it can be dismissed, and then no longer be routed`() throws {
    let (message, execution) = try early("yes")
    #expect(try route(message, .none) == false)
    #expect(harness.state.project(of: 0).needsAttention.isEmpty)
    #expect(harness.node(of: execution) == "answer")
    let refusal = try #require(
      harness.refusal(of: RouteMessage(message: message, execution: execution)))
    #expect(refusal.code == .invalidState)
    #expect(refusal.status == "dismissed")
  }

  @Test func `a late text gets the question again, and decides nothing`() throws {
    let campaign = try harness.started(try document(rsvpFlow))
    let execution = try harness.execution(of: guest, in: campaign)
    try harness.settle()
    try harness.tap("no", at: "answer", of: execution)
    try harness.writeAsOperator("A pity.", to: guest)
    try harness.settle()
    let message = try harness.write("yes after all", from: guest).message
    #expect(try route(message, execution) == false)
    #expect(harness.outcome(of: execution) == "declined")
    try harness.settle()
    guard case .buttons = try #require(harness.sent.last).content else {
      Issue.record("\(harness.sent)")
      return
    }
  }

  @Test func `during a pause it waits for the resume`() throws {
    let (message, execution) = try early("no")
    let campaign = harness.state[execution].campaign
    try harness.perform(PauseCampaign(campaign: campaign))
    _ = try route(message, execution)
    #expect(harness.state[message].isUnapplied)
    #expect(harness.node(of: execution) == "answer")
    try harness.perform(ResumeCampaign(campaign: campaign))
    try harness.settle()
    #expect(harness.outcome(of: execution) == "declined")
  }

  @Test func `what a stranger wrote may answer for a guest, but not during a pause`() throws {
    let campaign = try harness.started(try document(rsvpFlow))
    let execution = try harness.execution(of: guest, in: campaign)
    try harness.settle()
    var content = MessageContent()
    (content.kind, content.text) = (.text, "no")
    let message = try harness.receive(content, from: Phone(number: 33_612_345_678)).message
    #expect(harness.state[message].guest.isNone)
    try harness.perform(PauseCampaign(campaign: campaign))
    let command = RouteMessage(message: message, execution: execution)
    #expect(harness.refusal(of: command)?.allowed == ["resume"])
    try harness.perform(ResumeCampaign(campaign: campaign))
    try harness.settle()
    try harness.perform(command)
    #expect(harness.outcome(of: execution) == "declined")
    try harness.restart(fromSnapshot: true)
  }

  /// Where it hung in no chain of its guest, an erasure would leave its text behind.
  @Test func `what a guest of one project wrote is given to no execution of another`() throws {
    let campaign = try harness.started(try document(rsvpFlow))
    let execution = try harness.execution(of: guest, in: campaign)
    try harness.settle()
    try harness.makeProject()
    let sister = try harness.guest("Sister", phone: "+6281230000077")
    var content = MessageContent()
    (content.kind, content.text) = (.text, "She comes")
    let message = try harness.receive(content, from: harness.state[sister].phone).message
    #expect(message.space == sister.space)
    let refusal = harness.refusal(of: RouteMessage(message: message, execution: execution))
    #expect(refusal?.reason == "other_project")
  }

  @Test func `only inbound messages that need attention are routed, and only to what exists`()
    throws
  {
    let (message, execution) = try early("yes")
    let sent = try #require(harness.sent.first).attempt.message
    #expect(
      harness.refusal(of: RouteMessage(message: sent, execution: execution))?.status == "accepted")
    let nowhere = ExecutionID(space: 0, counter: 99)
    #expect(
      harness.refusal(of: RouteMessage(message: message, execution: nowhere))?.code == .notFound)
    let nothing = MessageID(space: 0, counter: 99)
    #expect(
      harness.refusal(of: RouteMessage(message: nothing, execution: execution))?.code == .notFound)
  }
}
