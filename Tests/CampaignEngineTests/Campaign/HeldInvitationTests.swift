import Testing
import Wire

import CampaignEngine

/// `hold_for`: an invitation waits for a while in the hope that its guest opens a session window.
struct HeldInvitationTests {
  private let harness: EngineHarness
  private let guest: GuestID

  init() throws {
    harness = try EngineHarness.wedding()
    guest = try harness.guest("Ana", phone: "+6281230000011")
  }

  private func held(_ policy: TimeSpan = .hours(24)) throws -> (CampaignID, ExecutionID) {
    let campaign = try harness.started(try document(rsvpFlow)) { row in
      row.settings.sessionPolicy.mode = .holdFor
      row.settings.sessionPolicy.duration = policy
    }
    return (campaign, try harness.execution(of: guest, in: campaign))
  }

  @Test func `the invitation is pending, and goes as a template when the time is up`() throws {
    let (campaign, execution) = try held()
    try harness.settle()
    #expect(harness.sent.isEmpty)
    #expect(harness.state[execution].wait?.kind == .session)
    #expect(harness.state[campaign].counters.messages[MessageStatus.pending.index] == 1)
    #expect(harness.state.nextDue == harness.now + .hours(24))
    try harness.run(until: harness.now + .hours(24) + TimeSpan(milliseconds: -1))
    #expect(harness.sent.isEmpty)
    try harness.run(for: TimeSpan(milliseconds: 1))
    guard case .template = try #require(harness.sent.first).content else {
      Issue.record("\(harness.sent)")
      return
    }
    #expect(harness.node(of: execution) == "answer")
    #expect(harness.sent.count == 1)
  }

  @Test func `a guest who writes gets it at once, as free text, and exactly once`() throws {
    let (_, execution) = try held()
    try harness.run(for: .hours(3))
    let result = try harness.write("hello", from: guest)
    let message = try #require(result.released.first)
    #expect(result.released.count == 1)
    #expect(harness.state[message].status == .queued)
    #expect(try harness.write("hello?", from: guest).released == [])
    try harness.settle()
    guard case .buttons = try #require(harness.sent.first).content else {
      Issue.record("\(harness.sent)")
      return
    }
    #expect(harness.node(of: execution) == "answer")
    try harness.run(for: .hours(40))
    #expect(harness.sent.count == 1)
  }

  /// What is done at the deadline, in the order in which it comes: the loop may take the reply before
  /// the timers, between them and the lane, while the template is on its way, or after it was taken.
  @Test(
    arguments: [("w t d", true), ("t w d", true), ("t d w", false), ("t d a w", false)],
    [false, true])
  func `a reply at the very deadline gets one of the two, and never both`(
    _ order: (steps: String, isFreeText: Bool), _ isRestarted: Bool
  ) throws {
    let (_, execution) = try held()
    try harness.settle()
    harness.pass(.hours(24))
    var underWay: [SendRequest] = []
    for step in order.steps.split(separator: " ") {
      switch step {
      case "w": try harness.write("hello", from: guest)
      case "t": try harness.perform(FireTimers())
      case "d": underWay = try harness.dispatch()
      default:
        for request in underWay { try harness.accept(request) }
        underWay = []
      }
      if isRestarted { try harness.restart(fromSnapshot: true) }
    }
    for request in underWay { try harness.accept(request) }
    try harness.run(for: .hours(3))
    // A reply to what was taken already is an answer, and the flow may say more.
    let path = harness.path(of: execution)
    let invitations = harness.sent.filter {
      path[Int(harness.state[$0.attempt.message].step)] == "invite"
    }
    #expect(invitations.count == 1)
    switch try #require(invitations.first).content {
    case .template: #expect(!order.isFreeText)
    case .buttons: #expect(order.isFreeText)
    default: Issue.record("\(invitations)")
    }
  }

  @Test func `a reaction releases nothing`() throws {
    _ = try held()
    #expect(try harness.write("👍", from: guest, kind: .reaction).released == [])
    try harness.settle()
    #expect(harness.sent.isEmpty)
  }

  @Test func `an open window needs no holding`() throws {
    try harness.write("hello", from: guest)
    _ = try held()
    try harness.settle()
    #expect(harness.sent.count == 1)
  }

  @Test func `several for one guest go in order, one question at a time`() throws {
    let (_, first) = try held()
    let (_, second) = try held()
    try harness.settle()
    #expect(harness.state[first].wait?.kind == .session)
    #expect(harness.state[second].wait?.kind == .turn)
    let result = try harness.write("hello", from: guest)
    #expect(result.released.count == 1)
    try harness.settle()
    #expect(harness.node(of: first) == "answer")
    try harness.tap("no", at: "answer", of: first)
    try harness.settle()
    #expect(harness.node(of: second) == "answer")
    #expect(harness.sent.count == 2)
  }

  @Test func `a flow without session text has nothing to gain and is not held`() throws {
    let document = try flow(
      #"{"id": "send", "type": "send_template", "data": {"template": "rsvp_thanks"}}"#,
      "start > send")
    try harness.started(document) { row in
      row.settings.sessionPolicy.mode = .holdFor
      row.settings.sessionPolicy.duration = .hours(24)
    }
    try harness.settle()
    #expect(harness.sent.count == 1)
  }

  @Test func `a cancel takes the held invitation with it`() throws {
    let (campaign, _) = try held()
    try harness.settle()
    try harness.perform(CancelCampaign(campaign: campaign))
    try harness.settle()
    try harness.write("hello", from: guest)
    try harness.run(for: .days(2))
    #expect(harness.sent.isEmpty)
    #expect(harness.state[campaign].counters.messages[MessageStatus.cancelled.index] == 1)
  }
}
