import CampaignEngine
import Wire

/// Whether a person wants marketing from a number.
package struct WebhookPreference: Sendable, Equatable {
  package var number: Phone
  package var phone: Phone?
  package var userID: String?
  package var wantsMarketing: Bool
  package var at: Timestamp?

  init?(_ preference: JSONValue, of number: Phone) {
    guard preference["category"].text == "marketing_messages" else { return nil }
    switch preference["value"].text {
    case "stop": wantsMarketing = false
    case "resume", "signup": wantsMarketing = true
    default: return nil
    }
    self.number = number
    at = preference["timestamp"].timestamp
    phone = Phone(digitsOf: preference["wa_id"].text)
    userID = preference["user_id"].identifier
    guard phone != nil || userID != nil else { return nil }
  }
}
