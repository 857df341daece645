extension WaitReplyNode {
  package var freeTexts: [FreeText] {
    guard let text = reprompt?.text else { return [] }
    return [FreeText(name: "reprompt", text: text, hasButtons: !replies.isEmpty)]
  }

  /// The question once more: to one who answered otherwise, or whose answer came too late.
  package func render(
    _ message: Message, _ visit: Visit, isOpen: Bool, in engine: Engine
  ) -> Rendering? {
    guard message.purpose == .reprompt || message.purpose == .lateQuestion else { return nil }
    guard isOpen else { return .fail(Engine.windowClosed) }
    guard let text = reprompt?.text ?? visit.graph.promptText(before: visit.index) else {
      return .fail(MessageError(.payload, message: "The question has no text to repeat."))
    }
    let buttons = replies.map { engine.button($0.handle, $0.title, visit) }
    return engine.filled(text, visit, buttons: buttons)
  }
}

extension ChatflowGraph {
  /// The free text of the node that asks the question of this wait.
  func promptText(before wait: Int) -> LocalizedText? {
    nodes.lazy.filter { $0.answeringWait == wait }.compactMap(\.data.promptText).first
  }
}
