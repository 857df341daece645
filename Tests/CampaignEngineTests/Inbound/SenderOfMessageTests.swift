import Testing
import Wire

import CampaignEngine

/// Who wrote a message that comes from a number that nobody was invited by.
struct SenderOfMessageTests {
  private func asked() throws -> (EngineHarness, GuestID) {
    let harness = try EngineHarness.wedding()
    let guest = try harness.guest("Sari", phone: "+6281230000077")
    _ = try harness.started(try document(rsvpFlow))
    try harness.settle()
    return (harness, guest)
  }

  private func text(_ text: String, quoting quoted: String = "") -> MessageContent {
    var content = MessageContent()
    (content.kind, content.text, content.quotes) = (.text, text, quoted)
    return content
  }

  private let stranger = Phone(number: 4_915_100_000_000)

  @Test func `whoever quotes what a guest was sent is that guest`() throws {
    let (harness, guest) = try asked()
    let sent = try #require(harness.sent.first?.attempt.message)
    let result = try harness.receive(
      text("stop", quoting: harness.state[sent].gatewayID), from: stranger)
    #expect(harness.state[result.message].guest == guest)
    #expect(harness.state.person(of: guest).subscription == .optedOut)
  }

  @Test func `a user id leads to its person before a number that is not known does`() throws {
    let (harness, guest) = try asked()
    try harness.receive(text("Hello"), from: harness.state[guest].phone, userID: "IN.7")
    let result = try harness.receive(text("It is me"), from: stranger, userID: "IN.7")
    #expect(harness.state[result.message].guest == guest)
  }

  @Test func `a number that is known is whose it is, whatever is quoted`() throws {
    let (harness, guest) = try asked()
    let other = try harness.guest("Budi", phone: "+6281230000078")
    let sent = try #require(harness.sent.first?.attempt.message)
    let result = try harness.receive(
      text("stop", quoting: harness.state[sent].gatewayID), from: harness.state[other].phone)
    #expect(harness.state[result.message].guest != guest)
    #expect(harness.state.person(of: guest).subscription == .subscribed)
  }

  @Test(arguments: [
    ("+5541987654321", "+554187654321"), ("+554187654321", "+5541987654321"),
    ("+525512345678", "+5215512345678"), ("+5215512345678", "+525512345678"),
    ("+541123456789", "+5491123456789"), ("+5491123456789", "+541123456789"),
  ])
  func `a number that WhatsApp spells otherwise is the guest's`(
    _ invited: String, _ written: String
  ) throws {
    let harness = try EngineHarness.wedding()
    let guest = try harness.guest("Ana", phone: invited)
    let result = try harness.receive(text("Yes"), from: Phone(wireText: written))
    #expect(harness.state[result.message].guest == guest)
    // What is sent goes to the number that was invited.
    #expect(harness.state[guest].phone.wireText == invited)
  }

  /// Landlines never had a ninth digit, and other countries have no such rule.
  @Test(arguments: [
    ("+554133445566", "+5541933445566"), ("+6281230000077", "+62981230000077"),
    ("+33612345678", "+336123456789"),
  ])
  func `numbers that only look alike are different people`(
    _ invited: String, _ written: String
  ) throws {
    let harness = try EngineHarness.wedding()
    let guest = try harness.guest("Ana", phone: invited)
    let result = try harness.receive(text("Yes"), from: Phone(wireText: written))
    #expect(harness.state[result.message].guest != guest)
  }
}
