extension WaitReplyNode {
  package var takesLateAnswers: Bool { lateChange == .untilEvent }

  package func effect(of tap: ButtonPayload, on node: Int, in state: State) -> Route.Effect? {
    let row = state[tap.execution]
    let graph = state.graph(of: row.campaign)
    guard let here = row.node else { return .nothing }
    if node == here, row.isOpenToAnswers { return .answer }
    if graph.nodes[here].answeringWait == node, !row.awaitedMessage.isNone, !row.status.isEnded {
      let sent = row.awaitedMessage
      let row = state[sent]
      if row.status == .held || row.mayHaveBeenTaken || row.isInLane && row.attempts > 0 {
        return .proof(sent)
      }
      // WhatsApp took it during a pause, and the execution goes there once it goes on.
      if row.status.isWithWhatsApp { return .answer }
    }
    // What ended the execution as failed did not fail: whoever taps on it has it.
    if graph.nodes[here].answeringWait == node, row.status == .failed,
      state[row.campaign].status != .paused, let sent = state.failedPrompt(of: tap.execution)
    {
      return .proof(sent)
    }
    guard let last = row.steps.last(where: { Int($0.node) == node }) else { return .nothing }
    // A second tap on the button that decided already says nothing new.
    if last.exit == .passed, graph.nodes[node].handles[Int(last.handle)] == tap.handle {
      return .repeats
    }
    guard replies.contains(where: { $0.handle == tap.handle }) else { return .nothing }
    return state.mayChangeAnswer(to: self, of: row) ? .change(node: node) : nil
  }
}

extension State {
  /// Late answers to this node still count.
  func mayChangeAnswer(to node: any NodeContent, of row: Execution) -> Bool {
    let events = project(of: row.campaign.space).row.events
    let index = eventIndex(of: row.campaign)
    return node.takesLateAnswers && events.indices.contains(index) && now < events[index].startsAt
  }

  /// The message of the node at which an execution failed, where an attempt was made.
  fileprivate func failedPrompt(of execution: ExecutionID) -> MessageID? {
    let step = self[execution].steps.count - 1
    let newest = newestMessage(of: execution) {
      $0.direction == .outbound && $0.purpose == .node && Int($0.step) == step
    }
    return newest.flatMap { self[$0].status == .failed && self[$0].attempts > 0 ? $0 : nil }
  }
}
