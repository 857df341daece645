extension WaitReplyNode {
  package func contents(
    ofTold answer: ToldAnswer, _ visit: Visit, in engine: Engine
  ) throws(Rejection) -> [ToldContent] {
    guard case .reply(let handle) = answer else {
      throw .invalidParams(
        field: "answers", reason: "one_of",
        "expected handle: \(visit.node.id) waits for one reply; another question is named by node_id"
      )
    }
    guard let reply = replies.first(where: { $0.handle == handle }) else {
      throw unknown(visit)
    }
    return [ToldContent(handle, tapping: engine.button(handle, reply.title, visit))]
  }

  private func unknown(_ visit: Visit) -> Rejection {
    .invalidParams(
      field: "handle", reason: "unknown_handle",
      "expected a reply of \(visit.node.id): \(replies.map(\.handle).joined(separator: ", "))")
  }

  /// The flow may have been changed since.
  package func fault(
    inTold content: ToldContent, _ visit: Visit, _ engine: Engine
  ) -> Rejection? {
    replies.contains { $0.handle == content.name } ? nil : unknown(visit)
  }

  package func effect(
    ofTold name: String, at place: ToldPlace, on node: Int, of execution: ExecutionID,
    in state: State
  ) -> Route.Effect {
    switch place {
    case .open: return .answer
    case .ahead: return .answerAhead(node: node)
    case .left:
      let row = state[execution]
      // It asked again, in vain: the answer of before is one to that, too.
      if row.status == .failed || row.status == .skipped { return .change(node: node) }
      let last = row.steps.last { Int($0.node) == node }
      let handles = state.graph(of: row.campaign).nodes[node].handles
      if let last, last.exit == .passed, handles[Int(last.handle)] == name { return .repeats }
      return .change(node: node)
    }
  }
}
