/// Questions that nobody need answer any more, since an operator knows the answer.
extension Engine {
  /// Ends what waits for a guest's answer about some events, or is about to ask for one.
  /// - Parameter events: places among the project's events.
  /// - Returns: the executions that ended, the oldest first.
  mutating func endQuestions(to guest: GuestID, about events: Set<Int>) -> [ExecutionID] {
    let asking = state.executions(of: guest).filter { state.asks($0, about: events) }.sorted()
    for execution in asking { end(execution, .completed, outcome: "settled") }
    return asking
  }
}

extension State {
  /// It stands at a question, or before one, and its flow writes the answer about one of the events.
  fileprivate func asks(_ id: ExecutionID, about events: Set<Int>) -> Bool {
    let row = self[id]
    guard row.status == .waiting || row.status == .paused, let here = row.node else { return false }
    let graph = graph(of: row.campaign)
    guard graph.nodes[here].traits.contains(.asks) || graph.nodes[here].isPrompt else {
      return false
    }
    let project = project(of: id.space).row
    return graph.nodes.contains { node in
      node.data.writes.contains { target in
        switch target {
        case .rsvp(let event), .attendingCount(let event):
          (event == nil ? 0 : project.eventIndex(of: event)).map(events.contains) ?? false
        default: false
        }
      }
    }
  }
}
