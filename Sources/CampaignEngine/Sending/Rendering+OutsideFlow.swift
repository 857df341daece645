import Wire

/// What is sent outside of a flow: an operator's words, and reminders.
extension Engine {
  func renderOutsideFlow(_ message: Message) -> Rendering {
    let isOpen =
      !message.mustBeTemplate && state.person(of: message.guest).isWindowSafelyOpen(at: state.now)
    return message.purpose == .operator
      ? renderWritten(message, isOpen: isOpen)
      : render(
        state[message.reminder].row.plan, for: message.guest, message.execution, isOpen: isOpen)
  }

  /// An operator's words were settled when they wrote them; only whether they may go was not.
  private func renderWritten(_ message: Message, isOpen: Bool) -> Rendering {
    let content = message.content
    guard content.kind == .template else {
      return isOpen ? .content(content, replaced: .none) : .fail(Self.windowClosed)
    }
    let template = state.template(content.template)
    if template.isStopped(Int(content.variant)) {
      return .stopped(content.template, variant: content.variant)
    }
    guard template.variants[Int(content.variant)].status == .approved else {
      return .fail(
        MessageError(.templateStop, message: "Template \"\(template.name)\" is not approved now."))
    }
    return .content(content, replaced: .none)
  }

  /// A template as an operator or a reminder uses it.
  func render(
    _ use: TemplateUse, for guest: GuestID, _ execution: ExecutionID
  ) -> Rendering {
    render(
      use, for: guest, fill: { fill($0, for: guest, execution) },
      buttons: { buttons(like: $0, execution) })
  }

  func fill(
    _ text: String, for guest: GuestID, _ execution: ExecutionID
  ) -> Result<String, MissingVariable> {
    // Texts were checked when they came in; one that no longer parses is sent as it is.
    guard let parsed = try? Interpolation(parsing: text) else { return .success(text) }
    return parsed.fill { path in
      execution.isNone ? state.value(of: path, for: guest) : value(of: path, for: execution)
    }
  }

  /// A tap on a button answers the newest wait of the execution that knows its handle, where there
  /// is one; whether it still counts there is decided when it comes.
  func buttons(like variant: TemplateVariant, _ execution: ExecutionID) -> [ContentButton] {
    variant.answeringButtons.map { button in
      let wait = state.newestWait(knowing: button.handle, of: execution)
      let payload = wait.map {
        ButtonPayload(execution: execution, node: $0, handle: button.handle).text
      }
      return ContentButton(payload: payload ?? button.handle, title: button.title)
    }
  }
}

extension State {
  fileprivate func newestWait(knowing handle: String, of execution: ExecutionID) -> String? {
    guard !execution.isNone else { return nil }
    let row = self[execution]
    for step in row.steps.reversed() {
      let node = graph(of: row.campaign).nodes[Int(step.node)]
      if node.data.replies.contains(where: { $0.handle == handle }) { return node.id }
    }
    return nil
  }
}
