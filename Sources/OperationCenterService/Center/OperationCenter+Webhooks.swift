import CampaignEngine
import Gateways
import Wire

/// Webhooks are answered once they are kept, and worked off in slices between other things.
extension OperationCenter {
  /// The oldest webhook that waits, taken apart.
  struct OpenWebhook: Sendable {
    let number: UInt64
    let items: [WhatsAppItem]
  }

  /// - Parameter body: what `webhook` was parsed from.
  func receive(
    _ webhook: WhatsAppWebhook, of account: String, body: [UInt8]
  ) throws -> WebhookReceive.Output {
    var digest = SHA256()
    digest.update(Array(account.utf8) + [0])
    digest.update(body)
    let isNext = engine.state.webhooks.waiting.isEmpty
    let result = try perform(
      ReceiveWebhook(
        account: account, body: String(decoding: body, as: UTF8.self),
        digest: Hexadecimal.text(digest.finish().prefix(16))))
    if isNext, !result.isDuplicate {
      openWebhook = OpenWebhook(number: result.number, items: webhook.items)
    }
    var output = WebhookReceive.Output()
    (output.number, output.isDuplicate) = (result.number, result.isDuplicate)
    return output
  }

  var hasWebhooks: Bool { !engine.state.webhooks.waiting.isEmpty }

  /// Works off at most `limit` items, each with the note that it is done, so that a restart goes on
  /// behind it.
  func workOffWebhooks(limit: Int = 256) throws {
    var left = limit
    while left > 0, let webhook = engine.state.webhooks.waiting.first {
      let items = items(of: webhook)
      // None at all, or fewer than the version knew that began with it.
      if webhook.done >= items.count {
        try perform(PassOverWebhook(isLast: true, hasItem: false))
      } else {
        try workOff(items[webhook.done], of: webhook, isLast: webhook.done + 1 == items.count)
      }
      left -= 1
    }
  }

  /// All of them, where what follows must not be overtaken.
  func workOffAllWebhooks() throws {
    while hasWebhooks { try workOffWebhooks() }
  }

  private func items(of webhook: Webhook) -> [WhatsAppItem] {
    if let openWebhook, openWebhook.number == webhook.number { return openWebhook.items }
    // It was readable when it was taken in.
    let items = (try? WhatsAppWebhook(parsing: Array(webhook.body.utf8)))?.items ?? []
    openWebhook = OpenWebhook(number: webhook.number, items: items)
    return items
  }

  private func workOff(_ item: WhatsAppItem, of webhook: Webhook, isLast: Bool) throws {
    func act(_ command: some Command) throws {
      let rejection = try perform(
        WorkOffWebhook(place: webhook.done, isLast: isLast, item: command))
      if let rejection { note("was refused: \(rejection.reason ?? rejection.kind)") }
    }
    func note(_ what: String) {
      configuration.log("item \(webhook.done + 1) of webhook \(webhook.number) \(what)")
    }
    func pass(_ why: String) throws {
      try perform(PassOverWebhook(isLast: isLast, hasItem: true))
      note("was passed over: \(why)")
    }
    func sender(_ number: BusinessNumber) -> SenderID? {
      engine.state.sender(with: number.phone, ofAccount: webhook.account)
    }
    let stranger = "its number is no sender of account \(webhook.account)"
    switch item {
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
          wantsMarketing: preference.wantsMarketing))
    case .template(let news):
      try act(
        ReportTemplateNews(
          account: webhook.account, name: news.name, language: news.language, status: news.status,
          category: news.category))
    case .account(let news):
      try act(StopAccount(account: webhook.account, reason: news.reason))
      note("says \(news.reason) of account \(webhook.account)")
    case .unknown(let what): try pass(what)
    }
  }
}
