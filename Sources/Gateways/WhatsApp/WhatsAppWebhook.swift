import CampaignEngine
import Wire

/// The body of a webhook of the WhatsApp Cloud API, taken apart:
///
///     {"object": "whatsapp_business_account", "entry": [{"id": "…", "changes": [
///       {"field": "messages", "value": {"metadata": {…}, "messages": […], "statuses": […]}}]}]}
///
/// Meta adds kinds and members whenever it likes, and one body carries up to a thousand items. So
/// whatever is not known is an item too, one that says nothing: the rest counts nevertheless, and
/// items keep their places when a later version knows more of them.
package struct WhatsAppWebhook: Sendable {
  package private(set) var items: [WhatsAppItem] = []

  /// Throws where the body is no JSON object; there is no other way to be wrong.
  package init(parsing body: [UInt8]) throws(WireError) {
    let value = try JSON.decode(JSONValue.self, from: body)
    guard case .object = value else {
      throw WireError(
        path: "", reason: "wrong_type", message: "expected an object", position: 0)
    }
    for entry in value["entry"].elements {
      for change in entry["changes"].elements { add(change) }
    }
  }

  private mutating func add(_ change: JSONValue) {
    guard let value = change["value"] else { return items.append(.unknown("change")) }
    let field = change["field"].word
    switch field {
    case "messages": addMessages(value)
    case "message_template_status_update":
      items.append(TemplateNews(status: value).map { .template($0) } ?? .unknown(field))
    case "template_category_update":
      items.append(TemplateNews(category: value).map { .template($0) } ?? .unknown(field))
    case "user_preferences": addPreferences(value)
    case "account_update":
      items.append(AccountNews(value).map { .account($0) } ?? .unknown(field))
    default: items.append(.unknown(field))
    }
  }

  private mutating func addMessages(_ value: JSONValue) {
    let number = BusinessNumber(value)
    for message in value["messages"].elements {
      let parsed = number.flatMap { WebhookMessage(message, to: $0, contacts: value["contacts"]) }
      items.append(parsed.map { .message($0) } ?? .unknown("message \(message.kind)"))
    }
    for status in value["statuses"].elements {
      let parsed = number.flatMap { WebhookStatus(status, from: $0) }
      items.append(parsed.map { .status($0) } ?? .unknown("status \(status["status"].word)"))
    }
    // An error that belongs to no message: there is nothing to book it on.
    for error in value["errors"].elements {
      items.append(.unknown("error \(error["code"].integer ?? 0)"))
    }
  }

  private mutating func addPreferences(_ value: JSONValue) {
    let number = BusinessNumber(value)
    for preference in value["user_preferences"].elements {
      let parsed = number.flatMap { WebhookPreference(preference, of: $0) }
      items.append(parsed.map { .preference($0) } ?? .unknown("user_preferences"))
    }
  }
}

/// One thing that a webhook says.
package enum WhatsAppItem: Sendable, Equatable {
  case message(WebhookMessage)
  case status(WebhookStatus)
  case preference(WebhookPreference)
  case template(TemplateNews)
  case account(AccountNews)
  /// Nothing that is acted on; what it was, without anything personal.
  case unknown(String)
}

/// The number that a message was sent to, or from.
package struct BusinessNumber: Sendable, Equatable {
  package let phone: Phone

  package init(phone: Phone) { self.phone = phone }

  init?(_ value: JSONValue) {
    guard let phone = Phone(digitsOf: value["metadata"]?["display_phone_number"].text) else {
      return nil
    }
    self.phone = phone
  }
}
