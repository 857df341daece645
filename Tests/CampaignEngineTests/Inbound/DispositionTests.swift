import Testing
import Wire

import CampaignEngine

/// Every message that came in has one disposition. The harness audits all of them after each command.
struct DispositionTests {
  private let harness: EngineHarness
  private let guest: GuestID

  init() throws {
    harness = try EngineHarness.wedding()
    guest = try harness.guest("Ana", phone: "+6281230000011")
  }

  private func disposition(_ result: ReceiveMessage.Result) -> Disposition? {
    harness.state[result.message].disposition
  }

  private func text(_ text: String, quotes: String = "") -> MessageContent {
    var content = MessageContent()
    (content.kind, content.text, content.quotes) = (.text, text, quotes)
    return content
  }

  // MARK: Each of the six

  @Test func `an answer is applied and names the event that it caused`() throws {
    try harness.started(try asking())
    try harness.settle()
    let result = try harness.write("yes", from: guest)
    #expect(disposition(result) == .applied)
    #expect(harness.state[result.message].cause?.kind == .variableSet)
    try harness.restart(fromSnapshot: true)
    #expect(harness.state[result.message].cause?.kind == .variableSet)
  }

  @Test func `a word to stop opts out, and a word to start opts in again`() throws {
    #expect(disposition(try harness.write("STOP", from: guest)) == .optedOut)
    #expect(disposition(try harness.write("Start", from: guest)) == .optedIn)
    #expect(harness.state.person(of: guest).subscription == .subscribed)
    // Of one who is in already it is an answer like any other.
    #expect(disposition(try harness.write("start", from: guest)) == .needsAttention)
  }

  @Test(arguments: [ContentKind.reaction, .edit, .revoke])
  func `what says nothing has no content`(kind: ContentKind) throws {
    #expect(disposition(try harness.write("yes", from: guest, kind: kind)) == .noContent)
  }

  @Test func `a call answers nothing, opens the window and needs attention`() throws {
    try harness.started(try asking())
    try harness.settle()
    let execution = try harness.execution(of: guest)
    let result = try harness.write("", from: guest, kind: .call)
    #expect(disposition(result) == .needsAttention)
    #expect(harness.node(of: execution) == "wait")
    #expect(harness.state.person(of: guest).isWindowOpen(at: harness.now))
  }

  @Test func `the counts by disposition sum up to all that came in`() throws {
    let campaign = try harness.started(try asking())
    try harness.settle()
    try harness.write("👍", from: guest, kind: .reaction)
    try harness.write("yes", from: guest)
    try harness.write("thanks", from: guest)
    try harness.write("stop", from: guest)
    let counts = harness.state[campaign].counters.inboundByDisposition
    #expect(counts[Disposition.noContent.index] == 1)
    #expect(counts[Disposition.applied.index] == 1)
    #expect(counts[Disposition.needsAttention.index] == 1)
    #expect(counts[Disposition.optedOut.index] == 1)
    try harness.write("once more", from: guest)
    let message = try harness.write("and again", from: guest).message
    try harness.perform(RouteMessage(message: message, execution: .none))
    #expect(harness.state[message].disposition == .applied)
    #expect(harness.state[message].cause?.kind == .messageRouted)
  }

  // MARK: Pauses

  @Test(arguments: [true, false], [true, false])
  func `an answer in a pause during which its message was taken counts on resume`(
    isTapped: Bool, isOfCampaign: Bool
  ) throws {
    let campaign = try harness.started(try asking())
    let request = try #require(try harness.dispatch().first)
    let execution = try harness.execution(of: guest)
    if isOfCampaign {
      try harness.perform(PauseCampaign(campaign: campaign))
    } else {
      try harness.pause(execution)
    }
    try harness.accept(request)
    let result =
      isTapped
      ? try harness.tap("yes", at: "wait", of: execution) : try harness.write("yes", from: guest)
    #expect(disposition(result) == .waits)
    try harness.restart(fromSnapshot: true)
    if isOfCampaign {
      try harness.perform(ResumeCampaign(campaign: campaign))
    } else {
      try harness.resume(execution)
    }
    try harness.settle()
    #expect(harness.outcome(of: execution) == "yes")
    #expect(disposition(result) == .applied)
  }

  @Test func `so does one whose message an operator settled in the pause`() throws {
    let campaign = try harness.started(try asking())
    let request = try #require(try harness.dispatch().first)
    let execution = try harness.execution(of: guest)
    try harness.lose(request)
    try harness.perform(PauseCampaign(campaign: campaign))
    try harness.perform(
      ResolveMessage(message: request.attempt.message, outcome: .sent(gatewayID: "")))
    let result = try harness.tap("no", at: "wait", of: execution)
    #expect(disposition(result) == .waits)
    try harness.perform(ResumeCampaign(campaign: campaign))
    try harness.settle()
    #expect(harness.outcome(of: execution) == "no")
  }

  @Test func `an answer in a pause after the deadline needs attention on resume`() throws {
    try harness.started(try asking())
    try harness.settle()
    let execution = try harness.execution(of: guest)
    try harness.pause(execution)
    harness.pass(.hours(21))
    let result = try harness.write("yes", from: guest)
    #expect(disposition(result) == .waits)
    try harness.resume(execution)
    #expect(harness.outcome(of: execution) == "timeout")
    #expect(disposition(result) == .needsAttention)
  }

  enum End: CaseIterable { case cancel, campaignCancel, delete, stop, reset }

  @Test(arguments: End.allCases)
  func `what waits for a resume that never comes needs attention`(end: End) throws {
    let campaign = try harness.started(try asking())
    try harness.settle()
    let execution = try harness.execution(of: guest)
    try harness.pause(execution)
    let result = try harness.write("yes", from: guest)
    switch end {
    case .cancel: try harness.control(execution, .cancel)
    case .campaignCancel:
      try harness.perform(CancelCampaign(campaign: campaign))
      try harness.enrol()
    case .delete: try harness.perform(DeleteGuest(guest: guest))
    case .stop: try harness.write("stop", from: guest)
    case .reset: try harness.reset(execution, to: "ask")
    }
    #expect(disposition(result) == .needsAttention)
    #expect(harness.state.project(of: 0).needsAttention.contains(result.message.counter))
  }

  @Test func `a late button that waits for a campaign that is cancelled needs attention`() throws {
    let other = try harness.guest("Budi", phone: "+6281230000012")
    let campaign = try harness.started(try askFlow())
    try harness.settle()
    let execution = try harness.execution(of: guest)
    try harness.tap("yes", at: "wait", of: execution)
    #expect(harness.state[try harness.execution(of: other)].status == .waiting)
    try harness.perform(PauseCampaign(campaign: campaign))
    let result = try harness.tap("no", at: "wait", of: execution)
    #expect(disposition(result) == .waits)
    try harness.perform(CancelCampaign(campaign: campaign))
    try harness.enrol()
    #expect(disposition(result) == .needsAttention)
  }

  // MARK: Before the gateway's answer

  @Test func `a text before the send is reported accepted waits for that, and answers`() throws {
    try harness.started(try asking())
    let request = try #require(try harness.dispatch().first)
    let execution = try harness.execution(of: guest)
    let result = try harness.write("yes", from: guest)
    #expect(disposition(result) == .waits)
    #expect(harness.state[result.message].execution == execution)
    try harness.accept(request)
    #expect(harness.outcome(of: execution) == "yes")
    #expect(disposition(result) == .applied)
  }

  @Test(arguments: [ErrorClass.transient, .recipient])
  func `a text before a send that was refused answers nothing`(error: ErrorClass) throws {
    try harness.started(try asking())
    let request = try #require(try harness.dispatch().first)
    let result = try harness.write("yes", from: guest)
    try harness.refuse(request, error)
    #expect(disposition(result) == .needsAttention)
  }

  @Test func `a tap proves what an older text waits for, and both count`() throws {
    try harness.started(
      try askFlow(reply: #", "reprompt": {"text": {"*": "Tap, please."}, "max": 1}"#))
    try harness.dispatch()
    let execution = try harness.execution(of: guest)
    let first = try harness.write("hm", from: guest)
    let second = try harness.tap("no", at: "wait", of: execution)
    #expect(harness.outcome(of: execution) == "no")
    #expect(disposition(first) == .applied && disposition(second) == .applied)
  }

  /// A failure that a tap disproves takes the execution back, and what came after the tap still waits.
  @Test func `what came during a pause behind a tap that proves a failed send is taken too`() throws
  {
    let campaign = try harness.started(try asking())
    let request = try #require(try harness.dispatch().first)
    let execution = try harness.execution(of: guest)
    try harness.perform(PauseCampaign(campaign: campaign))
    let early = try harness.write("hm", from: guest)
    let tap = try harness.tap("yes", at: "wait", of: execution)
    let late = try harness.tap("no", at: "wait", of: execution)
    try harness.refuse(request, .recipient)
    try harness.perform(ResumeCampaign(campaign: campaign))
    try harness.enrol()
    for result in [early, tap, late] {
      let found = disposition(result)
      #expect(found == .applied || found == .needsAttention, "\(result.message.wireText)")
    }
    #expect(disposition(tap) == .applied)
    #expect(!harness.state[execution].hasUnappliedReply)
  }

  // MARK: Buttons that decide nothing by themselves

  @Test func `a second tap is applied and names what the first one caused`() throws {
    try harness.started(try askFlow())
    try harness.settle()
    let execution = try harness.execution(of: guest)
    let first = try harness.tap("yes", at: "wait", of: execution)
    let second = try harness.tap("yes", at: "wait", of: execution)
    #expect(disposition(second) == .applied)
    #expect(harness.state[second.message].cause == harness.state[first.message].cause)
  }

  @Test func `a button of a message that was given up says that it came, and is an answer`() throws
  {
    try harness.started(try asking())
    let request = try #require(try harness.dispatch().first)
    try harness.lose(request)
    let message = request.attempt.message
    try harness.perform(ResolveMessage(message: message, outcome: .failed))
    let execution = try harness.execution(of: guest)
    #expect(harness.state[execution].status == .failed)
    let result = try harness.tap("yes", at: "wait", of: execution)
    #expect(disposition(result) == .applied)
    #expect(harness.state[message].status == .sent)
  }

  @Test func `a button of a message that was given up needs attention in a pause`() throws {
    try harness.guest("Dewi", phone: "+6281230000012")
    let campaign = try harness.started(try asking())
    let request = try #require(try harness.dispatch().first)
    try harness.lose(request)
    try harness.perform(ResolveMessage(message: request.attempt.message, outcome: .failed))
    try harness.perform(PauseCampaign(campaign: campaign))
    let result = try harness.tap("yes", at: "wait", of: try harness.execution(of: guest))
    #expect(disposition(result) == .needsAttention)
  }

  private static let twoQuestions = #"""
    {"id": "hello", "type": "wait_reply", "data": {"timeout": "7d"}},
    {"id": "form", "type": "guest_form", "data": {"timeout": "20h", "questions": [
      {"key": "menu", "kind": "choice", "save_to": "guest.fields.menu", "ask": {"*": "Menu?"},
       "choices": [{"value": "veg", "title": {"*": "Vegetarian"}}, {"value": "meat", "title": {"*": "Meat"}}]},
      {"key": "bus", "kind": "choice", "ask": {"*": "Bus?"},
       "choices": [{"value": "yes", "title": {"*": "Yes"}}, {"value": "no", "title": {"*": "No"}}]}]}}
    """#

  private func inForm() throws -> ExecutionID {
    try harness.started(
      try flow(
        Self.twoQuestions + ", " + replyEnds,
        "start > hello, hello:default > form, form:submitted > done, form:timeout > timeout, form:invalid > failed"
      ))
    try harness.write("hello", from: guest)
    try harness.settle()
    return try harness.execution(of: guest)
  }

  @Test func `another choice changes the answer while the form is open`() throws {
    let execution = try inForm()
    try harness.tap("menu.veg", at: "form", of: execution)
    try harness.settle()
    let changed = try harness.tap("menu.meat", at: "form", of: execution)
    #expect(disposition(changed) == .applied)
    #expect(harness.variable("menu", of: execution) == "meat")
    #expect(harness.state[execution].wait?.question == 1)
    let again = try harness.tap("menu.meat", at: "form", of: execution)
    #expect(disposition(again) == .applied)
    try harness.tap("bus.no", at: "form", of: execution)
    #expect(harness.outcome(of: execution) == "done")
  }

  @Test func `once the form is left, another choice needs attention`() throws {
    let execution = try inForm()
    try harness.tap("menu.veg", at: "form", of: execution)
    try harness.settle()
    try harness.tap("bus.no", at: "form", of: execution)
    #expect(harness.outcome(of: execution) == "done")
    #expect(disposition(try harness.tap("bus.yes", at: "form", of: execution)) == .needsAttention)
    #expect(disposition(try harness.tap("bus.no", at: "form", of: execution)) == .applied)
    #expect(
      disposition(try harness.tap("bus.perhaps", at: "form", of: execution)) == .needsAttention)
    #expect(harness.variable("bus", of: execution) == "no")
  }

  // MARK: Late, and quoting

  @Test func `the second late text of a day needs attention`() throws {
    try harness.started(try askFlow())
    try harness.settle()
    try harness.tap("yes", at: "wait", of: try harness.execution(of: guest))
    let first = try harness.write("no", from: guest)
    #expect(disposition(first) == .applied)
    #expect(harness.state[first.message].cause?.kind == .messageQueued)
    harness.pass(.hours(1))
    #expect(disposition(try harness.write("no!", from: guest)) == .needsAttention)
    harness.pass(.hours(24))
    #expect(disposition(try harness.write("no!!", from: guest)) == .applied)
  }

  @Test func `who quotes an old invitation does not answer another campaign`() throws {
    let first = try harness.started(try askFlow())
    try harness.settle()
    let old = try harness.execution(of: guest, in: first)
    let quoted = harness.state[try #require(harness.sent.first).attempt.message].gatewayID
    try harness.tap("yes", at: "wait", of: old)
    let second = try harness.started(try askFlow())
    try harness.settle()
    let open = try harness.execution(of: guest, in: second)
    let result = try harness.receive(
      text("no", quotes: quoted), from: harness.state[guest].phone)
    #expect(harness.node(of: open) == "wait")
    #expect(harness.state[result.message].execution == old)
    #expect(harness.state[result.message].routedBy == .lateReply)
    #expect(disposition(result) == .applied)
    // A button of a campaign that is gone is nobody's answer either.
    var content = text("yes")
    (content.kind, content.payload) = (.button, "exe_999:wait:yes")
    let stray = try harness.receive(content, from: harness.state[guest].phone)
    #expect(harness.node(of: open) == "wait" && disposition(stray) == .needsAttention)
  }
}
