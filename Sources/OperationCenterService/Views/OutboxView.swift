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

  package init() {}

  init(_ content: SendContent) {
    buttons = content.buttons
    switch content {
    case .template(let name, let language, let header, let parameters, _):
      type = .template
      var template = OutboxTemplate()
      (template.name, template.language, template.header) = (name, language, header)
      template.parameters = parameters.map { OutboxParameter(name: $0.name, value: $0.value) }
      self.template = template
    case .text(let text): (type, self.text) = (.text, text)
    case .buttons(let text, _): (type, self.text) = (.buttons, text)
    case .list(let text, _): (type, self.text) = (.list, text)
    }
  }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("type", &type, "template, text, buttons or list.")
    try visit.field("text", &text, "Free text; null for a template.")
    try visit.field("template", &template, "Template; null for free text.")
    try visit.field(
      "buttons", &buttons, "Buttons or rows, in order; their payloads come back with a tap.")
  }
}

package struct OutboxTemplate: WireObject {
  package var name = ""
  package var language = ""
  package var header: MediaHeader?
  package var parameters: [OutboxParameter] = []

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("name", &name, "Name at WhatsApp.")
    try visit.field("language", &language, "Language code.")
    try visit.field("header", &header, "Medium above the text.")
    try visit.field("parameters", &parameters, "Values of its places, in order.")
  }
}

package struct OutboxParameter: WireObject {
  package var name = ""
  package var value = ""

  package init() {}
  init(name: String, value: String) { (self.name, self.value) = (name, value) }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("name", &name, "Name of the place.")
    try visit.field("value", &value, "What stands there.")
  }
}
