import CampaignEngine
import Wire

/// What a guest sent: `{"type": "text", "text": "Yes"}`.
struct InboundContent: WireObject {
  var data = InboundData(tag: .text)

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.union("type", &data, "What was sent; a kind that has no name here is unsupported.")
  }
}

/// Media bring their caption, if they have one.
struct InboundData: WireUnion {
  var row = MessageContent()
  var tag: Tag

  enum Tag: String, WireEnum {
    case text, button, image, video, audio, document, sticker, location, contacts, order, reaction,
      edit, revoke, unsupported, call
    /// What was filled in inside WhatsApp.
    case flow

    var kind: ContentKind { ContentKind(rawValue: rawValue) ?? .unsupported }
  }

  init(tag: Tag) {
    self.tag = tag
    row.kind = tag.kind
  }

  mutating func caseFields(_ visit: inout some FieldVisitor) throws(WireError) {
    switch tag {
    case .text: try visit.field("text", &row.text, "What was written.", .length(0...65_536))
    case .button:
      try visit.field(
        "payload", &row.payload, "Payload that was sent with the button.", .length(0...256))
      try visit.field("title", &row.text, "What stood on it.", .defaulted.length(0...256))
    case .image, .video, .document, .audio:
      try visit.field("caption", &row.text, "Its caption.", .defaulted.length(0...4096))
    case .reaction:
      try visit.field(
        "emoji", &row.text, "The emoji; empty when taken back.", .defaulted.length(0...32))
    case .edit: try visit.field("text", &row.text, "The new text.", .defaulted.length(0...65_536))
    case .flow:
      try visit.field(
        "response", &row.text,
        "What was filled in, as WhatsApp's response_json has it: a text with an object in it.",
        .length(0...65_536))
      try visit.field(
        "payload", &row.payload, "The flow_token that was sent with it, where it came back.",
        .defaulted.length(0...256))
    case .sticker, .location, .contacts, .order, .revoke, .unsupported, .call: break
    }
  }
}
