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
    case template(TemplateNews)
    case account(AccountNews)
    /// Nothing that is acted on; what it was, without anything personal.
    case unknown(String)
  }
}

/// The number that a message was sent to, or from.
package struct BusinessNumber: Sendable, Equatable {
  package let phone: Phone

  init?(_ value: JSONValue) {
    guard let phone = Phone(digitsOf: value["metadata"]?["display_phone_number"].text) else {
      return nil
    }
    self.phone = phone
  }
}

/// User ids by number. Contacts do not stand in the order of messages.
struct WebhookContacts {
  private var userIDs: [String: String] = [:]

  init(_ contacts: JSONValue?) {
    for contact in contacts.elements {
      guard let number = contact["wa_id"].text, let id = contact["user_id"].identifier else {
        continue
      }
      userIDs[number] = id
    }
  }

  func userID(of number: String?) -> String? { number.flatMap { userIDs[$0] } }
}
