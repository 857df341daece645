import CampaignEngine
import Wire

/// The body of a webhook of the WhatsApp Cloud API, taken apart:
///
///     {"object": "whatsapp_business_account", "entry": [{"id": "…", "time": …, "changes": [
///       {"field": "messages", "value": {"metadata": {…}, "messages": […], "statuses": […]}}]}]}
///
/// Meta adds kinds and members whenever it likes, and one body carries up to a thousand items. So
/// whatever is not known is an item too, one that says nothing: the rest counts nevertheless, and
/// items keep their places when a later version knows more of them.
package struct WhatsAppWebhook: Sendable {
  package private(set) var items: [WhatsAppItem] = []

  /// What stands behind so many items is not looked at. Meta's own limit is a thousand.
  package static let maximumItems = 50_000

  /// Throws where the body is no JSON object; there is no other way to be wrong.
  package init(parsing body: [UInt8]) throws(WireError) {
    let value = try JSON.decode(JSONValue.self, from: body)
    guard case .object = value else {
      throw WireError(
        path: "", reason: "wrong_type", message: "expected an object", position: 0)
    }
    for entry in value["entry"].elements {
      let (account, time) = (entry["id"].identifier, entry["time"].timestamp)
      for change in entry["changes"].elements where items.count < Self.maximumItems {
        for news in Self.news(of: change).prefix(Self.maximumItems - items.count) {
          items.append(WhatsAppItem(account: account, at: time, news: news))
        }
      }
    }
  }

  private static func news(of change: JSONValue) -> [WhatsAppItem.News] {
    guard let value = change["value"] else { return [.unknown("change")] }
    let field = change["field"].word
    let news: WhatsAppItem.News?
    switch field {
    case "messages": return messages(in: value)
    case "calls": return calls(in: value)
    case "user_preferences": return preferences(in: value)
    case "message_template_status_update": news = TemplateNews(status: value).map { .template($0) }
    case "template_category_update": news = TemplateNews(category: value).map { .template($0) }
    case "account_update": news = AccountNews(value).map { .account($0) }
    default: news = nil
    }
    return [news ?? .unknown(field)]
  }

  private static func messages(in value: JSONValue) -> [WhatsAppItem.News] {
    let number = businessNumber(of: value)
    let contacts = WebhookContacts(value["contacts"])
    return value["messages"].elements.map { message in
      number.flatMap { Self.news(of: message, to: $0, contacts) }
        ?? .unknown("message \(message["type"].word)")
    }
      + value["statuses"].elements.map { status in
        number.flatMap { WebhookStatus(status, from: $0, contacts) }.map { .status($0) }
          ?? .unknown("status \(status["status"].word)")
      }
      // An error that belongs to no message: there is nothing to book it on.
      + value["errors"].elements.map { .unknown("error \($0["code"].integer ?? 0)") }
  }

  private static func news(
    of message: JSONValue, to number: Phone, _ contacts: WebhookContacts
  ) -> WhatsAppItem.News? {
    if let identity = WebhookIdentity(message, to: number) { return .identity(identity) }
    return WebhookMessage(message, to: number, contacts).map { .message($0) }
  }

  private static func calls(in value: JSONValue) -> [WhatsAppItem.News] {
    let number = businessNumber(of: value)
    let contacts = WebhookContacts(value["contacts"])
    let calls = value["calls"].elements
    // One item, as before anything was known of calls.
    guard !calls.isEmpty else { return [.unknown("calls")] }
    return calls.map { call in
      number.flatMap { WebhookMessage(call: call, to: $0, contacts) }.map { .message($0) }
        ?? .unknown("calls")
    }
  }

  /// The number that messages were sent to, or from.
  private static func businessNumber(of value: JSONValue) -> Phone? {
    Phone(digitsOf: value["metadata"]?["display_phone_number"].text)
  }

  private static func preferences(in value: JSONValue) -> [WhatsAppItem.News] {
    let number = businessNumber(of: value)
    return value["user_preferences"].elements.map { preference in
      number.flatMap { WebhookPreference(preference, of: $0) }.map { .preference($0) }
        ?? .unknown("user_preferences")
    }
  }
}
