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

  @Test func `items are worked off in order, and the body goes with the last`() throws {
    let harness = try harness()
    #expect(try harness.perform(receive(1)) == .init(number: 1))
    #expect(try harness.perform(receive(2, body: "{\"a\":1}")) == .init(number: 2))
    #expect(harness.state.webhooks.byteCount == 9)
    try harness.perform(PassOverWebhook(isLast: false, hasItem: true))
    #expect(harness.state.webhooks.waiting.map(\.done) == [1, 0])
    // An item has its turn once.
    let again = WorkOffWebhook(place: 0, isLast: false, item: StopAccount(account: "1", reason: ""))
    #expect(harness.refusal(of: again)?.code == .conflict)
    try harness.restart(fromSnapshot: true)
    let next = WorkOffWebhook(place: 1, isLast: true, item: StopAccount(account: "9", reason: ""))
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

  // MARK: What bodies say beside messages and reports

  @Test func `news of a template reach it in each project of the account`() throws {
    let harness = try harness()
    func news(
      account: String = "1", language: String = "en", status: TemplateStatus? = nil,
      category: TemplateCategory? = nil
    ) -> ReportTemplateNews {
      ReportTemplateNews(
        account: account, name: "rsvp_reminder", language: language, status: status,
        category: category)
    }
    try harness.makeProject()
    try harness.makeTemplates()
    try harness.perform(news(status: .paused, category: .marketing))
    for space in [UInt32(0), 1] {
      let template = try #require(harness.state.template(named: "rsvp_reminder", space: space))
      #expect(template.row.category == .marketing)
      for variant in template.row.currentVariants {
        #expect((variant.status == .paused) == (variant.language == "en"))
      }
    }
    // WhatsApp writes languages in two ways.
    try harness.template("save_the_date", languages: ["pt_BR"])
    try harness.perform(
      ReportTemplateNews(
        account: "1", name: "save_the_date", language: "pt-BR", status: .disabled, category: nil))
    let dated = try #require(harness.state.template(named: "save_the_date", space: 1))
    #expect(dated.row.currentVariants.map(\.status) == [.disabled])
    #expect(harness.refusal(of: news(account: "2", status: .approved))?.code == .notFound)
    #expect(harness.refusal(of: news(language: "xx", status: .approved))?.code == .notFound)
  }

  @Test func `marketing is stopped and resumed, and resuming lifts no opt-out`() throws {
    let harness = try harness()
    let guest = try harness.guest("Sari", phone: "+6281230000077")
    func report(_ wantsMarketing: Bool) throws {
      try harness.perform(
        ReportPreference(
          sender: harness.sender, phone: harness.state[guest].phone, userID: nil,
          wantsMarketing: wantsMarketing))
    }
    var subscription: Subscription { harness.state.person(of: guest).subscription }
    try report(false)
    #expect(subscription == .noMarketing)
    try report(true)
    #expect(subscription == .subscribed)
    try harness.write("stop", from: guest)
    for wantsMarketing in [true, false] {
      try report(wantsMarketing)
      #expect(subscription == .optedOut)
    }
    let stranger = ReportPreference(
      sender: harness.sender, phone: Phone(number: 4_915_100_000), userID: "IN.9",
      wantsMarketing: false)
    #expect(harness.refusal(of: stranger)?.code == .notFound)
  }
}
