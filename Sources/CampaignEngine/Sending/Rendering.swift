import Wire

/// What a message says at this moment: free text while the window is open, else the template.
package enum Rendering {
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
    let visit = makeVisit(
      message.execution, Int(state[message.execution].steps[Int(message.step)].node))
    let isOpen =
      !message.mustBeTemplate && state.person(of: visit.guest).isWindowSafelyOpen(at: state.now)
    return visit.node.data.render(message, visit, isOpen: isOpen, in: self)
      ?? .fail(MessageError(.payload, message: "This message has no content."))
  }

  static let windowClosed = MessageError(
    .window, message: "The session window is closed and free text is not allowed.")

  /// Free words with the guest's values in them.
  func filled(
    _ text: LocalizedText, _ visit: Visit, about subject: QuestionSubject = QuestionSubject(),
    buttons: [ContentButton], replaced: TemplateID = .none
  ) -> Rendering {
    switch fill(text, for: visit.execution, about: subject) {
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

  /// The template of a node.
  func render(_ use: TemplateUse, handles: [String], _ visit: Visit) -> Rendering {
    render(
      use, for: visit.guest, fill: { fill($0, for: visit.execution) },
      buttons: { variant in
        // A node that lists none, or fewer, still sends all that the template has.
        var handles = handles[...]
        return variant.answeringButtons.map { button in
          let handle =
            button.isFlow ? SendFlowNode.handle : handles.popFirst() ?? button.handle
          return ContentButton(payload: payload(handle, visit), title: button.title)
        }
      })
  }

  /// The template's variant for a guest, filled in.
  func render(
    _ use: TemplateUse, for guest: GuestID, fill: (String) -> Result<String, MissingVariable>,
    buttons: (TemplateVariant) -> [ContentButton]
  ) -> Rendering {
    guard let (id, template) = state.template(named: use.name, space: guest.space) else {
      return .fail(
        MessageError(.templateStop, message: "Template \"\(use.name)\" does not exist."))
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
      let text = use.parameters[place] ?? ""
      switch fill(text) {
      case .success(let filled):
        // White space alone is nothing, and WhatsApp refuses an empty value (131008).
        let value = TemplateText.parameterValue(filled)
        if value.isEmpty { return .fail(Self.missing(MissingVariable(path: place))) }
        content.values.append(value)
      case .failure(let missing): return .fail(Self.missing(missing))
      }
    }
    if let medium = variant.medium, use.header?.type != medium {
      return .fail(
        MessageError(
          .payload,
          message:
            "Template \"\(use.name)\" has a header of type \(medium.rawValue), and none is given."))
    }
    if var header = use.header, variant.medium != nil {
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

  /// Buttons answer the wait that follows; those of waits and forms answer their own node.
  private func payload(_ handle: String, _ visit: Visit) -> String {
    let node = visit.node.answeringWait.map { visit.graph.nodes[$0] } ?? visit.node
    return ButtonPayload(execution: visit.execution, node: node.id, handle: handle).text
  }

  /// - Parameter title: the handle stands for one that has none.
  func button(_ handle: String, _ title: LocalizedText?, _ visit: Visit) -> ContentButton {
    ContentButton(
      payload: payload(handle, visit),
      title: title?.text(for: language(of: visit.guest)) ?? handle)
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
