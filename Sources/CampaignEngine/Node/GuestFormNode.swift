import Wire

/// Asks questions one by one, checks each answer, and saves it into the guest or a variable.
package struct GuestFormNode: NodeContent {
  package static let summary =
    "Asks questions one by one and keeps the answers. Leaves by submitted, by invalid after too many answers that are none, or by timeout."
  package static let example =
    #"{"timeout": "20h", "max_attempts": 3, "questions": [{"key": "count", "kind": "number", "min": 1, "max_from": "guest.party_size", "save_to": "guest.attending_count", "ask": {"*": "How many of you will come?"}}, {"key": "menu", "kind": "choice", "save_to": "guest.fields.menu", "ask": {"*": "Which menu?"}, "choices": [{"value": "veg", "title": {"*": "Vegetarian"}}, {"value": "meat", "title": {"*": "With meat"}}]}]}"#

  package var timeout = TimeSpan.hours(20)
  package var maxAttempts: Int64 = 3
  package var questions: [Question] = []

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("timeout", &timeout, "How long to wait for each answer.")
    try visit.field(
      "max_attempts", &maxAttempts, "Answers taken to a question before the way out invalid.",
      .defaulted.range(1...10))
    try visit.field("questions", &questions, "Asked in order.", .length(1...20))
  }

  package var handles: [String] { ["submitted", "timeout", "invalid"] }

  package func check(_ check: inout NodeCheck) {
    check.unique(questions.map(\.key), field: "questions")
    check.positive(timeout, "20h", field: "timeout")
    for (index, question) in questions.enumerated() {
      let path = "questions[\(index)]"
      question.check(&check, path)
      check.stopWords(question.choices.flatMap(\.title.texts), field: "\(path).choices")
      check.listRows(question.choices.map { "\(question.key).\($0.value)" })
    }
    check.freeTextNeedsOpenWindow()
  }
}

package struct Question: WireObject {
  package var key = ""
  package var kind = Kind.text
  package var min: Int64?
  package var max: Int64?
  package var maxFrom: String?
  package var saveTo: String?
  package var ask = LocalizedText()
  package var onInvalid: LocalizedText?
  package var choices: [Choice] = []

  package enum Kind: String, WireEnum { case text, number, choice, date, phone }

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("key", &key, "Variable that gets the answer.", .pattern(.handle))
    try visit.field("kind", &kind, "What counts as an answer.")
    try visit.field("min", &min, "Smallest number, or shortest text.")
    try visit.field("max", &max, "Largest number, or longest text.")
    try visit.field("max_from", &maxFrom, "Path of the largest number: guest.party_size.")
    try visit.field(
      "save_to", &saveTo, "Where it goes too: guest.attending_count, guest.fields.menu.")
    try visit.field("ask", &ask, "The question.", .each(length: 1...1024))
    try visit.field(
      "on_invalid", &onInvalid, "Sent when the answer is none.", .each(length: 1...1024))
    try visit.field("choices", &choices, "For kind choice.", .defaulted.length(0...10))
  }

  func check(_ check: inout NodeCheck, _ path: String) {
    check.texts(ask, field: "\(path).ask")
    check.texts(onInvalid, field: "\(path).on_invalid")
    if kind == .choice, choices.isEmpty {
      check.error(
        "missing_choices", "Question \"\(key)\" has no choices.", "Add one to ten.", path)
    }
    check.unique(choices.map(\.value), field: "\(path).choices")
    check.differentTitles(choices.map(\.title), field: "\(path).choices")
    if let min, let max, min > max {
      check.error(
        "out_of_range", "Question \"\(key)\" has min above max.", "Swap them.", "\(path).min")
    }
    if let maxFrom, VariablePath(maxFrom) == nil {
      check.error(
        "unknown_variable", "\"\(maxFrom)\" is no path.", "Use guest.party_size, say.",
        "\(path).max_from")
    }
    if let event = saveTo.flatMap(GuestTarget.init)?.event {
      check.event(event, field: "\(path).save_to")
    }
    if let saveTo, GuestTarget(saveTo) == nil {
      check.error(
        "unknown_target", "\"\(saveTo)\" cannot be saved to.",
        "Use guest.name, guest.attending_count, guest.party_size, guest.language, guest.category, guest.fields.NAME or vars.NAME.",
        "\(path).save_to")
    }
  }
}

package struct Choice: WireObject, Equatable {
  package var value = ""
  package var title = LocalizedText()
  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("value", &value, "What is saved.", .pattern(.handle))
    try visit.field("title", &title, "What the guest reads.", .each(length: 1...24))
  }
}
