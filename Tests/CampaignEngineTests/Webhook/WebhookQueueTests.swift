import Testing
import Wire

@testable import CampaignEngine

/// Bodies that wait to be worked off.
struct WebhookQueueTests {
  private func harness() throws -> EngineHarness {
    let harness = EngineHarness()
    try harness.makeSender { $0.account = "1" }
    try harness.makeProject()
    try harness.makeTemplates()
    return harness
  }

  private func receive(_ number: Int, body: String = "{}") -> ReceiveWebhook {
    ReceiveWebhook(account: "1", body: body, digest: "digest \(number)")
  }

  private func stop(_ account: String) -> StopAccount {
    StopAccount(account: account, reason: "account_deleted", at: .distantFuture)
  }

  @Test func `items are worked off in order, and the body goes with the last`() throws {
    let harness = try harness()
    #expect(try harness.perform(receive(1)) == .init(number: 1))
    #expect(try harness.perform(receive(2, body: "{\"a\":1}")) == .init(number: 2))
    #expect(harness.state.webhooks.byteCount == 9)
    try harness.perform(PassOverWebhook(isLast: false, hasItem: true))
    #expect(harness.state.webhooks.waiting.map(\.done) == [1, 0])
    // An item has its turn once.
    let again = WorkOffWebhook(place: 0, isLast: false, item: stop("1"))
    #expect(harness.refusal(of: again)?.code == .conflict)
    try harness.restart(fromSnapshot: true)
    let next = WorkOffWebhook(place: 1, isLast: true, item: stop("9"))
    #expect(try harness.perform(next)?.code == .notFound)
    #expect(harness.state.webhooks.waiting.map(\.number) == [2])
    #expect(harness.state.webhooks.byteCount == 7)
    let tally = harness.state.webhooks.tally
    #expect((tally.received, tally.applied, tally.refused, tally.skipped) == (2, 0, 1, 1))
  }

  @Test func `a body is known again as long as it is among the newest`() throws {
    let harness = EngineHarness(fullComparisonInterval: 1000)
    for number in 1...Limits.webhooksRemembered {
      try harness.perform(receive(number))
      try harness.perform(PassOverWebhook(isLast: true, hasItem: false))
    }
    #expect(try harness.perform(receive(1)) == .init(number: 1, isDuplicate: true))
    // The next one takes the place of the oldest, and of no other.
    try harness.perform(receive(0))
    #expect(try harness.perform(receive(2)) == .init(number: 2, isDuplicate: true))
    #expect(try !harness.perform(receive(1)).isDuplicate)
    #expect(harness.state.webhooks.tally.recent.count == Limits.webhooksRemembered)
  }

  @Test func `what waits is bounded by number and by size`() throws {
    let harness = EngineHarness(fullComparisonInterval: 100_000)
    let half = String(repeating: " ", count: Limits.webhookBytesWaiting / 2)
    try harness.perform(receive(1, body: half))
    try harness.perform(receive(2, body: half))
    #expect(harness.refusal(of: receive(3, body: "{}"))?.reason == "webhooks_waiting")
    // A repeat of one that waits is none that comes to it.
    #expect(try harness.perform(receive(2, body: half)).isDuplicate)
    try harness.perform(PassOverWebhook(isLast: true, hasItem: false))
    for number in 3...(Limits.webhooksWaiting + 1) { try harness.perform(receive(number)) }
    #expect(harness.refusal(of: receive(0))?.code == .limitExceeded)
  }
}
