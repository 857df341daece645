extension SendMessageNode {
  package func act(on input: NodeInput, _ visit: Visit, in engine: inout Engine) -> NodeResult {
    let isOpen = engine.state.person(of: visit.guest).isWindowSafelyOpen(at: engine.state.now)
    let hold = isOpen ? nil : windowTimeout
    return engine.actAsSender(
      on: input, visit, sendBy: sendBy,
      heldFor: hold.map { engine.scaled($0, in: visit.campaign) })
  }
}
