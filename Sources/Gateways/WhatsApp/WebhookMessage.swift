import CampaignEngine
import Wire

/// A message that somebody wrote to a business number, or a button that they tapped.
package struct WebhookMessage: Sendable, Equatable {
  package var to: Phone
  package var id: String
  package var from: Phone?
  package var userID: String?
  /// Nil where WhatsApp says no time that could be.
  package var sentAt: Timestamp?
  package var content: MessageContent

  /// Nil where it is nothing that a guest did, or where nobody can be told who did it.
  init?(_ message: JSONValue, to number: Phone, _ contacts: WebhookContacts) {
    // What is written in a group is for the group.
    guard message["group_id"].text == nil, let id = message["id"].identifier,
      let content = MessageContent(inbound: message)
    else { return nil }
    (to, self.id, self.content) = (number, id, content)
    sentAt = message["timestamp"].timestamp
    self.content.quotes = message["context"]?["id"].identifier ?? ""
    let sender = message["from"].text
    from = Phone(digitsOf: sender)
    // A person with a user name may have no number here, and their user id in its place.
    userID =
      message["from_user_id"].identifier ?? contacts.userID(of: sender)
      ?? (from == nil ? message["from"].identifier : nil)
    guard
      from != nil || userID != nil || !self.content.quotes.isEmpty || !self.content.payload.isEmpty
    else { return nil }
  }

  /// A call, which has the members of a message and no content. It begins and ends under one id.
  init?(call: JSONValue, to number: Phone, _ contacts: WebhookContacts) {
    guard call["direction"].text != "BUSINESS_INITIATED", let id = call["id"].identifier else {
      return nil
    }
    (to, self.id, content) = (number, id, MessageContent())
    content.kind = .call
    sentAt = call["timestamp"].timestamp
    let sender = call["from"].text
    from = Phone(digitsOf: sender)
    userID = call["from_user_id"].identifier ?? contacts.userID(of: sender)
    guard from != nil || userID != nil else { return nil }
  }
}

extension MessageContent {
  /// Nil for `system`: WhatsApp said that, not the person.
  fileprivate init?(inbound message: JSONValue) {
    self.init()
    kind = .unsupported
    switch message["type"].text {
    case "system": return nil
    case "text":
      (kind, text) = (.text, message["text"]?["body"].text?.limited ?? "")
    case "button":
      tap(message["button"]?["payload"].text, message["button"]?["text"].text)
    case "interactive": readInteractive(message["interactive"])
    case "reaction": (kind, text) = (.reaction, message["reaction"]?["emoji"].text?.limited ?? "")
    case "edit":
      kind = .edit
      text = message["edit"]?["message"]?["text"]?["body"].text?.limited ?? ""
    case "revoke": kind = .revoke
    case let type?:
      guard let medium = Self.media[type] else { return }
      (kind, text) = (medium, message[type]?["caption"].text?.limited ?? "")
    case nil: break
    }
  }

  private static let media: [String: ContentKind] = [
    "image": .image, "video": .video, "audio": .audio, "document": .document,
    "sticker": .sticker, "location": .location, "contacts": .contacts, "order": .order,
  ]

  /// A reply button, a row of a list, or a form that was filled in (`nfm_reply`).
  private mutating func readInteractive(_ interactive: JSONValue?) {
    if let form = interactive?["nfm_reply"] {
      let response = FlowResponse(form["response_json"])
      (kind, text) = (.flow, response.text.limited)
      payload = response.token.map { $0.utf8.count <= 256 ? $0 : "" } ?? ""
      return
    }
    guard let reply = interactive?["button_reply"] ?? interactive?["list_reply"] else { return }
    tap(reply["id"].text, reply["title"].text)
  }

  private mutating func tap(_ payload: String?, _ title: String?) {
    kind = .button
    self.payload = payload.map { $0.utf8.count <= 256 ? $0 : "" } ?? ""
    text = title?.limited ?? ""
  }
}

extension String {
  /// WhatsApp's own texts are far shorter.
  fileprivate var limited: String { utf8.count <= 65_536 ? self : String(prefix(16_384)) }
}
