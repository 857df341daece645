/// Questions that nobody need answer any more, since an operator knows the answer.
extension Engine {
  /// Ends what waits for a guest's answer about some events, or is still to ask for one.
  /// - Parameter events: places among the project's events, each with the answer.
  /// - Returns: the executions that ended, the oldest first.
  mutating func endQuestions(to guest: GuestID, about events: [Int: RSVP]) -> [ExecutionID] {
    var ended: [ExecutionID] = []
    for execution in state.executions(of: guest).sorted() {
      let questions = state.questions(of: state[execution].campaign, about: events)
      guard !questions.isEmpty else { continue }
      cancelLateQuestions(of: execution, at: questions)
      guard state.comes(execution, toOneOf: questions) else { continue }
      end(execution, .completed, outcome: "settled", isSettled: true)
      ended.append(execution)
    }
    return ended
  }

  private mutating func cancelLateQuestions(of execution: ExecutionID, at questions: [Int]) {
    for id in state.messages(of: execution) {
      let message = state[id]
      guard message.isInLane, message.purpose == .lateQuestion,
        questions.contains(Int(state[execution].steps[Int(message.step)].node))
      else { continue }
      emit(MessageSettled(message: id, status: .cancelled))
    }
  }
}

extension State {
  /// Nodes of a campaign's flow whose answers lead to what is written about one of the events.
  fileprivate func questions(of campaign: CampaignID, about events: [Int: RSVP]) -> [Int] {
    let graph = graph(of: campaign)
    let writers = Set(
      graph.nodes.indices.filter { writes(graph.nodes[$0], about: events, campaign) })
    guard !writers.isEmpty else { return [] }
    return graph.nodes.indices.filter { node in
      graph.nodes[node].traits.contains(.asks)
        && !writers.isDisjoint(with: graph.reachable(from: node))
    }
  }

  /// Who does not come is not asked how many come, either.
  private func writes(
    _ node: ChatflowGraph.Node, about events: [Int: RSVP], _ campaign: CampaignID
  ) -> Bool {
    let project = project(of: campaign.space).row
    func answer(to event: String?) -> RSVP? {
      (event == nil ? 0 : project.eventIndex(of: event)).flatMap { events[$0] }
    }
    return node.data.writes.contains { target in
      switch target {
      case .rsvp(let event): answer(to: event) != nil
      case .everyRSVP: !events.isEmpty
      case .attendingCount(let event), .attendingChildren(let event):
        answer(to: event).map { $0 != .attending } ?? false
      default: false
      }
    }
  }

  /// It stands at one of the nodes, or may still come to it.
  fileprivate func comes(_ id: ExecutionID, toOneOf questions: [Int]) -> Bool {
    let row = self[id]
    guard [.pending, .waiting, .paused].contains(row.status) else { return false }
    let graph = graph(of: row.campaign)
    return !graph.reachable(from: row.node ?? graph.trigger).isDisjoint(with: questions)
  }
}
