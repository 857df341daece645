import Testing
import Wire

import CampaignEngine

struct ResetExecutionTests {
  private let harness: EngineHarness
  private let guest: GuestID

  init() throws {
    harness = try EngineHarness.wedding()
    guest = try harness.guest("Ana", phone: "+6281230000011")
  }

  private func asked(_ document: ChatflowDocument? = nil) throws -> ExecutionID {
    try harness.started(try document ?? askFlow())
    try harness.settle()
    return try harness.execution(of: guest)
  }

  @Test(arguments: KeptReplies.allCases)
  func `replies that no longer count lose their variables`(kept: KeptReplies) throws {
    let execution = try asked(formFlow())
    try harness.write("yes", from: guest)
    try harness.settle()
    try harness.write("Vegetarian", from: guest)
    #expect(harness.outcome(of: execution) == "done")
    let result = try harness.reset(execution, to: "form", keeping: kept)
    let nodes = harness.state.graph(of: harness.state[execution].campaign).nodes
    #expect(
      result.kept.map { nodes[$0.node].id }
        == (kept == .all ? ["wait", "form"] : kept == .before ? ["wait"] : []))
    #expect(result.kept.count + result.dropped.count == 2)
    #expect((harness.variable("answer", of: execution) != nil) == (kept != .none))
    #expect((harness.variable("menu", of: execution) != nil) == (kept == .all))
    #expect(harness.node(of: execution) == "form" && harness.status(execution) == .waiting)
  }

  @Test func `a button that opened its question again hangs on that visit`() throws {
    let execution = try asked()
    try harness.tap("yes", at: "wait", of: execution)
    harness.pass(.hours(1))
    try harness.tap("no", at: "wait", of: execution)
    #expect(harness.path(of: execution) == ["start", "ask", "wait", "yes", "wait", "no"])
    let replies = harness.state.replies(of: execution)
    #expect(replies.map(\.step) == [2, 4])
    let result = try harness.reset(execution, to: "no")
    #expect(result.kept.count == 2 && harness.variable("answer", of: execution) == "no")
  }

  @Test func `a second tap that decided nothing is no reply`() throws {
    let execution = try asked()
    try harness.tap("yes", at: "wait", of: execution)
    try harness.tap("yes", at: "wait", of: execution)
    #expect(harness.state.replies(of: execution).count == 1)
  }

  @Test func `it is the way to undo a cancel`() throws {
    let execution = try asked()
    let campaign = harness.state[execution].campaign
    try harness.control(execution, .cancel)
    #expect(harness.status(campaign) == .completed)
    try harness.reset(execution, to: "wait")
    #expect(harness.status(execution) == .waiting)
    #expect(harness.state[campaign].counters.executions[ExecutionStatus.cancelled.index] == 0)
    try harness.write("yes", from: guest)
    #expect(harness.outcome(of: execution) == "yes")
  }

  @Test func `a node that was never visited keeps all replies`() throws {
    let execution = try asked()
    try harness.tap("yes", at: "wait", of: execution)
    let result = try harness.reset(execution, to: "default")
    #expect(result.dropped.isEmpty && result.kept.count == 1)
    #expect(harness.outcome(of: execution) == "default")
  }

  @Test func `an unknown node and an execution that is about to go are refused`() throws {
    let execution = try asked()
    let campaign = harness.state[execution].campaign
    let unknown = ResetExecution(execution: execution, node: "nowhere", keptReplies: .all)
    #expect(harness.refusal(of: unknown)?.field == "node_id")
    try harness.perform(PauseCampaign(campaign: campaign))
    try harness.reset(execution, to: "ask")
    let again = ResetExecution(execution: execution, node: "ask", keptReplies: .all)
    #expect(harness.refusal(of: again)?.allowed == ["pause", "cancel"])
  }

  @Test(arguments: [true, false])
  func `what becomes of a message of the visit before concerns nobody`(isAccepted: Bool) throws {
    try harness.started(try askFlow())
    let execution = try harness.execution(of: guest)
    let request = try #require(try harness.dispatch().first)
    try harness.reset(execution, to: "ask")
    if isAccepted {
      try harness.accept(request, isHeld: true)
      try harness.report(request, .sent)
    } else {
      try harness.refuse(request, .transient)
    }
    #expect(harness.node(of: execution) == "ask")
    #expect(harness.state[request.attempt.message].status == (isAccepted ? .sent : .failed))
    try harness.settle()
    #expect(harness.path(of: execution) == ["start", "ask", "ask", "wait"])
    #expect(harness.sent.count == 2)
  }

  @Test func `replies that wait for the end of a pause are dropped`() throws {
    let execution = try asked()
    try harness.pause(execution)
    let reply = try harness.write("yes", from: guest)
    let result = try harness.reset(execution, to: "wait", keeping: .all)
    #expect(result.dropped.map(\.message) == [reply.message])
    #expect(!harness.state[reply.message].isUnapplied)
    #expect(harness.status(execution) == .waiting && harness.node(of: execution) == "wait")
  }

  @Test func `progress never falls, and the funnel counts each visit`() throws {
    let execution = try asked()
    try harness.tap("yes", at: "wait", of: execution)
    #expect(harness.state[execution].progress == 100)
    try harness.reset(execution, to: "wait")
    #expect(harness.state[execution].progress == 100)
    #expect(harness.state[execution].phase == .response)
    try harness.reset(execution, to: "wait")
    let campaign = harness.state[execution].campaign
    let node = harness.state[campaign].counters.funnel[2]
    #expect((node.entered, node.inside, node.passed, node.stopped) == (3, 1, 1, 1))
  }

  @Test func `one who was left out enters only if nothing speaks against it`() throws {
    let other = try harness.guest("Ben", phone: "+6281230000011")
    try harness.started(try askFlow())
    let execution = try harness.execution(of: other)
    let command = ResetExecution(execution: execution, node: "wait", keptReplies: .all)
    #expect(harness.refusal(of: command)?.code == .notReady)
    #expect(harness.refusal(of: command)?.reason == "duplicate_phone")
  }

  @Test(arguments: [true, false])
  func `a question for a late guest goes out after a pause, however that ends`(
    isReset: Bool
  ) throws {
    _ = try harness.guest("Ben", phone: "+6281230000012")
    let execution = try asked(
      askFlow(reply: #", "reprompt": {"text": {"*": "Tap, please."}, "max": 2}"#))
    try harness.tap("yes", at: "wait", of: execution)
    harness.pass(.hours(1))
    try harness.write("no", from: guest)
    try harness.reset(execution, to: "wait")
    try harness.pause(execution)
    try harness.settle()
    let before = harness.sent.count
    if isReset {
      try harness.reset(execution, to: "wait")
    } else {
      try harness.control(execution, .cancel)
    }
    try harness.settle()
    let texts = harness.sent.dropFirst(before).map(\.content)
    #expect(texts.count == 1)
    guard case .buttons("Tap, please.", _) = texts.first else {
      Issue.record("\(texts)")
      return
    }
  }
}
