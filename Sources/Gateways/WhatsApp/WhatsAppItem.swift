import CampaignEngine
import Wire

/// One thing that a webhook says.
package struct WhatsAppItem: Sendable, Equatable {
  /// Meta's number of the business account that it is about.
  package var account: String?
  /// When Meta says that it came about; messages and statuses have times of their own.
  package var at: Timestamp?
  package var news: News

  package enum News: Sendable, Equatable {
    case message(WebhookMessage)
    case status(WebhookStatus)
    case preference(WebhookPreference)
    case identity(WebhookIdentity)
    case template(TemplateNews)
    case account(AccountNews)
    /// Nothing that is acted on; what it was, without anything personal.
    case unknown(String)
  }
}
