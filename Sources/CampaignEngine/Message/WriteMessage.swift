/// An operator writes to a guest, beside whatever a flow does. Free text needs an open session
/// window; a template goes at any time.
package struct WriteMessage: Command {
  package enum Words: Sendable {
    case text(String)
    case template(TemplateUse)
  }

  package let guest: GuestID
  /// Whose history shows it; it never moves the execution.
  package let execution: ExecutionID
  package let words: Words
  package let sendBy: Timestamp?

  package init(guest: GuestID, execution: ExecutionID, words: Words, sendBy: Timestamp?) {
    (self.guest, self.execution, self.words, self.sendBy) = (guest, execution, words, sendBy)
  }

  package func perform(in engine: inout Engine) throws(Rejection) -> MessageID {
    let guest = try addressee(in: engine.state)
    guard !engine.state[guest].phone.isNone else {
      throw .notReady(
        "\(guest.wireText) has no phone number; write to somebody of their household.",
        reason: LeftOutCode.noPhone.rawValue)
    }
    if let sendBy, sendBy <= engine.state.now {
      throw .invalidParams(
        field: "send_by", reason: "in_the_past", "expected a time that is still to come")
    }
    let content = try content(for: guest, in: engine)
    let subscription = engine.state.person(of: guest).subscription
    let isRefused =
      subscription == .optedOut
      || (subscription == .noMarketing && engine.state.isMarketing(content))
    if isRefused {
      throw .notReady(
        subscription == .optedOut
          ? "\(guest.wireText) does not want to be written to."
          : "\(guest.wireText) wants no marketing messages; a utility template is possible.",
        reason: LeftOutCode.optedOut.rawValue)
    }
    guard !engine.state.isUndeliverable(content, to: guest) else {
      throw .notReady(
        "WhatsApp delivers no such template in the country of \(guest.wireText); a utility template is possible.",
        reason: LeftOutCode.notDeliverableThere.rawValue)
    }
    guard !engine.state.isRefusedForConsent(content, to: guest) else {
      throw .notReady(
        "\(guest.wireText) has not agreed to be written to, which this number requires; set consent_source or consent_at.",
        reason: LeftOutCode.noConsent.rawValue)
    }
    let table = engine.state.project(of: guest.space).messages
    guard !table.isFull else {
      throw .limitExceeded("The project's table of messages is full.", reason: "messages")
    }
    let id = MessageID(space: guest.space, counter: table.nextCounter)
    engine.emit(
      OperatorMessageQueued(
        guest: guest, execution: execution, content: content, sendBy: sendBy ?? .zero))
    return id
  }

  private func addressee(in state: State) throws(Rejection) -> GuestID {
    guard !execution.isNone else {
      try state.checkExists(guest)
      return guest
    }
    guard let row = state.find(execution) else { throw .notFound(execution) }
    try state.checkExists(row.guest)
    return row.guest
  }

  private func content(for guest: GuestID, in engine: Engine) throws(Rejection) -> MessageContent {
    switch words {
    case .text(let text):
      try State.check(text: text, path: "text")
      guard engine.state.person(of: guest).isWindowSafelyOpen(at: engine.state.now) else {
        throw .notReady(
          "The session window of \(guest.wireText) is closed, so free text is not allowed; a template is possible.",
          reason: "window_closed")
      }
      switch engine.fill(text, for: guest, execution) {
      case .success(let filled):
        let content = MessageContent(text: filled)
        if let error = content.fault { throw Self.unfilled(error, "text") }
        return content
      case .failure(let missing): throw Self.missing(missing.path, "text")
      }
    case .template(let use):
      try engine.state.check(use, space: guest.space, path: "template")
      switch engine.render(use, for: guest, execution) {
      case .content(let content, _): return content
      case .noLanguage:
        throw .notReady(
          "Template \"\(use.name)\" is not approved in a language of \(guest.wireText) or the project.",
          reason: LeftOutCode.noTemplateLanguage.rawValue)
      case .stopped:
        throw .notReady(
          "WhatsApp has stopped template \"\(use.name)\" in the language of \(guest.wireText).",
          reason: ErrorClass.templateStop.rawValue)
      case .fail(let error): throw Self.unfilled(error, "template")
      }
    }
  }

  private static func missing(_ what: String, _ path: String) -> Rejection {
    .invalidParams(
      field: path, reason: LeftOutCode.missingVariable.rawValue,
      "\(what) has no value; give another text after ??")
  }

  private static func unfilled(_ error: MessageError, _ path: String) -> Rejection {
    .invalidParams(field: path, reason: error.errorClass.rawValue, error.message)
  }
}
