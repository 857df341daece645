import Testing
import Wire

import CampaignEngine

/// A wait that nothing prompted.
private let silent = #"{"id": "wait", "type": "wait_reply", "data": {"timeout": "7d"}}"#

struct ReceiveTests {
  private let harness: EngineHarness
  private let guest: GuestID
  private var phone: Phone { harness.state[guest].phone }

  init() throws {
    harness = try EngineHarness.wedding()
    guest = try harness.guest("Ana", phone: "+6281230000011")
  }

  private func text(_ text: String, quotes: String = "") -> MessageContent {
    var content = MessageContent()
    (content.kind, content.text, content.quotes) = (.text, text, quotes)
    return content
  }

  @Test func `the same message twice counts once, and gives the first answer`() throws {
    try harness.started(try asking())
    try harness.settle()
    let first = try harness.receive(text("yes"), from: phone, gatewayID: "wamid.A")
    let before = harness.state
    harness.pass(.hours(1))
    let second = try harness.receive(text("no"), from: phone, gatewayID: "wamid.A")
    #expect(second.isDuplicate && second.message == first.message)
    #expect(StateComparison.firstDifference(before, harness.state) == nil)
  }

  @Test func `a person nobody invited is recorded at the sender`() throws {
    let stranger = Phone(number: 4_915_112_345_678)
    let result = try harness.receive(text("hello"), from: stranger)
    #expect(!result.message.isOfProject)
    #expect(harness.state[harness.sender].messages.count == 1)
    #expect(harness.state[result.message].guest.isNone)
    let person = try #require(harness.state[harness.sender].personsByPhone[stranger])
    #expect(harness.state[harness.sender].persons[person].isWindowOpen(at: harness.now))
    // Once invited, the guest is that same person.
    let guest = try harness.guest("Late", phone: "+4915112345678")
    #expect(harness.state[guest].person == person)
  }

  @Test func `without number, user id, payload or quote nobody is known`() throws {
    let refusal = harness.refusal(
      of: ReceiveMessage(
        sender: harness.sender, gatewayID: "x", from: nil, userID: nil, sentAt: harness.now,
        content: text("hello")))
    #expect(refusal?.reason == "unknown_person")
    let nobody = SenderID(space: 0, counter: 9)
    #expect(
      harness.refusal(
        of: ReceiveMessage(
          sender: nobody, gatewayID: "x", from: phone, userID: nil, sentAt: harness.now,
          content: text("hello")))?.code == .notFound)
  }

  @Test func `a user id that came once leads to the person later`() throws {
    try harness.receive(text("hello"), from: phone, userID: "IN.7")
    try harness.started(try asking())
    try harness.settle()
    let result = try harness.receive(text("yes"), from: nil, userID: "IN.7")
    #expect(harness.state[result.message].guest == guest)
    #expect(harness.outcome(of: try harness.execution(of: guest)) == "yes")
  }

  @Test func `a payload, or a quote, tells who wrote where no number does`() throws {
    try harness.started(try asking())
    try harness.settle()
    let execution = try harness.execution(of: guest)
    let quoted = harness.state[try #require(harness.sent.first).attempt.message].gatewayID
    let first = try harness.receive(text("hm", quotes: quoted), from: nil)
    #expect(harness.state[first.message].guest == guest)
    let other = try ReceiveTests()
    try other.harness.started(try asking())
    try other.harness.settle()
    var content = MessageContent()
    (content.kind, content.payload) = (.button, "\(execution.wireText):wait:no")
    try other.harness.receive(content, from: nil, userID: "IN.8")
    #expect(other.harness.outcome(of: try other.harness.execution(of: other.guest)) == "no")
    #expect(other.harness.state.person(of: other.guest).userID == "IN.8")
  }

  // MARK: The session window

  @Test func `the window opens by the message's own time, and never goes back`() throws {
    let person = { harness.state.person(of: guest) }
    let sentAt = harness.now + .hours(-3)
    try harness.write("hello", from: guest, at: sentAt)
    #expect(person().windowClosesAt == sentAt + .hours(24))
    try harness.write("older", from: guest, at: sentAt + .hours(-1))
    #expect(person().windowClosesAt == sentAt + .hours(24))
    try harness.write("newer", from: guest, at: sentAt + .hours(1))
    #expect(person().windowClosesAt == sentAt + .hours(25))
    // A clock ahead of ours is not believed.
    try harness.write("from tomorrow", from: guest, at: harness.now + .days(1))
    #expect(person().windowClosesAt == harness.now + .hours(24))
    #expect(person().isWindowOpen(at: harness.now + .hours(24) + TimeSpan(milliseconds: -1)))
    #expect(!person().isWindowOpen(at: harness.now + .hours(24)))
    #expect(!person().isWindowSafelyOpen(at: harness.now + .hours(24) + .minutes(-2)))
  }

  // MARK: Opt-out

  @Test(arguments: [
    "STOP", "stop!", " Unsubscribe ", "Berhenti.", "रोकें", "退订", "STOP 🛑", "الغاء الاشتراك",
  ])
  func `a stop word as the whole message ends everything for the person`(word: String) throws {
    let other = try harness.guest("Budi", phone: "+6281230000011")
    let campaign = try harness.started(try asking()) { $0.settings.guestFilter.guestIDs = [guest] }
    try harness.started(try asking()) { $0.settings.guestFilter.guestIDs = [other] }
    try harness.settle()
    let result = try harness.write(word, from: guest)
    #expect(result.hasOptedOut)
    #expect(harness.state.person(of: guest).subscription == .optedOut)
    for guest in [guest, other] {
      let execution = try harness.execution(of: guest)
      #expect(harness.state[execution].status == .skipped)
      #expect(harness.reason(of: execution) == "opted_out")
    }
    #expect(harness.state[campaign].status == .completed)
    #expect(harness.state.project(of: 0).needsAttention.isEmpty)
    try harness.run(for: .days(2))
    #expect(harness.sent.count == 1)
  }

  @Test(arguments: ["please stop by", "stop it", "don't stop", "stoppe", "🛑", ""])
  func `a stop word inside a message opts nobody out`(text: String) throws {
    let result = try harness.write(text, from: guest)
    #expect(!result.hasOptedOut)
    #expect(harness.state.person(of: guest).subscription == .subscribed)
  }

  @Test func `a tapped stop counts, a caption does not`() throws {
    var content = MessageContent()
    (content.kind, content.text) = (.image, "stop")
    #expect(try !harness.receive(content, from: phone).hasOptedOut)
    content.kind = .button
    #expect(try harness.receive(content, from: phone).hasOptedOut)
  }

  // MARK: Routing

  @Test func `a button goes where its payload says, past a newer question`() throws {
    let first = try harness.started(try asking(timeout: "7d"))
    try harness.settle()
    let second = try harness.started(try asking(timeout: "7d"))
    try harness.run(for: Limits.turnTimeout)
    let executions = try [first, second].map { try harness.execution(of: guest, in: $0) }
    #expect(executions.map { harness.node(of: $0) } == ["wait", "wait"])
    let result = try harness.tap("no", at: "wait", of: executions[0])
    #expect(harness.state[result.message].routedBy == .button)
    #expect(executions.map { harness.node(of: $0) } == ["no", "wait"])
  }

  @Test func `a quote goes to the message it quotes, and any other text to the newest prompt`()
    throws
  {
    let first = try harness.started(try asking(timeout: "7d"))
    try harness.settle()
    let second = try harness.started(try asking(timeout: "7d"))
    try harness.run(for: Limits.turnTimeout)
    let executions = try [first, second].map { try harness.execution(of: guest, in: $0) }
    let quoted = harness.state[harness.sent[0].attempt.message].gatewayID
    let result = try harness.receive(text("yes", quotes: quoted), from: phone)
    #expect(harness.state[result.message].routedBy == .quote)
    #expect(executions.map { harness.node(of: $0) } == ["yes", "wait"])
    let other = try harness.write("no", from: guest)
    #expect(harness.state[other.message].routedBy == .waiting)
    #expect(executions.map { harness.node(of: $0) } == ["yes", "no"])
    // A quote of a message whose execution has gone on routes like any text.
    let late = try harness.receive(text("yes", quotes: quoted), from: phone)
    #expect(harness.state[late.message].routedBy == nil)
  }

  @Test func `whoever prompted is answered first, then the oldest that only waits`() throws {
    let waiting = try (0..<2).map { _ in try harness.started(try flow(silent, "start > wait")) }
    let prompting = try harness.started(try asking())
    try harness.settle()
    let executions = try (waiting + [prompting]).map { try harness.execution(of: guest, in: $0) }
    for expected in [[false, false, true], [true, false, true], [true, true, true]] {
      try harness.write("yes", from: guest)
      #expect(executions.map { harness.state[$0].status.isEnded } == expected)
    }
  }

  @Test func `what nothing waits for is unrouted, and counts for the newest campaign`() throws {
    let campaign = try harness.started(try flow(replyEnds, "start > done"))
    let result = try harness.write("thank you", from: guest)
    let message = harness.state[result.message]
    #expect(message.routedBy == nil && message.execution.isNone)
    #expect(message.campaign == campaign && message.guest == guest)
    #expect(harness.state.project(of: 0).needsAttention.all == [result.message.counter])
    #expect(harness.state[campaign].counters.inboundUnrouted == 1)
  }

  @Test func `a payload that names nothing of ours decides nothing`() throws {
    try harness.started(try asking())
    try harness.settle()
    let execution = try harness.execution(of: guest)
    for payload in ["exe_99:wait:yes", "exe_1:nowhere:yes", "exe_1:ask:yes", "exe_1:wait:perhaps"] {
      var content = MessageContent()
      (content.kind, content.payload, content.text) = (.button, payload, "")
      try harness.receive(content, from: phone)
    }
    #expect(harness.outcome(of: execution) != "yes")
  }

  @Test func `a tap before the gateway's answer proves that the message was taken`() throws {
    try harness.started(try asking())
    let request = try #require(try harness.dispatch().first)
    let execution = try harness.execution(of: guest)
    try harness.tap("yes", at: "wait", of: execution)
    #expect(harness.outcome(of: execution) == "yes")
    try harness.accept(request)
    #expect(harness.state[request.attempt.message].status == .sent)
    #expect(!harness.state[request.attempt.message].gatewayID.isEmpty)
  }
}
