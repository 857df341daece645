import Wire

/// What a gateway needs to know to send a template.
package struct TemplateMessage: Sendable, Equatable {
  package var name: String
  /// As WhatsApp spells it: `pt_BR`, which knows no `pt-BR` (132001).
  package var language: String
  package var header: MediaHeader?
  /// Values of the places in header and body, in order.
  package var parameters: [TemplateParameter]
  /// The quick replies, in order.
  package var buttons: [ContentButton]
  /// What WhatsApp is to be told of the buttons, by their places among all of them.
  package var components: [ButtonComponent]

  package init(
    name: String, language: String, header: MediaHeader? = nil,
    parameters: [TemplateParameter] = [], buttons: [ContentButton] = [],
    components: [ButtonComponent] = []
  ) {
    (self.name, self.language, self.header) = (name, language, header)
    (self.parameters, self.buttons, self.components) = (parameters, buttons, components)
  }
}

package struct TemplateParameter: WireObject, Equatable {
  package var name = ""
  package var value = ""

  package init() {}
  package init(name: String, value: String) { (self.name, self.value) = (name, value) }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("name", &name, "Name of the place.")
    try visit.field("value", &value, "What stands there.")
  }
}

/// A component of type `button` of the message that WhatsApp is sent. A link that never changes, and
/// a call, have none.
package struct ButtonComponent: WireObject, Equatable {
  package var index = 0
  package var subType = SubType.quickReply
  package var value = ""

  package enum SubType: String, WireEnum {
    case quickReply = "quick_reply"
    case url, flow
  }

  package init() {}
  package init(index: Int, _ subType: SubType, value: String) {
    (self.index, self.subType, self.value) = (index, subType, value)
  }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("index", &index, "Its place among all buttons of the template, from 0.")
    try visit.field("sub_type", &subType, "As WhatsApp calls it.")
    try visit.field(
      "value", &value, "Payload of a quick reply, the end of a link, or the token of a form.")
  }
}

extension TemplateMessage {
  /// - Parameter names: the variant's places, in the order of the content's values.
  init(_ content: MessageContent, _ template: Template, names: [String]) {
    let variant = template.variants[Int(content.variant)]
    let values = zip(names, content.values).map { TemplateParameter(name: $0, value: $1) }
    self.init(
      name: template.name,
      language: String(variant.language.map { $0 == "-" ? "_" : $0 }), header: content.header,
      parameters: values,
      buttons: content.buttons)
    let links = Set(variant.linkNames)
    if !links.isEmpty { parameters.removeAll { links.contains($0.name) } }
    var replies = content.buttons[...]
    for (index, button) in variant.buttons.enumerated() {
      if button.answers {
        guard let reply = replies.popFirst() else { continue }
        components.append(
          ButtonComponent(
            index: index, button.isFlow ? .flow : .quickReply, value: reply.payload))
      } else if let name = button.linkName, let value = values.first(where: { $0.name == name }) {
        components.append(ButtonComponent(index: index, .url, value: value.value))
      }
    }
  }
}
