extension ConditionNode {
  /// A case that no longer fits the project, whose event is gone, say, does not hold.
  package func act(on input: NodeInput, _ visit: Visit, in engine: inout Engine) -> NodeResult {
    let project = engine.state.project(of: visit.guest.space)
    let subject = ConditionSubject(visit.execution, in: engine.state)
    for item in cases {
      let predicate = GuestPredicate(
        item.when, for: .execution, project: project,
        text: item.when.query.flatMap(visit.graph.condition))
      if predicate.matches(subject, in: engine.state), !predicate.excluded.contains(visit.guest) {
        return .leave(item.handle)
      }
    }
    return .leave("else")
  }
}
