import CampaignEngine
import Gateways
import JSONRPC
import Wire

/// Webhooks are answered once they are kept, and worked off in slices between other things.
extension OperationCenter {
  /// The oldest webhook that waits, taken apart.
  struct OpenWebhook: Sendable {
    let number: UInt64
    let items: [WhatsAppItem]
  }

  var hasWebhooks: Bool { !engine.state.webhooks.waiting.isEmpty }

  /// Works off some items, each with the note that it is done, so that a restart goes on behind it.
  /// Where a slice ends depends on the clock of the machine; what comes of it does not.
  func workOffWebhooks(limit: Int = 256) throws {
    let end = ContinuousClock.now + .milliseconds(5)
    var left = limit
    while left > 0, let webhook = engine.state.webhooks.waiting.first {
      try workOffItem(of: webhook)
      left -= 1
      if ContinuousClock.now >= end { break }
    }
    // What a webhook says about people is not kept longer than the webhook.
    if !hasWebhooks { openWebhook = nil }
  }

  /// All of them, where what follows must not be overtaken.
  func workOffAllWebhooks() throws {
    while hasWebhooks { try workOffWebhooks() }
  }

  private func workOffItem(of webhook: Webhook) throws {
    let items = items(of: webhook)
    // None at all, or fewer than the version knew that began with it.
    guard webhook.done < items.count else {
      return try perform(PassOverWebhook(isLast: true, hasItem: false))
    }
    try workOff(items[webhook.done], of: webhook, isLast: webhook.done + 1 == items.count)
  }

  private func items(of webhook: Webhook) -> [WhatsAppItem] {
    if let openWebhook, openWebhook.number == webhook.number { return openWebhook.items }
    let items: [WhatsAppItem]
    do throws(WireError) {
      items = try WhatsAppWebhook(parsing: Array(webhook.body.utf8)).items
    } catch {
      items = []
      configuration.log("webhook \(webhook.number) was passed over: \(error.reason)")
    }
    openWebhook = OpenWebhook(number: webhook.number, items: items)
    return items
  }

  private func workOff(_ item: WhatsAppItem, of webhook: Webhook, isLast: Bool) throws {
    let account = item.account ?? webhook.account
    func act(_ command: some Command) throws {
      let rejection = try perform(
        WorkOffWebhook(place: webhook.done, isLast: isLast, item: command))
      if let rejection { note("was refused: \(rejection.reason ?? rejection.kind)") }
    }
    func note(_ what: String) {
      // A body of strange things fills no log.
      guard webhook.done < 100 else { return }
      configuration.log("item \(webhook.done + 1) of webhook \(webhook.number) \(what)")
    }
    func pass(_ why: String) throws {
      try perform(PassOverWebhook(isLast: isLast, hasItem: true))
      note("was passed over: \(why)")
    }
    func sender(_ number: Phone) -> SenderID? {
      engine.state.sender(with: number, ofAccount: account)
    }
    guard configuration.webhookSecrets.isSame(for: webhook.account, and: account) else {
      return try pass("it is about another account, which has another secret")
    }
    let stranger = "its number is no sender of the account"
    switch item.news {
    case .message(let message):
      guard let sender = sender(message.to) else { return try pass(stranger) }
      try act(
        ReceiveMessage(
          sender: sender, gatewayID: message.id, from: message.from, userID: message.userID,
          sentAt: message.sentAt, content: message.content))
    case .status(let status):
      guard let sender = sender(status.from) else { return try pass(stranger) }
      try act(
        ReportStatus(
          sender: sender, gatewayID: status.id, attempt: status.attempt, report: status.report))
    case .preference(let preference):
      guard let sender = sender(preference.number) else { return try pass(stranger) }
      try act(
        ReportPreference(
          sender: sender, phone: preference.phone, userID: preference.userID,
          wantsMarketing: preference.wantsMarketing,
          at: preference.at ?? item.at ?? webhook.receivedAt))
    case .template(let news):
      try act(
        ReportTemplateNews(
          account: account, name: news.name, language: news.language, status: news.status,
          category: news.category, at: item.at ?? webhook.receivedAt))
    case .account(let news):
      try act(
        StopAccount(account: account, reason: news.reason, at: item.at ?? webhook.receivedAt))
      note("says \(news.reason)")
    case .unknown(let what): try pass(what)
    }
  }
}
