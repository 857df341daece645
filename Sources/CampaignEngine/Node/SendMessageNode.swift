import Wire

/// Sends free text, perhaps with buttons. Outside the session window WhatsApp takes none of that
/// (131047), so the node says what happens then.
package struct SendMessageNode: NodeContent {
  package static let typeName = "send_message"
  package static let summary =
    "Sends free text, with buttons or without; outside the session window what the node says: fail, or a template."
  package static let example =
    #"{"kind": "buttons", "text": {"*": "Will you stay for the party?", "id": "Apakah ikut pesta?"}, "buttons": [{"handle": "stay", "title": {"*": "We stay"}}, {"handle": "go", "title": {"*": "We leave early"}}], "outside_window": {"action": "template", "template": "party_question"}}"#
  package static let traits: NodeTraits = .sends

  package var kind = FreeMessageKind.text
  package var text = LocalizedText()
  package var buttons: [FreeButton] = []
  package var outsideWindow = OutsideWindow()
  package var sendBy: Timestamp?

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("kind", &kind, "Plain text, or text with buttons.", .defaulted)
    try visit.field("text", &text, "What the guest reads.", .each(length: 1...4096))
    try visit.field(
      "buttons", &buttons, "One to three reply buttons, for kind buttons.",
      .defaulted.length(0...3))
    try visit.field(
      "outside_window", &outsideWindow, "What to do while free text is not allowed.", .defaulted)
    try visit.field("send_by", &sendBy, "After this moment the message is not sent any more.")
  }

  package var handles: [String] { ["default", "failed"] }

  package func usualPhase(isBeforeWait: Bool) -> Phase { isBeforeWait ? .blasting : .followUp }

  package var reads: NodeReads {
    var reads = NodeReads()
    reads.texts = text.texts + outsideWindow.parameters.entries.map(\.value)
    return reads
  }

  package func check(_ check: inout NodeCheck) {
    check.texts(text, field: "text")
    check.unique(buttons.map(\.handle), field: "buttons")
    switch kind {
    case .text where !buttons.isEmpty:
      check.error("unexpected_buttons", "Kind text has buttons.", "Set kind to buttons.", "kind")
    case .buttons where buttons.isEmpty:
      check.error(
        "missing_buttons", "Kind buttons has none.", "Add one to three buttons.", "buttons")
    case .buttons:
      check.length(
        text, upTo: Limits.textWithButtonsCharacters,
        "A text with buttons has at most 1024 characters.", field: "text")
    case .text: break
    }
    for button in buttons { check.buttonTitle(button.title) }
    check.differentTitles(buttons.map(\.title), field: "buttons")
    check.positive(outsideWindow.timeout, "24h", field: "outside_window.timeout")
    switch outsideWindow.action {
    case .template:
      check.template(templateUse, in: "outside_window", buttons: nil)
      for (name, text) in outsideWindow.parameters.entries {
        check.text(text, field: FieldPath.member(name, of: "outside_window.parameters"))
      }
    case .fail: check.freeTextNeedsOpenWindow()
    case .wait: break
    }
    check.buttonsLeadToWait(buttons.map(\.handle))
  }
}

package enum FreeMessageKind: String, WireEnum {
  case text, buttons
}

package struct FreeButton: WireObject, Equatable {
  package var handle = ""
  package var title = LocalizedText()
  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("handle", &handle, "Way out of the wait that follows.", .pattern(.handle))
    try visit.field("title", &title, "What the guest reads on it.", .each(length: 1...20))
  }
}

/// What `send_message` does while the session window is closed.
package struct OutsideWindow: WireObject, Equatable {
  package var action = Action.fail
  package var template = ""
  package var parameters = WireMap<String>()
  /// For `wait`: how long the message waits for the guest to write.
  package var timeout = TimeSpan.hours(24)

  package enum Action: String, WireEnum { case template, wait, fail }

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("action", &action, "Send a template, wait for the guest to write, or fail.")
    try visit.field("template", &template, "Name of the template, for that action.", .defaulted)
    try visit.field(
      "parameters", &parameters, "A text for each named place of the template.",
      .defaulted.length(0...50))
    try visit.field("timeout", &timeout, "How long the action wait waits, then fails.", .defaulted)
  }
}
