extension SendTemplateNode {
  package func act(on input: NodeInput, _ visit: Visit, in engine: inout Engine) -> NodeResult {
    engine.actAsSender(
      on: input, visit, sendBy: sendBy, heldFor: engine.holdTime(visit, hasText: sessionText != nil)
    )
  }
}
