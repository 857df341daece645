import Wire

/// How an answer came that no message brought: somebody was told it, and wrote it down.
package struct Told: WireObject, Equatable {
  package var channel = ToldChannel.phone
  /// Name of the operator's token, where one was used.
  package var writtenDownBy: String?
  /// The node that asks, and its reply's handle or its question's key.
  package var node = ""
  package var name = ""
  /// Nothing is sent on account of it.
  package var isSilent = false

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("channel", &channel, "How it came.")
    try visit.field("written_down_by", &writtenDownBy, "Name of the operator's token.")
    try visit.field("node", &node, "Node that asks.")
    try visit.field("name", &name, "Handle of the reply, or key of the question.")
    try visit.field("is_silent", &isSilent, "Nothing is sent on account of it.")
  }
}

package enum ToldChannel: String, WireEnum {
  case phone
  case inPerson = "in_person"
  /// A letter, a mail, another messenger.
  case writing
  case other
}

/// What a guest answered, as an operator says it.
package enum ToldAnswer: Sendable {
  /// Handle of a reply.
  case reply(String)
  /// Answers to a form's questions by their keys.
  case questions(WireMap<Scalar>)
}

/// One answer, as it will be taken.
package struct ToldContent {
  /// Handle of the reply, or key of the question.
  let name: String
  let content: MessageContent

  /// Written in words.
  init(_ name: String, text: String) {
    self.init(name, .text, text, payload: "")
  }

  /// As a button would give it.
  init(_ name: String, tapping button: ContentButton) {
    self.init(name, .button, button.title, payload: button.payload)
  }

  private init(_ name: String, _ kind: ContentKind, _ text: String, payload: String) {
    var content = MessageContent()
    (content.kind, content.text, content.payload) = (kind, text, payload)
    self.init(name: name, content: content)
  }

  init(name: String, content: MessageContent) { (self.name, self.content) = (name, content) }
}

/// Where an execution stands with a question that is answered elsewhere.
package enum ToldPlace {
  case open
  /// It is about to ask: what it sends for that is under way, or waits.
  case ahead
  /// It has gone on, or has ended.
  case left
}
