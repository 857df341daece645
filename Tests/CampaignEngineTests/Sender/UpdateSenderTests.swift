import Testing
import Wire

import CampaignEngine

struct UpdateSenderTests {
  private func update(_ harness: EngineHarness, _ configure: (inout SenderChange) -> Void) throws {
    var change = SenderChange()
    configure(&change)
    try harness.perform(UpdateSender(sender: harness.sender, change: change))
  }

  @Test func `what is left out stays`() throws {
    let harness = try EngineHarness.wedding()
    let before = harness.state[harness.sender].row
    try update(harness) { $0.name = "Launches" }
    let after = harness.state[harness.sender].row
    #expect(after.name == "Launches")
    #expect(after.rates == before.rates)
    #expect(after.stopWords == before.stopWords)
    #expect(after.messagesPerSecond == before.messagesPerSecond)
  }

  @Test func `a new stop word opts out, and an old one no longer does`() throws {
    let harness = try EngineHarness.wedding()
    let guest = try harness.guest("Ana", phone: "+6281230000001")
    try update(harness) { $0.stopWords = ["basta"] }
    #expect(try !harness.write("stop", from: guest).hasOptedOut)
    #expect(try harness.write("¡Basta!", from: guest).hasOptedOut)
    try harness.restart(fromSnapshot: true)
    let other = try harness.guest("Budi", phone: "+6281230000002")
    #expect(try harness.write("basta", from: other).hasOptedOut)
  }

  @Test func `new rates hold for what is delivered from now on`() throws {
    let harness = try EngineHarness.wedding()
    let flow = try flow(
      #"""
      {"id": "one", "type": "send_template", "data": {"template": "rsvp_thanks"}},
      {"id": "end", "type": "end", "data": {"outcome": "done"}}
      """#, "start > one, one > end")
    try harness.guests(2)
    try harness.started(flow)
    let requests = try harness.dispatch()
    for request in requests { try harness.accept(request) }
    try harness.report(requests[0], .delivered)
    try update(harness) { change in
      change.rates = [Rate(from: .zero, market: "62", category: .utility, micros: 9)]
    }
    try harness.report(requests[1], .delivered)
    #expect(requests.map { harness.state[$0.attempt.message].cost.billedMicros } == [25_000, 9])
  }

  @Test func `nothing new is no event, and nobody is not found`() throws {
    let harness = try EngineHarness.wedding()
    try update(harness) { $0.name = "Weddings" }
    #expect(!harness.seenKinds.contains(.senderUpdated))
    let refusal = harness.refusal(
      of: UpdateSender(sender: SenderID(space: 0, counter: 9), change: SenderChange()))
    #expect(refusal?.code == .notFound)
  }
}
