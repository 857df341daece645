import CampaignEngine
import Gateways

/// What one item of a webhook asks of the engine.
enum WebhookStep {
  case message(ReceiveMessage)
  case status(ReportStatus)
  case identity(ChangeIdentity)
  case preference(ReportPreference)
  case template(ReportTemplateNews)
  case account(StopAccount)
  /// Nothing, and why.
  case passOver(String)

  /// - Parameter account: the one that the item is about; its numbers are meant, and no others.
  init(_ item: WhatsAppItem, of webhook: Webhook, account: String, in state: State) {
    let at = item.at ?? webhook.receivedAt
    func step(for number: Phone, _ make: (SenderID) -> WebhookStep) -> WebhookStep {
      state.sender(with: number, ofAccount: account).map(make)
        ?? .passOver("its number is no sender of the account")
    }
    switch item.news {
    case .message(let message):
      self = step(for: message.to) { sender in
        .message(
          ReceiveMessage(
            sender: sender, gatewayID: message.id, from: message.from, userID: message.userID,
            sentAt: message.sentAt ?? at, content: message.content))
      }
    case .status(let status):
      self = step(for: status.from) { sender in
        .status(
          ReportStatus(
            sender: sender, gatewayID: status.id, attempt: status.attempt, report: status.report,
            userID: status.userID, recipient: status.recipient))
      }
    case .identity(let identity):
      self = step(for: identity.number) { sender in
        .identity(
          ChangeIdentity(
            sender: sender, phone: identity.phone, userID: identity.userID,
            newPhone: identity.newPhone, newUserID: identity.newUserID))
      }
    case .preference(let preference):
      self = step(for: preference.number) { sender in
        .preference(
          ReportPreference(
            sender: sender, phone: preference.phone, userID: preference.userID,
            wantsMarketing: preference.wantsMarketing, at: preference.at ?? at))
      }
    case .template(let news):
      self = .template(
        ReportTemplateNews(
          account: account, name: news.name, language: news.language, status: news.status,
          category: news.category, at: at))
    case .account(let news):
      self = .account(StopAccount(account: account, reason: news.reason, at: at))
    case .unknown(let what): self = .passOver(what)
    }
  }
}
