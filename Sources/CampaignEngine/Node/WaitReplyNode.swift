import Wire

/// Waits for the guest to answer. The clock starts when the last message was accepted.
package struct WaitReplyNode: NodeContent {
  package static let typeName = "wait_reply"
  package static let summary =
    "Waits for an answer, by a button or by words. Each reply is a way out, and there are default for other words and timeout."
  package static let example =
    #"{"timeout": "48h", "save_as": "answer", "late_change": "until_event", "replies": [{"handle": "yes", "title": {"*": "Attending"}, "keywords": ["yes", "ya"]}, {"handle": "no", "title": {"*": "Sorry"}, "keywords": ["no"]}], "reprompt": {"text": {"*": "Please tap one of the buttons."}, "max": 2}}"#
  package static let traits: NodeTraits = [.waits, .asks, .isPrompted]

  package var timeout = TimeSpan.hours(24)
  package var saveAs: String?
  package var lateChange = LateChange.never
  package var replies: [Reply] = []
  package var reprompt: Reprompt?

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("timeout", &timeout, "How long to wait before the way out timeout.")
    try visit.field(
      "save_as", &saveAs, "Variable that gets the handle; what was written goes to NAME_text.",
      .pattern(.handle))
    try visit.field(
      "late_change", &lateChange,
      "Whether a button counts after the wait was left: by until_event even once the campaign is completed, whose numbers then move again.",
      .defaulted)
    try visit.field(
      "replies", &replies, "Answers that have a way out of their own.", .defaulted.length(0...20))
    try visit.field(
      "reprompt", &reprompt, "Asked again when an answer is none of the replies.")
  }

  package var handles: [String] { replies.map(\.handle) + ["timeout", "default"] }
  package func usualPhase(isBeforeWait: Bool) -> Phase { .response }
  package var answerTimeout: TimeSpan? { timeout }

  package var reads: NodeReads {
    var reads = NodeReads()
    reads.texts = reprompt?.text.texts ?? []
    return reads
  }

  package var writes: [GuestTarget] {
    saveAs.map { [.variable($0), .variable($0 + "_text")] } ?? []
  }

  package func check(_ check: inout NodeCheck) {
    check.unique(replies.map(\.handle), field: "replies")
    for reply in replies where ["timeout", "default"].contains(reply.handle) {
      check.error(
        "reserved_handle", "\"\(reply.handle)\" is a way out of every wait.",
        "Give the reply another handle.", "replies")
    }
    check.positive(timeout, "48h", field: "timeout")
    check.texts(reprompt?.text, field: "reprompt.text")
    for reply in replies { check.buttonTitle(reply.title) }
    check.stopWords(names, field: "replies")
    // With a reprompt or a late question these are the buttons of a free message; else only those of
    // a template, which are longer and which WhatsApp has checked.
    let areSentFreely = reprompt != nil || lateChange != .never
    guard areSentFreely else {
      check.differentTitles(
        replies.map(\.title), upTo: TemplateButton.titleLength.upperBound, field: "replies")
      return
    }
    check.differentTitles(replies.map(\.title), field: "replies")
    if replies.count > Limits.listRows {
      check.error(
        "too_many", "\(replies.count) replies are more than the \(Limits.listRows) rows of a list.",
        "Leave out reprompt and late_change, or some replies.", "replies")
    }
  }

  private var names: [String] { replies.flatMap { $0.title.texts + $0.keywords } }

  package func answerNames(to question: Int?) -> [String] { names }

  /// The handle of the reply that a whole text means: a title, a keyword, or a word in it. An emoji
  /// beside a word is not part of the word, unless an answer is called just so.
  package func handle(forText text: String) -> String? {
    let folded = FoldedText(text)
    guard !folded.isEmpty else { return nil }
    let names = replies.map { reply in
      (reply.keywords + reply.title.texts + [reply.handle]).map { FoldedText($0) }
    }
    if let exact = names.firstIndex(where: { $0.contains(folded) }) {
      return replies[exact].handle
    }
    let bare = folded.withoutSymbols
    if !bare.isEmpty,
      let place = names.firstIndex(where: { $0.contains { $0.withoutSymbols == bare } })
    {
      return replies[place].handle
    }
    return replies.first { reply in
      reply.words.contains { folded.hasWords(of: FoldedText($0)) }
    }?.handle
  }
}

package enum LateChange: String, WireEnum {
  case never
  case untilEvent = "until_event"
}

package struct Reply: WireObject, Equatable {
  package var handle = ""
  package var title = LocalizedText()
  package var keywords: [String] = []
  package var words: [String] = []
  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("handle", &handle, "Way out that this answer takes.", .pattern(.handle))
    try visit.field("title", &title, "What stands on the button.", .each(length: 1...25))
    try visit.field(
      "keywords", &keywords, "Whole answers that mean the same.", .defaulted.length(0...50))
    try visit.field(
      "words", &words, "Words that decide wherever they stand in the answer.",
      .defaulted.length(0...50))
  }
}

package struct Reprompt: WireObject, Equatable {
  package var text = LocalizedText()
  package var max: Int64 = 1
  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("text", &text, "Sent with the same buttons.", .each(length: 1...1024))
    try visit.field("max", &max, "How often at most.", .defaulted.range(1...5))
  }
}
