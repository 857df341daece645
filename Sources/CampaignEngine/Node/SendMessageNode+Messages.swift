extension SendMessageNode {
  package var promptText: LocalizedText? { text }

  package var templateUse: TemplateUse? {
    guard outsideWindow.action == .template else { return nil }
    return TemplateUse(name: outsideWindow.template, parameters: outsideWindow.parameters)
  }

  package var windowTimeout: TimeSpan? {
    outsideWindow.action == .wait ? outsideWindow.timeout : nil
  }

  package var freeTexts: [FreeText] {
    [FreeText(name: "The text", text: text, hasButtons: !buttons.isEmpty)]
  }

  package func render(
    _ message: Message, _ visit: Visit, isOpen: Bool, in engine: Engine
  ) -> Rendering? {
    guard message.purpose == .node else { return nil }
    if isOpen {
      return engine.filled(
        text, visit, buttons: buttons.map { engine.button($0.handle, $0.title, visit) })
    }
    guard let templateUse else { return .fail(Engine.windowClosed) }
    return engine.render(templateUse, handles: buttons.map(\.handle), visit)
  }
}
