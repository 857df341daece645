import Wire

/// What a node asks while it is checked: the rest of the flow, and the project it is for.
package struct NodeCheck {
  let document: ChatflowDocument
  let outline: GraphOutline
  let index: Int
  let project: Project
  let templates: [Template]
  let mayHaveClosedWindow: Bool
  let knownVariables: Set<String>
  /// Of the sender that the flow is for.
  let stopTexts: Set<FoldedText>
  private(set) var issues: [ChatflowIssue] = []

  private var nodeID: String { document.nodes[index].id }

  init(
    document: ChatflowDocument, outline: GraphOutline, index: Int, project: Project,
    templates: [Template], mayHaveClosedWindow: Bool, knownVariables: Set<String>,
    stopTexts: Set<FoldedText>
  ) {
    (self.document, self.outline, self.index) = (document, outline, index)
    (self.project, self.templates) = (project, templates)
    (self.mayHaveClosedWindow, self.knownVariables) = (mayHaveClosedWindow, knownVariables)
    self.stopTexts = stopTexts
  }

  private mutating func add(
    _ severity: ChatflowIssue.Severity, _ code: String, _ message: String, _ hint: String,
    _ field: String
  ) {
    let path = "nodes[\(index)].data" + (field.isEmpty ? "" : ".\(field)")
    issues.append(
      ChatflowIssue(severity, code: code, node: nodeID, message: message, hint: hint, path: path))
  }

  mutating func error(_ code: String, _ message: String, _ hint: String, _ field: String) {
    add(.error, code, message, hint, field)
  }

  mutating func warning(_ code: String, _ message: String, _ hint: String, _ field: String) {
    add(.warning, code, message, hint, field)
  }

  /// Where a duration is how long something is waited for, none and less than none mean nothing.
  mutating func positive(_ span: TimeSpan, _ example: String, field: String) {
    guard span <= .zero else { return }
    let name = field.split(separator: ".").last ?? ""
    error("out_of_range", "The \(name) is not positive.", "Use \(example), say.", field)
  }

  mutating func unique(_ names: [String], field: String) {
    var seen = Set<String>()
    for name in names where !seen.insert(name).inserted {
      error(
        "duplicate_handle", "\"\(name)\" stands twice.", "Give one of them another name.", field)
    }
  }

  mutating func event(_ key: String?, field: String) {
    guard project.eventIndex(of: key) == nil else { return }
    if let key {
      error(
        "unknown_event", "The project has no event \"\(key)\".",
        "Use one of \(project.presentEvents.map(\.event.key).joined(separator: ", ")).", field)
    } else {
      error("unknown_event", "The project has no event.", "Add one to the project's events.", field)
    }
  }

  /// A condition node also sees the variables of its execution.
  mutating func filter(_ filter: GuestFilter, ofCase handle: String, field: String) {
    let predicate = GuestPredicate(filter, for: .execution, project: ProjectState(row: project))
    if let fault = predicate.fault {
      error(
        "bad_condition", "Case \"\(handle)\", \(fault.description).",
        Self.hint(for: fault.reason),
        "\(field).\(fault.member)")
    }
    for path in filter.reads where path.hasPrefix("vars.") {
      warnOfUnknownVariable(String(path.dropFirst(5)), otherwise: "", field: "\(field).query")
    }
  }

  private static func hint(for reason: ConditionFault.Reason) -> String {
    switch reason {
    case .badQuery: "Write category = vip AND NOT party_size > 4, say."
    case .wrongSubject: "Ask about the guest, execution.…, last_error.… or vars.…."
    default: "Write there what was expected."
    }
  }

  private mutating func warnOfUnknownVariable(
    _ name: String, otherwise: String, field: String
  ) {
    guard !knownVariables.contains(name) else { return }
    warning(
      "unknown_variable", "Nothing in the flow sets \"vars.\(name)\".",
      "Set it by save_as, a form question or update_guest\(otherwise).", field)
  }

  mutating func texts(_ text: LocalizedText?, field: String) {
    var languages = Set<String>()
    for language in text?.byLanguage.keys ?? []
    where !languages.insert(languageKey(language)).inserted {
      warning(
        "duplicate_language", "\"\(language)\" stands twice, in two spellings; one is never sent.",
        "Keep one of them.", field)
    }
    for text in text?.texts ?? [] { self.text(text, field: field) }
  }

  /// Checks the places of one text.
  mutating func text(_ text: String, field: String) {
    let parsed: Interpolation
    do {
      parsed = try Interpolation(parsing: text)
    } catch {
      self.error(
        "invalid_text", "At character \(error.offset): \(error.message).",
        "Write {{guest.name ?? \"friend\"}}, say.", field)
      return
    }
    checkProjectFields(parsed, field: field)
    for path in parsed.paths {
      switch path {
      case .variable(let name):
        warnOfUnknownVariable(name, otherwise: ", or give a text after ??", field: field)
      case _ where path.event != nil: event(path.event, field: field)
      case .eventDate(nil), .eventTime(nil), .eventName(nil): event(nil, field: field)
      default: break
      }
    }
  }

  /// A place without a last resort that only looks at fields which the project does not have.
  private mutating func checkProjectFields(_ text: Interpolation, field: String) {
    for place in text.requiredPlaces {
      let missing = place.compactMap { path -> String? in
        guard case .projectField(let key) = path, project.fieldValues[key] == nil else {
          return nil
        }
        return key
      }
      guard missing.count == place.count, let key = missing.first else { continue }
      warning(
        "unknown_variable", "The project has no field \"\(key)\".",
        "Give the project this field, or a text after ??.", field)
    }
  }

  /// The beginning that everybody gets must be that of a web address.
  mutating func link(_ text: String, field: String) {
    self.text(text, field: field)
    guard !MediaHeader.mayBeLink(text) else { return }
    error(
      "invalid_link", "WhatsApp fetches a medium from a web address only.",
      "Begin with https://, or with a place.", field)
  }

  /// What is filled in inside WhatsApp is kept by the form behind it.
  mutating func formFollows() {
    guard outline.answeringWait(of: index) == nil else { return }
    error(
      "form_without_questions", "No guest_form follows, so what is filled in is not kept.",
      "Let the way out default lead straight to a guest_form.", "flow")
  }

  /// Two questions cannot read one field.
  mutating func formFields(_ questions: [Question]) {
    var seen: Set<String> = [FlowResponse.tokenName]
    for (index, question) in questions.enumerated() where question.forEach == nil {
      guard !seen.insert(question.fieldName).inserted, question.formField != nil else { continue }
      error(
        "duplicate_handle", "The field \"\(question.fieldName)\" of the form is taken.",
        "Name another.", "questions[\(index)].form_field")
    }
  }

  mutating func flowButton(of name: String?) {
    guard let template = templates.first(where: { $0.name == name }) else { return }
    for variant in template.currentVariants where !variant.buttons.contains(where: \.isFlow) {
      error(
        "button_mismatch",
        "Template \"\(template.name)\" (\(variant.language)) has no flow button.",
        "Use a template with a button that opens the form.", "template")
      return
    }
  }

  mutating func buttonsLeadToWait(_ handles: [String]) {
    guard !handles.isEmpty else { return }
    guard let wait = outline.answeringWait(of: index) else {
      warning(
        "buttons_without_wait", "No wait_reply follows, so taps on the buttons decide nothing.",
        "Let the way out default lead to a wait_reply.", "buttons")
      return
    }
    for handle in handles where !outline.handles[wait].contains(handle) {
      error(
        "unknown_handle", "Button \"\(handle)\" has no reply in \"\(document.nodes[wait].id)\".",
        "Add a reply with this handle there.", "buttons")
    }
  }

  /// Meta's limit for titles of reply buttons; template buttons may have 25.
  mutating func buttonTitle(_ title: LocalizedText) {
    for text in title.texts where text.unicodeScalars.count > 20 {
      warning(
        "long_title", "A button's title has at most 20 characters in a free message.",
        "Shorten it, or it will be cut.", "replies")
      return
    }
  }

  /// What stands in a text beside its places is sent to everybody, so it must fit.
  mutating func length(_ text: LocalizedText?, upTo longest: Int, _ message: String, field: String)
  {
    for text in text?.texts ?? [] {
      guard let parsed = try? Interpolation(parsing: text), parsed.literalLength > longest else {
        continue
      }
      error("too_long", message, "Shorten the text.", field)
      return
    }
  }

  /// WhatsApp refuses a message of which two buttons read alike.
  /// - Parameter longest: where each title is cut.
  mutating func differentTitles(_ titles: [LocalizedText], upTo longest: Int, field: String) {
    for language in Set(titles.flatMap(\.byLanguage.keys)).sorted() {
      var seen = Set<String>()
      for title in titles {
        let shown = title.text(for: language).cut(toScalars: longest)
        guard !seen.insert(shown).inserted else { continue }
        error(
          "equal_titles", "Two buttons read \"\(shown)\".",
          "Give them titles that differ in their first \(longest) characters.", field)
        return
      }
    }
  }

  mutating func differentTitles(_ titles: [LocalizedText], field: String) {
    differentTitles(
      titles,
      upTo: titles.count > 3 ? Limits.rowTitleCharacters : Limits.buttonTitleCharacters,
      field: field)
  }

  /// The free text of a template's node has the titles of the replies that answer it.
  mutating func sessionTitles(of handles: [String]) {
    guard let wait = outline.answeringWait(of: index) else { return }
    let replies = document.nodes[wait].data.content.replies
    let titles = handles.compactMap { handle in replies.first { $0.handle == handle }?.title }
    differentTitles(titles, field: "buttons")
  }

  /// While the question is open such a name is an answer; before and after, it ends everything.
  mutating func stopWords(_ names: [String], field: String) {
    for name in names {
      let text = FoldedText(name)
      guard stopTexts.contains(text) || stopTexts.contains(text.withoutSymbols) else { continue }
      warning(
        "stop_word",
        "\"\(name)\" is a stop word of the sender; it answers only while this question is open.",
        "Call the answer otherwise, or guests who write it too late are opted out.", field)
    }
  }

  /// More than three choices become a list, whose rows carry shorter payloads than buttons do.
  mutating func listRows(_ handles: [String]) {
    guard handles.count > 3 else { return }
    let longestExecutionID = 17
    let room = Limits.listRowPayloadBytes - longestExecutionID - nodeID.utf8.count - 2
    for handle in handles where handle.utf8.count > room {
      error(
        "too_long", "\"\(handle)\" does not fit into the payload of a list's row.",
        "Shorten the id of the node, the key or the value.", "questions")
    }
  }

  mutating func freeTextNeedsOpenWindow() {
    guard mayHaveClosedWindow, !isAskedByFormOnly else { return }
    warning(
      "needs_template", "The session window may be closed here, and free text fails then.",
      "Send a template first, or say in outside_window what to do.", "")
  }

  /// Nothing is asked here before something was filled in, or written.
  private var isAskedByFormOnly: Bool {
    let ways = document.edges.filter { $0.target == nodeID }
    return !ways.isEmpty
      && ways.allSatisfy { edge in
        let source = document.nodes.first { $0.id == edge.source }
        return source?.data.traits.contains(.sendsForm) == true
          && edge.handle == "default"
      }
  }

  mutating func unknownKeys() {
    for (key, _) in document.nodes[index].unknownData.entries where key != "label" {
      warning(
        "unknown_key", "\"\(key)\" is no setting of this node; it is kept and does nothing.",
        "Check the spelling.", key)
    }
  }
}
