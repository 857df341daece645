import CampaignEngine
import Wire

/// One attempt, for the program that makes it.
package struct OutboxItem: WireObject {
  package var callbackData = ""
  package var message = MessageID.none
  package var to = Phone.none
  package var userID: String?
  package var content = OutboxContent()
  package var leaseUntil = Timestamp.zero

  package init() {}

  init(_ request: SendRequest, in state: State) {
    callbackData = request.attempt.description
    message = request.attempt.message
    to = request.to
    userID = state.person(of: request.guest).userID.nilIfEmpty
    content = OutboxContent(request.content)
    leaseUntil = state[message].leaseUntil
  }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field(
      "callback_data", &callbackData,
      "Our name of the attempt: send it along as biz_opaque_callback_data, and report with it.")
    try visit.field("message_id", &message, "Message.")
    try visit.field("to", &to, "The person's number.")
    try visit.field("user_id", &userID, "WhatsApp's id of the person, where it told one.")
    try visit.field("content", &content, "What to send.")
    try visit.field("lease_until", &leaseUntil, "Report before this moment.")
  }
}

package struct OutboxContent: WireObject {
  package var type = ContentKind.text
  package var text: String?
  package var template: OutboxTemplate?
  package var buttons: [ContentButton] = []
  package var flow: FlowMessage?

  package init() {}

  init(_ content: SendContent) {
    buttons = content.buttons
    switch content {
    case .template(let template): (type, self.template) = (.template, OutboxTemplate(template))
    case .text(let text): (type, self.text) = (.text, text)
    case .buttons(let text, _): (type, self.text) = (.buttons, text)
    case .list(let text, _): (type, self.text) = (.list, text)
    case .flow(let text, let flow): (type, self.text, self.flow) = (.flow, text, flow)
    }
  }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("type", &type, "template, text, buttons, list or flow.")
    try visit.field("text", &text, "Free text; null for a template.")
    try visit.field("template", &template, "Template; null for free text.")
    try visit.field(
      "buttons", &buttons,
      "Buttons or rows whose taps come back, in order; a template's quick replies and forms.")
    try visit.field(
      "flow", &flow, "Of type flow: the form that the button opens.", .omittable)
  }
}

package struct OutboxTemplate: WireObject {
  package var name = ""
  package var language = ""
  package var header: MediaHeader?
  package var parameters: [TemplateParameter] = []
  package var buttons: [ButtonComponent] = []

  package init() {}

  init(_ template: TemplateMessage) {
    (name, language, header) = (template.name, template.language, template.header)
    (parameters, buttons) = (template.parameters, template.components)
  }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("name", &name, "Name at WhatsApp.")
    try visit.field("language", &language, "Language code.")
    try visit.field("header", &header, "Medium above the text.")
    try visit.field(
      "parameters", &parameters, "Values of the places in header and body, in order.")
    try visit.field(
      "buttons", &buttons, "What WhatsApp is to be told of its buttons: their components.")
  }
}
