import CampaignEngine
import Wire

/// WhatsApp itself says that a person goes by another number or user id.
package struct WebhookIdentity: Sendable, Equatable {
  package var number: Phone
  package var phone: Phone?
  package var userID: String?
  package var newPhone: Phone?
  package var newUserID: String?

  /// Nil for other news of the system, such as a new key of encryption.
  init?(_ message: JSONValue, to number: Phone) {
    guard message["type"].text == "system", let system = message["system"] else { return nil }
    self.number = number
    phone = Phone(digitsOf: message["from"].text ?? system["customer"].text)
    userID = system["previous_user_id"].identifier ?? message["from_user_id"].identifier
    switch system["type"].text {
    case "user_changed_number", "customer_changed_number":
      newPhone = Phone(digitsOf: system["wa_id"].text ?? system["new_wa_id"].text)
      newUserID = system["user_id"].identifier
    case "user_changed_user_id": newUserID = system["user_id"].identifier
    default: return nil
    }
    guard phone != nil || userID != nil, newPhone != nil || newUserID != nil else { return nil }
  }
}
