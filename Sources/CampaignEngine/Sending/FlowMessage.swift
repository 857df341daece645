import Wire

/// The parameters of a message of type `interactive.flow` (Meta, "Flows: sending a flow").
package struct FlowMessage: WireObject, Equatable {
  package var id: String?
  package var name: String?
  package var cta = ""
  /// Comes back with what was filled in; some phones leave it out.
  package var token = ""
  package var screen: String?
  package var mode = Mode.published

  package enum Mode: String, WireEnum { case draft, published }

  package init() {}

  init(_ use: FlowUse, _ button: ContentButton) {
    (id, name, screen) = (use.id, use.name, use.screen)
    (cta, token) = (button.title, button.payload)
    mode = use.isDraft ? .draft : .published
  }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("flow_id", &id, "WhatsApp's id of the flow; or flow_name.")
    try visit.field("flow_name", &name, "Its name.")
    try visit.field("flow_cta", &cta, "What stands on the button.")
    try visit.field("flow_token", &token, "Comes back with what was filled in.")
    try visit.field("screen", &screen, "Where it begins; null for its first screen.")
    try visit.field("mode", &mode, "draft before it is published.")
  }
}
