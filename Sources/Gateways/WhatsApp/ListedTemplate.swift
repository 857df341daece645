import CampaignEngine
import Wire

/// One language of a template as `GET /{WABA_ID}/message_templates` lists it. Keys that we do not
/// know are passed over; Meta adds some every year.
///
///     {"id": "920070300000001", "name": "wedding_invite", "language": "hi", "status": "APPROVED",
///      "category": "MARKETING", "parameter_format": "POSITIONAL", "components": [
///        {"type": "BODY", "text": "Namaste {{1}}, please join us on {{2}}.",
///         "example": {"body_text": [["Meera", "12 Dec"]]}},
///        {"type": "BUTTONS", "buttons": [{"type": "QUICK_REPLY", "text": "Coming"}]}]}
package struct ListedTemplate: WireObject {
  package var name = ""
  package var language = ""
  package var status = ""
  package var category = ""
  package var components: [ListedComponent] = []
  package var unknown = WireExtras()

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("name", &name, "Name at WhatsApp.", .length(0...512))
    try visit.field("language", &language, "Language code.", .length(0...32))
    try visit.field("status", &status, "Such as APPROVED.", .length(0...64))
    try visit.field("category", &category, "Such as MARKETING.", .length(0...64))
    try visit.field(
      "components", &components, "Header, body, footer and buttons.", .defaulted.length(0...32))
    try visit.extras(&unknown)
  }
}

package struct ListedComponent: WireObject {
  package var type = ""
  package var format: String?
  package var text: String?
  package var buttons: [ListedButton]?
  package var unknown = WireExtras()

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("type", &type, "HEADER, BODY, FOOTER or BUTTONS.", .length(0...64))
    try visit.field("format", &format, "Of a header: TEXT, IMAGE, VIDEO …", .length(0...64))
    try visit.field("text", &text, "What it says.")
    try visit.field("buttons", &buttons, "Of buttons.", .length(0...32))
    try visit.extras(&unknown)
  }
}

package struct ListedButton: WireObject {
  package var type = ""
  package var text: String?
  package var url: String?
  package var phone: String?
  package var flow: Scalar?
  package var unknown = WireExtras()

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("type", &type, "Such as QUICK_REPLY.", .length(0...64))
    try visit.field("text", &text, "What the guest reads.")
    try visit.field("url", &url, "Of type URL: the address, which may end with {{1}}.")
    try visit.field("phone_number", &phone, "Of type PHONE_NUMBER.")
    try visit.field("flow_id", &flow, "Of type FLOW: the form that it opens.")
    try visit.extras(&unknown)
  }
}
