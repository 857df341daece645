import Testing
import Wire

import CampaignEngine

/// Who wrote: numbers, user ids, and what WhatsApp tells of them. Nobody is lost, and nobody is taken
/// for somebody else.
struct IdentityTests {
  private let harness: EngineHarness
  private let guest: GuestID

  init() throws {
    harness = try EngineHarness.wedding()
    guest = try harness.guest("Ana", phone: "+6281230000011")
  }

  private func disposition(_ result: ReceiveMessage.Result) -> Disposition? {
    harness.state[result.message].disposition
  }

  private func text(_ text: String) -> MessageContent {
    var content = MessageContent()
    (content.kind, content.text) = (.text, text)
    return content
  }

  @Test func `one known by user id only is kept, and their opt-out holds once a number joins it`()
    throws
  {
    let result = try harness.receive(text("STOP"), from: nil, userID: "ID.stranger")
    // It holds, but nobody can tell whom of the lists it is about.
    #expect(disposition(result) == .needsAttention)
    let stranger = harness.state[result.message].person
    #expect(harness.state[harness.sender].persons[stranger].subscription == .optedOut)
    let hello = try harness.receive(text("hello"), from: nil, userID: "ID.stranger")
    #expect(disposition(hello) == .needsAttention)
    #expect(harness.state[hello.message].person == harness.state[result.message].person)
    try harness.restart(fromSnapshot: true)
    try harness.started(try asking())
    let request = try #require(try harness.dispatch().first)
    try harness.accept(request, userID: "ID.stranger")
    #expect(harness.state.person(of: guest).subscription == .optedOut)
    #expect(harness.reason(of: try harness.execution(of: guest)) == "opted_out")
    let person = harness.state[guest].person
    #expect(harness.state[hello.message].person == person)
    try harness.restart(fromSnapshot: true)
    #expect(harness.state.looseMessages(of: person, at: harness.sender).count == 2)
  }

  @Test func `a status tells the user id, by which the guest is known later`() throws {
    try harness.started(try asking())
    try harness.settle()
    let request = try #require(harness.sent.first)
    var report = DeliveryReport()
    (report.status, report.at) = (.delivered, harness.now)
    try harness.perform(
      ReportStatus(
        sender: harness.sender, gatewayID: harness.state[request.attempt.message].gatewayID,
        attempt: nil, report: report, userID: "ID.ana"))
    let result = try harness.receive(text("STOP"), from: nil, userID: "ID.ana")
    #expect(harness.state[result.message].guest == guest)
    #expect(harness.state.person(of: guest).subscription == .optedOut)
  }

  @Test func `who changed numbers answers from the new one`() throws {
    try harness.started(try asking())
    try harness.settle()
    let (old, new) = (harness.state[guest].phone, Phone(number: 6_281_230_000_777))
    // They wrote from it before anybody knew.
    let early = try harness.receive(text("hello?"), from: new)
    try harness.perform(
      ChangeIdentity(
        sender: harness.sender, phone: old, userID: nil, newPhone: new, newUserID: nil))
    #expect(harness.state[early.message].person == harness.state[guest].person)
    try harness.restart(fromSnapshot: true)
    let result = try harness.receive(text("yes"), from: new)
    #expect(harness.state[result.message].guest == guest)
    #expect(harness.outcome(of: try harness.execution(of: guest)) == "yes")
    // The old one is theirs too.
    let stop = try harness.receive(text("stop"), from: old)
    #expect(harness.state[stop.message].guest == guest)
  }

  @Test func `a number on another guest's list is no alias`() throws {
    let other = try harness.guest("Budi", phone: "+6281230000777")
    try harness.perform(
      ChangeIdentity(
        sender: harness.sender, phone: harness.state[guest].phone, userID: nil,
        newPhone: harness.state[other].phone, newUserID: nil))
    let result = try harness.write("hello", from: other)
    #expect(harness.state[result.message].guest == other)
  }

  @Test func `after a change both user ids lead to the person`() throws {
    try harness.receive(text("hello"), from: harness.state[guest].phone, userID: "ID.old")
    try harness.perform(
      ChangeIdentity(
        sender: harness.sender, phone: nil, userID: "ID.old", newPhone: nil, newUserID: "ID.new"))
    try harness.restart(fromSnapshot: true)
    for id in ["ID.old", "ID.new"] {
      let result = try harness.receive(text("it is me"), from: nil, userID: id)
      #expect(harness.state[result.message].guest == guest)
    }
    #expect(harness.state.person(of: guest).userID == "ID.new")
  }

  @Test func `what nobody's project knows stands in the sender's list for attention`() throws {
    let result = try harness.receive(text("hello"), from: Phone(number: 4_915_112_345_678))
    #expect(harness.state[harness.sender].needsAttention.contains(result.message.counter))
    try harness.perform(RouteMessage(message: result.message, execution: .none))
    #expect(harness.state[harness.sender].needsAttention.isEmpty)
    try harness.restart(fromSnapshot: true)
    #expect(harness.state[harness.sender].needsAttention.isEmpty)
  }
}
