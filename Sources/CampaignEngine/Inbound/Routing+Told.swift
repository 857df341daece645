/// Where an answer belongs that an operator wrote down: at the question that it names, and nowhere else.
extension Routing {
  static func route(told row: Message, _ told: Told, in state: State) -> Route? {
    guard let node = state.node(named: told.node, for: state[row.execution]),
      let place = state.place(ofQuestionAt: node, in: row.execution)
    else { return nil }
    let graph = state.graph(of: row.campaign)
    let effect = graph.nodes[node].data.effect(
      ofTold: told.name, at: place, on: node, of: row.execution, in: state)
    return Route(execution: row.execution, by: .operator, effect: effect)
  }
}

extension State {
  /// Where an execution stands with a question; nil where an answer to it cannot count.
  func place(ofQuestionAt node: Int, in id: ExecutionID) -> ToldPlace? {
    let row = self[id]
    let campaign = self[row.campaign]
    guard let here = row.node, row.status != .cancelled, campaign.status != .cancelled,
      !campaign.isDeleted, !self[row.guest].isDeleted
    else { return nil }
    let graph = graph(of: row.campaign)
    let isAsker = graph.nodes[here].answeringWait == node
    switch row.status {
    case .waiting, .paused:
      if node == here {
        return row.isOpenToAnswers ? .open : row.wait?.kind == .turn ? .ahead : nil
      }
      if isAsker { return .ahead }
    // What could not be asked, or not any more, is answered all the same.
    case .failed, .skipped:
      // Their number is another's, who is written to.
      guard whoIsWrittenTo(self[row.guest].person, in: row.campaign, besides: row.guest) == nil
      else { return nil }
      if node == here || isAsker { return .left }
    case .completed: break
    case .pending, .active, .cancelled: return nil
    }
    let wasAsked = row.steps.contains { Int($0.node) == node }
    return wasAsked && mayChangeAnswer(to: graph.nodes[node].data, of: row) ? .left : nil
  }

  /// The question that an answer is meant for where none is named: the one that is open or about to be
  /// asked, else the newest that may still be answered.
  func likelyQuestion(of id: ExecutionID) -> Int? {
    let row = self[id]
    guard let here = row.node else { return nil }
    let asker = graph(of: row.campaign).nodes[here].answeringWait
    let candidates = [here, asker].compactMap { $0 } + row.steps.reversed().map { Int($0.node) }
    return candidates.first { node in
      graph(of: row.campaign).nodes[node].traits.contains(.asks)
        && place(ofQuestionAt: node, in: id) != nil
    }
  }
}
