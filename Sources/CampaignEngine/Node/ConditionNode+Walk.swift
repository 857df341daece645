extension ConditionNode {
  func act(on input: NodeInput, _ visit: Visit, in engine: inout Engine) -> NodeResult {
    let symbols = engine.state.project(of: visit.guest.space).symbols
    let guest = engine.state[visit.guest]
    for item in cases {
      let predicate = GuestPredicate(item.when, symbols: symbols)
      if predicate.matches(guest, id: visit.guest), !predicate.excluded.contains(visit.guest) {
        return .leave(item.handle)
      }
    }
    return .leave("else")
  }
}
