extension SendFlowNode {
  package func act(on input: NodeInput, _ visit: Visit, in engine: inout Engine) -> NodeResult {
    engine.actAsSender(
      on: input, visit, sendBy: sendBy,
      heldFor: template == nil ? nil : engine.holdTime(visit, hasText: true))
  }

  package var isInvitation: Bool { template != nil }
  package var flowUse: FlowUse? { flow }

  package var templateUse: TemplateUse? {
    template.map { TemplateUse(name: $0, parameters: parameters) }
  }

  package var freeTexts: [FreeText] { [FreeText(name: "The text", text: text, hasButtons: true)] }

  package func longestStay(
    in campaign: CampaignID, at now: Timestamp, _ state: State
  ) -> TimeSpan {
    let policy = state[campaign].settings.sessionPolicy
    return template != nil && policy.mode == .holdFor ? policy.duration ?? .zero : .zero
  }

  package func render(
    _ message: Message, _ visit: Visit, isOpen: Bool, in engine: Engine
  ) -> Rendering? {
    guard message.purpose == .node else { return nil }
    guard isOpen else {
      return templateUse.map { engine.render($0, handles: [], visit) } ?? .fail(Engine.windowClosed)
    }
    switch engine.fill(text, for: visit.execution) {
    case .failure(let missing): return .fail(Engine.missing(missing))
    case .success(let body):
      let content = MessageContent(form: body, engine.button(Self.handle, flow.cta, visit))
      if let error = content.fault { return .fail(error) }
      let replaced = template.flatMap { engine.state.template(named: $0, space: visit.guest.space) }
      return .content(content, replaced: replaced?.id ?? .none)
    }
  }
}
