import Wire

/// Sends a form that is filled in inside WhatsApp (a static WhatsApp Flow): while the session window is open
/// with a text, else by a template that has a flow button. The guest_form that follows takes what was filled in,
/// and asks for what is missing question by question.
package struct SendFlowNode: NodeContent {
  package static let typeName = "send_flow"
  package static let summary =
    "Sends a form that is filled in inside WhatsApp. Leaves by default once WhatsApp has taken it, by failed if it never does; the guest_form behind default keeps the answers, and asks one by one where the form was not filled in."
  package static let example =
    #"{"flow": {"id": "1184772690328842", "cta": {"*": "Open the form"}, "screen": "RSVP"}, "text": {"*": "Dear {{guest.name}}, please tell us who comes."}, "template": "rsvp_form", "parameters": {"guest_name": "{{guest.name}}"}}"#
  package static let traits: NodeTraits = [.sends, .sendsForm]

  package var flow = FlowUse()
  package var text = LocalizedText()
  package var template: String?
  package var parameters = WireMap<String>()
  package var sendBy: Timestamp?

  /// What the payload of its button names; no question is called so.
  static let handle = "flow"

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("flow", &flow, "The form, as WhatsApp has it.")
    try visit.field(
      "text", &text, "What the guest reads above the button while the window is open.",
      .each(length: 1...Limits.textWithButtonsCharacters))
    try visit.field(
      "template", &template,
      "Template with a flow button that goes outside the window; without one the message fails there.",
      .pattern(.templateName))
    try visit.field(
      "parameters", &parameters, "A text for each named place of the template.",
      .defaulted.length(0...50))
    try visit.field("send_by", &sendBy, "After this moment the message is not sent any more.")
  }

  package var handles: [String] { ["default", "failed"] }
  package func usualPhase(isBeforeWait: Bool) -> Phase { isBeforeWait ? .blasting : .followUp }

  package var reads: NodeReads {
    var reads = NodeReads()
    reads.texts = text.texts + flow.cta.texts + parameters.entries.map(\.value)
    return reads
  }

  package func check(_ check: inout NodeCheck) {
    check.texts(text, field: "text")
    if (flow.id == nil) == (flow.name == nil) {
      check.error(
        "invalid_flow", "The form has \(flow.id == nil ? "neither id nor name" : "id and name").",
        "Give the id of the WhatsApp Flow, or its name.", "flow")
    }
    check.formFollows()
    guard template != nil else { return check.freeTextNeedsOpenWindow() }
    check.template(templateUse, buttons: nil)
    check.flowButton(of: template)
    for (name, text) in parameters.entries {
      check.text(text, field: FieldPath.member(name, of: "parameters"))
    }
  }
}

/// A WhatsApp Flow, as a message names it (Meta, "Flows: sending a flow").
package struct FlowUse: WireObject, Equatable {
  package var id: String?
  package var name: String?
  package var cta = LocalizedText()
  /// Where it begins, if not at its first screen.
  package var screen: String?
  package var isDraft = false

  /// WhatsApp's bound for what stands on the button.
  package static let ctaLength = 1...30

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("id", &id, "WhatsApp's id of the flow; or:", .omittable.length(1...64))
    try visit.field("name", &name, "Its name.", .omittable.length(1...200))
    try visit.field("cta", &cta, "What stands on the button.", .each(length: Self.ctaLength))
    try visit.field(
      "screen", &screen, "Screen where it begins, if not the first.", .omittable.length(1...200))
    try visit.field("draft", &isDraft, "It is not published yet: for tests.", .defaulted)
  }
}
