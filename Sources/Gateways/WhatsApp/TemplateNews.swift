import CampaignEngine
import Wire

/// What WhatsApp decided about one language of a template.
package struct TemplateNews: Sendable, Equatable {
  package var name: String
  package var language: String
  package var status: TemplateStatus?
  package var category: TemplateCategory?

  /// `message_template_status_update`.
  init?(status value: JSONValue) {
    // These two are warnings, and what is approved stays so.
    guard let event = value["event"].text, event != "FLAGGED", event != "LOCKED",
      let status = TemplateStatus(whatsApp: event)
    else { return nil }
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
