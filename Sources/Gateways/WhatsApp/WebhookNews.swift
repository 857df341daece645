import CampaignEngine
import Wire

/// Whether a person wants marketing from a number.
package struct WebhookPreference: Sendable, Equatable {
  package var number: BusinessNumber
  package var phone: Phone?
  package var userID: String?
  package var wantsMarketing: Bool

  init?(_ preference: JSONValue, of number: BusinessNumber) {
    guard preference["category"].text == "marketing_messages" else { return nil }
    switch preference["value"].text {
    case "stop": wantsMarketing = false
    case "resume", "signup": wantsMarketing = true
    default: return nil
    }
    self.number = number
    phone = Phone(digitsOf: preference["wa_id"].text)
    userID = preference["user_id"].identifier
    guard phone != nil || userID != nil else { return nil }
  }
}

/// What WhatsApp decided about one language of a template.
package struct TemplateNews: Sendable, Equatable {
  package var name: String
  package var language: String
  package var status: TemplateStatus?
  package var category: TemplateCategory?

  /// `message_template_status_update`.
  init?(status value: JSONValue) {
    guard let status = value["event"].text.flatMap({ TemplateStatus(whatsApp: $0) }) else {
      return nil
    }
    self.init(value)
    self.status = status
  }

  /// `template_category_update`. The price changes with it. `correct_category` tells of a change
  /// that is still to come, so it is no news yet.
  init?(category value: JSONValue) {
    guard let text = value["new_category"].text,
      let category = TemplateCategory(rawValue: text.lowercased())
    else { return nil }
    self.init(value)
    self.category = category
  }

  init(
    name: String, language: String, status: TemplateStatus? = nil, category: TemplateCategory? = nil
  ) {
    (self.name, self.language, self.status, self.category) = (name, language, status, category)
  }

  private init?(_ value: JSONValue) {
    guard let name = value["message_template_name"].text, name.utf8.count <= 512,
      let language = value["message_template_language"].text, language.utf8.count <= 32
    else { return nil }
    (self.name, self.language) = (name, language)
  }
}

/// Something that stops a whole business account.
package struct AccountNews: Sendable, Equatable {
  /// In our spelling: `account_restriction`.
  package var reason: String

  init(reason: String) { self.reason = reason }

  init?(_ value: JSONValue) {
    switch value["event"].text {
    case "ACCOUNT_RESTRICTION":
      // Some restrict other things, such as adding numbers.
      let kinds = value["restriction_info"].elements.map { $0["restriction_type"].text ?? "" }
      guard kinds.isEmpty || kinds.contains(where: { $0.contains("MESSAGING") }) else { return nil }
      reason = "account_restriction"
    case "ACCOUNT_DELETED": reason = "account_deleted"
    case "ACCOUNT_OFFBOARDED": reason = "account_offboarded"
    case "DISABLED_UPDATE":
      // The same event tells that a ban is lifted.
      guard value["ban_info"]?["waba_ban_state"].text != "REINSTATE" else { return nil }
      reason = "account_disabled"
    default: return nil
    }
  }
}
