import Wire

/// What a message says at this moment: free text while the window is open, else the template.
enum Rendering {
  case content(MessageContent, replaced: TemplateID)
  case fail(MessageError)
  /// No variant of the template is approved in any language of the guest or the project.
  case noLanguage
  /// WhatsApp has stopped the variant that would be sent.
  case stopped(TemplateID, variant: UInt16)
}

extension Engine {
  func render(_ id: MessageID) -> Rendering {
    let message = state[id]
    guard message.purpose.isOfFlow else { return renderOutsideFlow(message) }
    let row = state[message.execution]
    let graph = state.graph(of: row.campaign)
    let visit = Visit(
      execution: message.execution, campaign: row.campaign, guest: row.guest, graph: graph,
      index: Int(row.steps[Int(message.step)].node))
    let isOpen =
      !message.mustBeTemplate && state.person(of: row.guest).isWindowSafelyOpen(at: state.now)
    switch (message.purpose, visit.node.data) {
    case (.node, .sendTemplate(let node)): return render(node, visit, isOpen: isOpen)
    case (.node, .sendMessage(let node)): return render(node, visit, isOpen: isOpen)
    case (.question, .guestForm(let form)), (.invalid, .guestForm(let form)):
      guard isOpen else { return .fail(Self.windowClosed) }
      guard form.questions.indices.contains(Int(message.question)) else { break }
      return render(
        form.questions[Int(message.question)], visit, isInvalid: message.purpose == .invalid)
    case (.reprompt, .waitReply(let node)), (.lateQuestion, .waitReply(let node)):
      guard isOpen else { return .fail(Self.windowClosed) }
      return render(again: node, visit)
    default: break
    }
    return .fail(MessageError(.payload, message: "This message has no content."))
  }

  static let windowClosed = MessageError(
    .window, message: "The session window is closed and free text is not allowed.")

  private func render(_ node: SendTemplateNode, _ visit: Visit, isOpen: Bool) -> Rendering {
    let handles = node.buttons.map(\.handle)
    if isOpen, let sessionText = node.sessionText {
      let template = state.template(named: node.template, space: visit.guest.space)
      return filled(
        sessionText, visit, buttons: templateButtons(node, visit), replaced: template?.id ?? .none)
    }
    return render(
      template: node.template, parameters: node.parameters.entries.map { ($0.key, $0.value) },
      header: node.header, handles: handles, visit)
  }

  private func render(_ node: SendMessageNode, _ visit: Visit, isOpen: Bool) -> Rendering {
    if isOpen {
      let language = language(of: visit.guest)
      let buttons = node.buttons.map { button in
        ContentButton(
          payload: payload(button.handle, visit), title: button.title.text(for: language))
      }
      return filled(node.text, visit, buttons: buttons)
    }
    guard node.outsideWindow.action == .template else { return .fail(Self.windowClosed) }
    return render(
      template: node.outsideWindow.template,
      parameters: node.outsideWindow.parameters.entries.map { ($0.key, $0.value) }, header: nil,
      handles: node.buttons.map(\.handle), visit)
  }

  private func render(_ question: Question, _ visit: Visit, isInvalid: Bool) -> Rendering {
    let language = language(of: visit.guest)
    let buttons = question.choices.map { choice in
      ContentButton(
        payload: payload("\(question.key).\(choice.value)", visit),
        title: choice.title.text(for: language))
    }
    let text = isInvalid ? question.onInvalid ?? question.ask : question.ask
    return filled(text, visit, buttons: buttons)
  }

  private func render(again node: WaitReplyNode, _ visit: Visit) -> Rendering {
    guard let text = node.reprompt?.text ?? promptText(before: visit) else {
      return .fail(MessageError(.payload, message: "The question has no text to repeat."))
    }
    let language = language(of: visit.guest)
    let buttons = node.replies.map { reply in
      ContentButton(payload: payload(reply.handle, visit), title: reply.title.text(for: language))
    }
    return filled(text, visit, buttons: buttons)
  }

  /// The free text of the node that asks the question of this wait.
  func promptText(before visit: Visit) -> LocalizedText? {
    for node in visit.graph.nodes where node.answeringWait == visit.index {
      switch node.data {
      case .sendTemplate(let send): if let text = send.sessionText { return text }
      case .sendMessage(let send): return send.text
      default: continue
      }
    }
    return nil
  }

  private func filled(
    _ text: LocalizedText, _ visit: Visit, buttons: [ContentButton], replaced: TemplateID = .none
  ) -> Rendering {
    switch fill(text, for: visit.execution) {
    case .failure(let missing): .fail(Self.missing(missing))
    case .success(let body): Self.free(body, buttons: buttons, replaced: replaced)
    }
  }

  /// Free text, unless WhatsApp would refuse it.
  static func free(
    _ text: String, buttons: [ContentButton], replaced: TemplateID = .none
  ) -> Rendering {
    let content = MessageContent(text: text, buttons: buttons)
    if let error = content.fault { return .fail(error) }
    return .content(content, replaced: replaced)
  }

  private func render(
    template name: String, parameters: [(String, String)], header: MediaHeader?, handles: [String],
    _ visit: Visit
  ) -> Rendering {
    render(
      template: name, parameters: parameters, header: header, for: visit.guest,
      fill: { fill($0, for: visit.execution) },
      buttons: { variant in
        // A node that lists none, or fewer, still sends all that the template has.
        variant.quickReplies.enumerated().map { place, button in
          let handle = handles.indices.contains(place) ? handles[place] : button.handle
          return ContentButton(payload: payload(handle, visit), title: button.title)
        }
      })
  }

  /// The template's variant for a guest, filled in.
  func render(
    template name: String, parameters: [(String, String)], header: MediaHeader?,
    for guest: GuestID, fill: (String) -> Result<String, MissingVariable>,
    buttons: (TemplateVariant) -> [ContentButton]
  ) -> Rendering {
    guard let (id, template) = state.template(named: name, space: guest.space) else {
      return .fail(MessageError(.templateStop, message: "Template \"\(name)\" does not exist."))
    }
    let languages = state.project(of: guest.space).row.languages
    guard
      let index = template.variantIndex(
        language: language(of: guest), projectLanguages: languages)
    else { return .noLanguage }
    if template.isStopped(index) {
      return .stopped(id, variant: UInt16(truncatingIfNeeded: index))
    }
    let variant = template.variants[index]
    var content = MessageContent()
    content.kind = .template
    content.template = id
    content.variant = UInt16(truncatingIfNeeded: index)
    for place in template.placeNames[index] {
      let text = parameters.first { $0.0 == place }?.1 ?? ""
      switch fill(text) {
      case .success(let filled):
        // White space alone is nothing, and WhatsApp refuses an empty value (131008).
        let value = TemplateText.parameterValue(filled)
        if value.isEmpty { return .fail(Self.missing(MissingVariable(path: place))) }
        content.values.append(value)
      case .failure(let missing): return .fail(Self.missing(missing))
      }
    }
    if let medium = variant.medium, header?.type != medium {
      return .fail(
        MessageError(
          .payload,
          message:
            "Template \"\(name)\" has a header of type \(medium.rawValue), and none is given."))
    }
    if var header, variant.medium != nil {
      switch fill(header.link) {
      case .success(let link):
        guard link.hasPrefix("https://") || link.hasPrefix("http://") else {
          return .fail(MessageError(.payload, message: "The link of the medium is no web address."))
        }
        header.link = link
      case .failure(let missing): return .fail(Self.missing(missing))
      }
      content.header = header
    }
    content.buttons = buttons(variant)
    if let error = variant.fault(of: content.values) { return .fail(error) }
    return .content(content, replaced: .none)
  }

  private func templateButtons(_ node: SendTemplateNode, _ visit: Visit) -> [ContentButton] {
    let titles = replyTitles(visit)
    return node.buttons.map { button in
      ContentButton(
        payload: payload(button.handle, visit), title: titles[button.handle] ?? button.handle)
    }
  }

  /// Titles of the replies in the wait that follows, in the guest's language.
  private func replyTitles(_ visit: Visit) -> [String: String] {
    guard let wait = visit.node.answeringWait,
      case .waitReply(let node) = visit.graph.nodes[wait].data
    else { return [:] }
    let language = language(of: visit.guest)
    return Dictionary(
      node.replies.map { ($0.handle, $0.title.text(for: language)) }, uniquingKeysWith: { $1 })
  }

  /// Buttons answer the wait that follows; those of waits and forms answer their own node.
  private func payload(_ handle: String, _ visit: Visit) -> String {
    let node = visit.node.answeringWait.map { visit.graph.nodes[$0] } ?? visit.node
    return ButtonPayload(execution: visit.execution, node: node.id, handle: handle).text
  }

  static func missing(_ missing: MissingVariable) -> MessageError {
    MessageError(.missingVariable, message: "\(missing.path) has no value.")
  }
}

extension State {
  package func template(named name: String, space: UInt32) -> (id: TemplateID, row: Template)? {
    let project = project(of: space)
    guard let counter = project.templatesByName[name] else { return nil }
    return (TemplateID(space: space, counter: counter), project.templates[counter: counter])
  }
}
