import Wire

/// What a message says. Templates keep their values, not the filled-in text: the text of the
/// variant is stored once.
package struct MessageContent: WireObject, Equatable {
  package var kind = ContentKind.none
  package var template = TemplateID.none
  package var variant: UInt16 = 0
  package var values: [String] = []
  package var header: MediaHeader?
  package var text = ""
  /// Ways out of the buttons, and the node whose ways they are.
  package var buttons: [ContentButton] = []
  /// Inbound: the payload of a tapped button, or the message that was quoted.
  package var payload = ""
  package var quotes = ""

  package init() {}

  /// Free text. WhatsApp shows up to three buttons; more become a list of at most ten rows.
  init(text: String, buttons: [ContentButton] = []) {
    kind = buttons.isEmpty ? .text : buttons.count <= 3 ? .buttons : .list
    self.text = text
    self.buttons = buttons.map { button in
      ContentButton(
        payload: button.payload, title: Self.shown(button.title, ofButtons: buttons.count))
    }
  }

  /// A text with the button that opens a form.
  init(form text: String, _ button: ContentButton) {
    (kind, self.text, buttons) = (.flow, text, [button])
    buttons[0].title = button.title.cut(toScalars: FlowUse.ctaLength.upperBound)
  }

  /// A title as it is read on one of so many buttons of a free message.
  static func shown(_ title: String, ofButtons count: Int) -> String {
    title.cut(toScalars: count > 3 ? Limits.rowTitleCharacters : Limits.buttonTitleCharacters)
  }

  /// Why WhatsApp would refuse this free text; nil where nothing speaks against it.
  var fault: MessageError? {
    let longest = kind == .text ? Limits.textCharacters : Limits.textWithButtonsCharacters
    if !text.isAtMost(scalars: longest) {
      return .tooLong("The text", text.unicodeScalars.count, longest)
    }
    if buttons.count > Limits.listRows {
      return MessageError(
        .payload,
        message: "\(buttons.count) choices are more than the \(Limits.listRows) of a list.")
    }
    var titles = Set<String>()
    if let twice = buttons.first(where: { !titles.insert($0.title).inserted }) {
      return MessageError(.payload, message: "Two buttons read \"\(twice.title)\".")
    }
    return nil
  }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("kind", &kind, "Kind.")
    try visit.field("template", &template, "Template.")
    try visit.field("variant", &variant, "Index of its variant.")
    try visit.field("values", &values, "Values of its places.")
    try visit.field("header", &header, "Medium above the text.")
    try visit.field("text", &text, "Text.")
    try visit.field("buttons", &buttons, "Buttons.")
    try visit.field("payload", &payload, "Payload of a tapped button.")
    try visit.field("quotes", &quotes, "Message that was quoted.")
  }
}

package enum ContentKind: String, WireEnum {
  case none
  case template, text, buttons, list
  /// Inbound only.
  case button, image, video, audio, document, sticker, location, contacts, order, reaction, edit,
    revoke, unsupported, call
  /// A form that is filled in inside WhatsApp: sent, and what was filled in.
  case flow

  /// Reactions, edits and revokes neither open a session window nor answer.
  package var opensWindow: Bool {
    switch self {
    case .reaction, .edit, .revoke, .none: false
    default: true
    }
  }

  /// A call opens the window (Meta, "Service messages") and says nothing that could answer.
  package var answers: Bool { opensWindow && self != .call }

  package var isText: Bool { self == .text || self == .button }
}

package struct ContentButton: WireObject, Equatable {
  package var payload = ""
  package var title = ""
  package init() {}
  package init(payload: String, title: String) { (self.payload, self.title) = (payload, title) }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("payload", &payload, "Comes back when it is tapped.")
    try visit.field("title", &title, "What the guest reads.")
  }
}

/// What a delivered message cost, in micros of the sender's currency.
package struct MessageCost: WireObject, Equatable {
  package var category = PriceCategory.service
  /// Nil where the rate card has no price.
  package var estimatedMicros: Int64?
  package var billedMicros: Int64?
  package var savedMicros: Int64 = 0
  /// Country code of the line of the rate card that priced it; 0 for every market, or no price.
  package var market: UInt16 = 0
  /// The session window was open when it was sent.
  package var inWindow = false

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("category", &category, "Kind of message for the rate card.")
    try visit.field("estimated", &estimatedMicros, "Price at the time of sending.")
    try visit.field("billed", &billedMicros, "Price once delivered.")
    try visit.field("saved", &savedMicros, "Price of the replaced template less its own.")
    try visit.field("market", &market, "Country code of the rate that priced it.")
    try visit.field("in_window", &inWindow, "Sent inside the session window.")
  }
}
