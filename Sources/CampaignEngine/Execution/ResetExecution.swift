import Wire

/// Puts an execution at a node of the operator's choice, whatever it did before; also the way to undo
/// a cancel. What the flow wrote to the guest stays: that is the guest's, not the execution's.
package struct ResetExecution: Command {
  package let execution: ExecutionID
  package let node: String
  package let keptReplies: KeptReplies

  package init(execution: ExecutionID, node: String, keptReplies: KeptReplies) {
    (self.execution, self.node, self.keptReplies) = (execution, node, keptReplies)
  }

  package struct Result: Sendable {
    package var kept: [ExecutionReply] = []
    package var dropped: [ExecutionReply] = []
  }

  package func perform(in engine: inout Engine) throws(Rejection) -> Result {
    if let rejection = engine.rejection(of: .reset, on: execution) { throw rejection }
    let graph = engine.state.graph(of: engine.state[execution].campaign)
    guard let index = graph.index(of: node) else {
      throw .invalidParams(
        field: "node_id", reason: "unknown_node",
        "expected a node of the version that \(execution.wireText) walks")
    }
    let replies = engine.state.replies(of: execution)
    var result = Result()
    let firstVisit = engine.state[execution].steps.firstIndex { Int($0.node) == index }
    for reply in replies {
      if keptReplies.keeps(reply, firstVisit: firstVisit) {
        result.kept.append(reply)
      } else {
        result.dropped.append(reply)
      }
    }
    let kept = Set(result.kept.flatMap(\.variables))
    var cleared: [String] = []
    for name in result.dropped.flatMap(\.variables) where !kept.contains(name) {
      if !cleared.contains(name) { cleared.append(name) }
    }
    // They answer a wait that the execution does not come back to by itself.
    result.dropped += engine.state.repliesToCome(of: execution)
    engine.reset(execution, to: index, clearing: cleared)
    return result
  }
}

/// Which of the guest's replies still count after a reset.
package enum KeptReplies: String, WireEnum {
  /// Those given before the chosen node was first entered.
  case before
  case all, none

  func keeps(_ reply: ExecutionReply, firstVisit: Int?) -> Bool {
    switch self {
    case .before: firstVisit.map { reply.step < $0 } ?? true
    case .all: true
    case .none: false
    }
  }
}

/// A reply that an execution took, and the variables that hang on it.
package struct ExecutionReply: Sendable, Equatable {
  package let message: MessageID
  package let node: Int
  package let step: Int
  package let variables: [String]
}

extension State {
  /// The replies that an execution took, oldest first.
  package func replies(of execution: ExecutionID) -> [ExecutionReply] {
    let row = self[execution]
    let graph = graph(of: row.campaign)
    return messages(of: execution).reversed().compactMap { id in
      let message = self[id]
      guard message.disposition == .applied, let by = message.routedBy,
        by != .lateReply, let step = step(thatTook: message, row, graph)
      else { return nil }
      let node = Int(row.steps[step].node)
      guard graph.nodes[node].traits.contains(.asks) else { return nil }
      return ExecutionReply(
        message: id, node: node, step: step,
        variables: graph.nodes[node].data.writes.compactMap(\.variable))
    }
  }

  /// The visit at which it came; for a button of an earlier question the visit that it opened again.
  /// Nil for a button that decided nothing.
  private func step(
    thatTook message: Message, _ row: Execution, _ graph: ChatflowGraph
  ) -> Int? {
    let step = Int(message.step)
    guard row.steps.indices.contains(step) else { return nil }
    guard let payload = ButtonPayload(message.content.payload),
      payload.execution == message.execution, let node = self.node(named: payload.node, for: row)
    else {
      // A text that came before its wait was entered waited for the send, and was taken there.
      return row.steps[step...].firstIndex { graph.nodes[Int($0.node)].traits.contains(.asks) }
    }
    guard node != Int(row.steps[step].node) else { return step }
    return row.steps[(step + 1)...].firstIndex {
      Int($0.node) == node && $0.enteredAt >= message.createdAt
    }
  }

  /// Replies that came during a pause and wait for its end, oldest first.
  fileprivate func repliesToCome(of execution: ExecutionID) -> [ExecutionReply] {
    let row = self[execution]
    return messages(of: execution).reversed().compactMap { id in
      let step = Int(self[id].step)
      guard self[id].isUnapplied, row.steps.indices.contains(step) else { return nil }
      return ExecutionReply(message: id, node: Int(row.steps[step].node), step: step, variables: [])
    }
  }
}

extension Engine {
  fileprivate mutating func reset(
    _ execution: ExecutionID, to node: Int, clearing variables: [String]
  ) {
    setAsideReplies(of: execution)
    cancelQueued(of: execution)
    emit(
      ExecutionReset(
        execution: execution, node: UInt16(truncatingIfNeeded: node), clearedVariables: variables))
    releaseTurn(of: execution)
    takeIn(behind: execution)
    runIfReady(execution)
  }
}
