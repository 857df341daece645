import Wire

/// Asks questions one by one, checks each answer, and saves it into the guest or a variable.
package struct GuestFormNode: NodeContent {
  package static let typeName = "guest_form"
  package static let summary =
    "Asks questions one by one and keeps the answers. Leaves by submitted, by invalid after too many answers that are none, or by timeout."
  package static let example =
    #"{"timeout": "20h", "max_attempts": 3, "questions": [{"key": "count", "kind": "number", "min": 1, "max_from": "guest.party_size", "save_to": "guest.attending_count", "ask": {"*": "How many of you will come?"}}, {"key": "menu", "kind": "choice", "save_to": "guest.fields.menu", "ask": {"*": "Which menu?"}, "choices": [{"value": "veg", "title": {"*": "Vegetarian"}}, {"value": "meat", "title": {"*": "With meat"}}]}]}"#
  package static let traits: NodeTraits = [.waits, .asks, .takesForm]

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
  package func usualPhase(isBeforeWait: Bool) -> Phase { .response }
  package var answerTimeout: TimeSpan? { timeout }

  /// Each question has the whole time.
  package func longestStay(
    in campaign: CampaignID, at now: Timestamp, _ state: State
  ) -> TimeSpan {
    TimeSpan(milliseconds: timeout.milliseconds * Int64(questions.count))
  }

  package var reads: NodeReads {
    var reads = NodeReads()
    reads.texts = questions.flatMap {
      $0.shownAsk.texts + ($0.shownInvalid?.texts ?? []) + ($0.shownChoose?.texts ?? [])
    }
    reads.paths = questions.compactMap(\.maxFrom)
    reads.events =
      writes.compactMap(\.event) + reads.paths.compactMap { VariablePath($0)?.event }
    return reads
  }

  package var writes: [GuestTarget] {
    questions.flatMap { [.variable($0.key)] + $0.targets }
  }

  package var answersForHousehold: Bool {
    questions.contains { $0.kind == .members || $0.scope == .household || $0.isForEachMember }
  }

  /// A form of which nothing concerns a guest is passed at once.
  package var alwaysHolds: Bool { questions.contains { !$0.mayBeSkipped } }
  package func passesAtOnce(by handle: String) -> Bool { !alwaysHolds && handle == "submitted" }

  package func questionKey(at index: Int) -> String? { question(at: index)?.key }

  package var choiceKeys: [String] {
    questions.filter { question in
      question.kind == .choice
        && question.targets.contains { $0.customField != nil || $0.eventField != nil }
    }.map(\.key)
  }

  package func answeredQuestion(_ key: String) -> AnsweredQuestion? {
    guard let question = questions.first(where: { $0.key == key }) else { return nil }
    let names = question.targets.compactMap { $0.customField ?? $0.eventField }
    var answered = AnsweredQuestion(field: names.first ?? key)
    answered.variable = question.forEach == nil ? key : nil
    answered.choices = question.choices.map(\.value)
    return answered
  }

  /// Only where the question that is open is the same.
  package func takesOver(from older: any NodeContent, at question: Int) -> Bool {
    older.questionKey(at: question) == questionKey(at: question)
  }

  func question(at index: Int?) -> Question? {
    index.flatMap { questions.indices.contains($0) ? questions[$0] : nil }
  }

  package func check(_ check: inout NodeCheck) {
    check.unique(questions.map(\.key), field: "questions")
    check.positive(timeout, "20h", field: "timeout")
    for (index, question) in questions.enumerated() {
      let path = "questions[\(index)]"
      question.check(&check, path)
      check.stopWords(question.choices.flatMap(\.title.texts), field: "\(path).choices")
      let subject = question.forEach == nil ? "" : ".4294967295.255"
      check.listRows(question.choices.map { "\(question.key).\($0.value)\(subject)" })
    }
    check.formFields(questions)
    check.freeTextNeedsOpenWindow()
  }
}
