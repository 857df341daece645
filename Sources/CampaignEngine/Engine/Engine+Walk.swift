/// What happens to an execution at a node.
package enum NodeInput: Sendable {
  case entered
  case reply(MessageID)
  /// The wait of this kind has run out.
  case timeout(WaitKind)
  case accepted(MessageID)
  case failed(MessageID)
  /// The guest's other question is answered; this one may be asked.
  case turn
}

/// What a node wants to happen next.
package enum NodeResult: Sendable {
  case leave(String)
  case wait
  case end(outcome: String)
  case fail(reason: String)
  case skip(reason: String)
}

/// Where a walk stands while one node is at work.
package struct Visit {
  let execution: ExecutionID
  let campaign: CampaignID
  let guest: GuestID
  let graph: ChatflowGraph
  let index: Int
  let occasion: Occasion

  var node: ChatflowGraph.Node { graph.nodes[index] }
  var isInDialogue: Bool { occasion == .dialogue }
  var isSilent: Bool { occasion == .silence }

  /// What drives a walk, which says what it may send.
  enum Occasion {
    /// The clock, a report, or an operator, who may have been told an answer.
    case flow
    /// Something that the guest has just written, or what answers it: so is what is sent.
    case dialogue
    /// An answer that was told, where the guest has been told all that would be sent, or where that could
    /// not be sent: it is noted, and not sent.
    case silence
  }

  /// What the walk means to send here is not sent.
  var silent: Visit {
    Visit(
      execution: execution, campaign: campaign, guest: guest, graph: graph, index: index,
      occasion: .silence)
  }
}

/// Walking: from an input until everything waits again. That is a sprint.
extension Engine {
  /// Sets an execution going.
  mutating func run(
    _ execution: ExecutionID, _ input: NodeInput, _ occasion: Visit.Occasion = .flow
  ) {
    guard let node = state[execution].node else { return }
    let visit = makeVisit(execution, node, occasion)
    if [.waiting, .pending].contains(state[execution].status) {
      emit(ExecutionWoken(execution: execution))
    }
    guard state[execution].sprints <= Limits.sprintsPerExecution else {
      return end(visit, .fail(reason: "too_many_sprints"))
    }
    walk(visit, visit.node.data.act(on: input, visit, in: &self))
  }

  private mutating func walk(_ start: Visit, _ first: NodeResult) {
    var visit = start
    var result = first
    var visits = 0
    var lastHandle = 0
    while case .leave(let handle) = result {
      visits += 1
      let number = visit.graph.handleIndex(handle, of: visit.index)
      guard let number, let target = visit.node.targets[number] else {
        lastHandle = number ?? 0
        result =
          handle == "failed" ? .fail(reason: failureReason(of: visit.execution)) : .end(outcome: "")
        break
      }
      guard visits <= Limits.nodesPerSprint,
        state[visit.execution].steps.count < Limits.visitsPerExecution
      else {
        result = .fail(reason: "too_many_nodes")
        break
      }
      emit(
        NodeEntered(
          execution: visit.execution, handle: UInt16(truncatingIfNeeded: number),
          node: UInt16(truncatingIfNeeded: target)))
      visit = makeVisit(visit.execution, target, start.occasion)
      result = visit.node.data.act(on: .entered, visit, in: &self)
    }
    if case .wait = result {} else { end(visit, result, handle: lastHandle) }
    releaseTurn(of: visit.execution)
  }

  func makeVisit(
    _ execution: ExecutionID, _ node: Int, _ occasion: Visit.Occasion = .flow
  ) -> Visit {
    let row = state[execution]
    return Visit(
      execution: execution, campaign: row.campaign, guest: row.guest,
      graph: state.graph(of: row.campaign), index: node, occasion: occasion)
  }

  func failureReason(of execution: ExecutionID) -> String {
    guard let error = state[execution].lastError else { return "failed" }
    return error.errorClass.endReason
  }

  private mutating func end(_ visit: Visit, _ result: NodeResult, handle: Int = 0) {
    switch result {
    case .end(let outcome): end(visit.execution, .completed, outcome: outcome, handle: handle)
    case .fail(let reason): end(visit.execution, .failed, reason: reason, handle: handle)
    case .skip(let reason): end(visit.execution, .skipped, reason: reason)
    case .leave, .wait: break
    }
  }

  /// Ends an execution, and the campaign with it if it was the last.
  mutating func end(
    _ execution: ExecutionID, _ status: ExecutionStatus, reason: String = "", outcome: String = "",
    handle: Int = 0, duplicateOf: GuestID = .none, isSettled: Bool = false,
    through: GuestID = .none
  ) {
    emit(
      ExecutionEnded(
        execution: execution, status: status, reason: reason, outcome: outcome,
        handle: UInt16(truncatingIfNeeded: handle), duplicateOf: duplicateOf,
        isSettled: isSettled, through: through))
    cancelQueued(of: execution)
    // What is being caught up goes on: an answer that waits may open it again.
    if !agenda.isCatchingUp(execution) { setAsideReplies(of: execution) }
    releaseTurn(of: execution)
    passOn(from: execution)
    completeCampaignIfDone(state[execution].campaign)
  }

  /// What the execution meant to send from where it stood is no longer meant. Only a question that
  /// is repeated for a late guest does not depend on where the execution stands, nor does what is
  /// no part of the flow. A pause may have set such a question aside, and is over now.
  /// - Parameter isAnswered: whoever would get such a question has answered elsewhere.
  mutating func cancelQueued(of execution: ExecutionID, isAnswered: Bool = false) {
    for id in state.messages(of: execution) {
      let message = state[id]
      guard message.isInLane, message.purpose.isOfFlow else { continue }
      if message.purpose == .lateQuestion, !isAnswered {
        putBack(id)
      } else {
        emit(MessageSettled(message: id, status: .cancelled))
      }
    }
  }

  /// A resume comes to executions that have ended, too: a pause may have set their messages aside.
  mutating func completeCampaignIfDone(_ campaign: CampaignID) {
    let row = state[campaign]
    guard !agenda.holdsCompletion, row.status == .running, row.counters.open == 0,
      row.progress.sweep == nil,
      row.progress.enrolment?.isFinished == true, row.progress.review?.judgesAnew != true,
      row.settings.triggerType != .onGuest || hasEnded(campaign)
    else { return }
    emit(CampaignStatusChanged(campaign: campaign, status: .completed))
    campaignHasEnded(campaign)
  }

  mutating func wait(_ visit: Visit, _ wait: Wait, sending: MessageID = .none) {
    emit(ExecutionWaits(execution: visit.execution, wait: wait, sending: sending))
  }

  /// Executions that got their turn go on, one after the other: each may free the next.
  mutating func workOffWoken() {
    while let execution = agenda.takeWoken() {
      let row = state[execution]
      guard row.status == .waiting, row.wait?.kind == .turn, mayAct(execution) else { continue }
      run(execution, .turn)
    }
  }

  /// No timer and no reply of a paused or cancelled campaign acts.
  func mayAct(_ execution: ExecutionID) -> Bool {
    let row = state[execution]
    return row.status != .paused && state[row.campaign].isActing
  }
}
