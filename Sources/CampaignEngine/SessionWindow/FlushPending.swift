/// Sends pending invitations now: as the template where the guest's window is closed. The filters
/// narrow together.
package struct FlushPending: Command {
  package let project: ProjectID
  package let campaign: CampaignID?
  package let guest: GuestID?
  package let messages: [MessageID]?
  /// Where a call before has stopped.
  package let after: UInt32

  package init(
    project: ProjectID, campaign: CampaignID?, guest: GuestID?, messages: [MessageID]?,
    after: UInt32
  ) {
    (self.project, self.campaign, self.guest) = (project, campaign, guest)
    (self.messages, self.after) = (messages, after)
  }

  package struct Result: Sendable, Equatable {
    package var released: [MessageID] = []
    /// More may follow behind this one.
    package var next: UInt32?
  }

  package func perform(in engine: inout Engine) throws(Rejection) -> Result {
    guard engine.state.find(project) != nil else { throw .notFound(project) }
    var result = Result()
    if let messages {
      for id in messages.sorted() { try check(id, in: engine.state) }
      result.released = Set(messages).sorted().filter { matches($0, in: engine.state) }
    } else {
      find(&result, in: engine.state)
    }
    for id in result.released { engine.emit(MessageReleased(message: id)) }
    return result
  }

  private var space: UInt32 { project.counter - 1 }

  private func check(_ id: MessageID, in state: State) throws(Rejection) {
    guard id.space == space, let row = state.find(id) else {
      throw .notFound(id)
    }
    guard state.isPendingInvitation(row) else {
      throw .invalidState(
        id: id.wireText, action: "flush", status: row.status.rawValue, allowed: [],
        "\(id.wireText) is \(row.status.rawValue); only pending invitations are flushed.")
    }
  }

  private func matches(_ id: MessageID, in state: State) -> Bool {
    let row = state[id]
    return (campaign.map { $0 == row.campaign } ?? true) && (guest.map { $0 == row.guest } ?? true)
      && state.isPendingInvitation(row)
  }

  private func find(_ result: inout Result, in state: State) {
    let limit = Int(Limits.rowsPerPageScan)
    let pending = state.project(of: space).pending
    let counters = pending.elements(from: after &+ 1, limit: limit)
    for counter in counters {
      if result.released.count == Limits.releasesPerFlush { return }
      let id = MessageID(space: space, counter: counter)
      if matches(id, in: state) { result.released.append(id) }
      result.next = counter
    }
    if counters.count < limit { result.next = nil }
  }
}

extension State {
  /// True for an invitation that is held back; a free text that waits for the window is none, since
  /// nothing could go in its place.
  package func isPendingInvitation(_ row: Message) -> Bool {
    guard row.status == .pending, !row.execution.isNone else { return false }
    let execution = self[row.execution]
    let graph = graph(of: execution.campaign)
    guard execution.steps.indices.contains(Int(row.step)) else { return false }
    return graph.nodes[Int(execution.steps[Int(row.step)].node)].data.isInvitation
  }

  /// Held messages of a guest, in the order in which they go.
  package func pendingMessages(of guest: GuestID) -> [MessageID] {
    executions(of: guest).compactMap { execution in
      let message = self[execution].awaitedMessage
      return !message.isNone && self[message].status == .pending ? message : nil
    }.sorted()
  }
}
