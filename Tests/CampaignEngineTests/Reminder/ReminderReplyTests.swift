import Testing
import Wire

import CampaignEngine

/// Replies to a reminder belong to the guest's execution in its campaign.
struct ReminderReplyTests {
  private let harness: EngineHarness
  private let guest: GuestID
  private let campaign: CampaignID
  private let execution: ExecutionID

  init() throws {
    harness = try EngineHarness.wedding()
    guest = try harness.guest("Ana", phone: "+6281230000011")
    campaign = try harness.started(try document(rsvpFlow))
    execution = try harness.execution(of: guest, in: campaign)
    try harness.settle()
  }

  private func remind() throws -> SendRequest {
    let reminder = try harness.reminder {
      $0.campaign = campaign
      $0.guestFilter = .all
    }
    try harness.perform(SendReminderNow(reminder: reminder))
    try harness.settle()
    let request = try #require(harness.sent.last)
    #expect(harness.state[request.attempt.message].reminder == reminder)
    return request
  }

  @Test func `a button on the reminder answers the open wait`() throws {
    let request = try remind()
    #expect(harness.node(of: execution) == "answer")
    let button = try #require(request.content.buttons.first)
    #expect(button.payload == "\(execution.wireText):answer:yes")
    #expect(request.expectation == .button(handles: ["yes", "no"]))
    var content = MessageContent()
    (content.kind, content.text, content.payload) = (.button, button.title, button.payload)
    try harness.receive(content, from: harness.state[guest].phone)
    #expect(harness.node(of: execution) == "details")
  }

  @Test func `a text that quotes the reminder answers the open wait`() throws {
    let request = try remind()
    let quoted = harness.state[request.attempt.message].gatewayID
    let result = try harness.write("no", from: guest, quotes: quoted)
    #expect(harness.state[result.message].routedBy == .quote)
    #expect(harness.outcome(of: execution) == "declined")
  }

  @Test func `a reminder moves no execution and takes no turn`() throws {
    let before = harness.state[execution]
    _ = try remind()
    let after = harness.state[execution]
    #expect(before.steps == after.steps)
    #expect(before.wait == after.wait)
    #expect(before.generation == after.generation)
  }

  @Test func `the invitation's late failure still goes back to its node after a reminder`() throws {
    _ = try remind()
    let invitation = try #require(harness.sent.first)
    try harness.report(invitation, .failed, error: MessageError(.transient, message: "late"))
    #expect(harness.state[execution].wait?.kind == .retry)
    #expect(harness.node(of: execution) == "invite")
  }

  @Test func `a tap after the wait was left changes the answer, as late_change says`() throws {
    try harness.tap("maybe", at: "answer", of: execution)
    #expect(harness.node(of: execution) == "think")
    let request = try remind()
    let button = try #require(request.content.buttons.last)
    #expect(button.payload == "\(execution.wireText):answer:no")
    try harness.tap("no", at: "answer", of: execution)
    #expect(harness.outcome(of: execution) == "declined")
  }
}
