extension SendTemplateNode {
  package var isInvitation: Bool { true }
  package var promptText: LocalizedText? { sessionText }

  package var templateUse: TemplateUse? {
    TemplateUse(name: template, parameters: parameters, header: header)
  }

  package var freeTexts: [FreeText] {
    guard let sessionText else { return [] }
    return [FreeText(name: "session_text", text: sessionText, hasButtons: !buttons.isEmpty)]
  }

  package func longestStay(
    in campaign: CampaignID, at now: Timestamp, _ state: State
  ) -> TimeSpan {
    let policy = state[campaign].settings.sessionPolicy
    return policy.mode == .holdFor ? policy.duration ?? .zero : .zero
  }

  package func render(
    _ message: Message, _ visit: Visit, isOpen: Bool, in engine: Engine
  ) -> Rendering? {
    guard message.purpose == .node else { return nil }
    if isOpen, let sessionText {
      let replaced = engine.state.template(named: template, space: visit.guest.space)
      return engine.filled(
        sessionText, visit, buttons: buttons(visit, engine), replaced: replaced?.id ?? .none)
    }
    return templateUse.map { engine.render($0, handles: buttons.map(\.handle), visit) }
  }

  /// Free text has the titles of the replies in the wait that follows, in the guest's language.
  private func buttons(_ visit: Visit, _ engine: Engine) -> [ContentButton] {
    let replies = visit.node.answeringWait.map { visit.graph.nodes[$0].data.replies } ?? []
    return buttons.map { button in
      let reply = replies.last { $0.handle == button.handle }
      return engine.button(button.handle, reply?.title, visit)
    }
  }
}
