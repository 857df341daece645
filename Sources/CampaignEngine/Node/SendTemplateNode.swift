import Wire

/// Sends a template, or its `session_text` where the session window is open at the moment of
/// sending. Goes on when WhatsApp accepted the message.
package struct SendTemplateNode: NodeContent {
  package static let typeName = "send_template"
  package static let summary =
    "Sends a template; while the session window is open, free text in its place. Leaves by default once WhatsApp has taken it, by failed if it never does."
  package static let example =
    #"{"template": "wedding_invite", "parameters": {"guest_name": "{{guest.name ?? \"friend\"}}", "day": "{{project.event_date}}"}, "header": {"type": "image", "link": "{{project.fields.card_url}}"}, "buttons": [{"handle": "yes"}, {"handle": "no"}], "session_text": {"*": "Dear {{guest.name ?? \"friend\"}}, will you join us?"}, "send_by": "2026-12-05T15:00:00.000Z"}"#
  package static let traits: NodeTraits = .sends

  package var template = ""
  package var parameters = WireMap<String>()
  package var header: MediaHeader?
  package var buttons: [TemplateButtonUse] = []
  package var sessionText: LocalizedText?
  package var sendBy: Timestamp?

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("template", &template, "Name of the template.", .pattern(.templateName))
    try visit.field(
      "parameters", &parameters, "A text for each named place of the template.",
      .defaulted.length(0...50))
    try visit.field("header", &header, "The medium above the text, where the template has one.")
    try visit.field(
      "buttons", &buttons, "The template's quick replies, in order: which way out each takes.",
      .defaulted.length(0...10))
    try visit.field(
      "session_text", &sessionText, "Free text that goes instead while the window is open.",
      .length(1...1024))
    try visit.field("send_by", &sendBy, "After this moment the message is not sent any more.")
  }

  package var handles: [String] { ["default", "failed"] }

  package func usualPhase(isBeforeWait: Bool) -> Phase { isBeforeWait ? .blasting : .followUp }

  package var reads: NodeReads {
    var reads = NodeReads()
    reads.texts = (templateUse?.texts ?? []) + (sessionText?.texts ?? [])
    return reads
  }

  package func check(_ check: inout NodeCheck) {
    check.template(templateUse, buttons: buttons.map(\.handle))
    for (name, text) in parameters.entries {
      check.text(text, field: FieldPath.member(name, of: "parameters"))
    }
    if let header { check.link(header.link, field: "header.link") }
    check.texts(sessionText, field: "session_text")
    check.unique(buttons.map(\.handle), field: "buttons")
    check.buttonsLeadToWait(buttons.map(\.handle))
    if sessionText != nil { check.sessionTitles(of: buttons.map(\.handle)) }
  }
}

package struct TemplateButtonUse: WireObject, Equatable {
  package var handle = ""
  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("handle", &handle, "Way out of the wait that follows.", .pattern(.handle))
  }
}

package struct MediaHeader: WireObject, Equatable {
  /// False where the text cannot become a web address, whatever stands in its places.
  static func mayBeLink(_ text: String) -> Bool {
    text.hasPrefix("{{") || text.hasPrefix("https://") || text.hasPrefix("http://")
  }

  package var type = HeaderType.image
  package var link = ""
  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("type", &type, "Kind of medium.")
    try visit.field("link", &link, "Where WhatsApp fetches it; may have places.", .length(1...2048))
  }
}
