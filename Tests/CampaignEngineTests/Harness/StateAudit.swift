@testable import CampaignEngine

/// What must hold between commands beside the ledger: indexes name what they should, and nobody
/// waits for a turn that nobody will give.
struct StateAudit {
  let state: State

  static func faults(of state: State) -> [String] {
    let audit = StateAudit(state: state)
    return audit.lanes() + audit.replies() + audit.turns() + audit.attempts()
  }

  /// Every message that waits to be sent stands in its lane, unless a pause has set it aside.
  private func lanes() -> [String] {
    var faults: [String] = []
    for (space, project) in state.projects.rows.enumerated() {
      var laned = Set<MessageID>()
      for index in project.campaignIndexes.rows {
        for lane in [index.lane] + index.blocked.lanes.map(\.lane) {
          laned.formUnion(lane.all.map(\.message))
        }
      }
      laned.formUnion(state[project.row.sender].priorityLane.all.map(\.message))
      let sender = state[project.row.sender]
      for lane in [sender.looseLane] + sender.looseBlocked.lanes.map(\.lane) {
        laned.formUnion(lane.all.map(\.message))
      }
      project.messages.forEach { counter, row in
        let id = MessageID(space: UInt32(space), counter: counter)
        let isLaned = laned.contains(id)
        if isLaned, !row.isInLane { faults.append("\(id.wireText) is \(row.status) and in a lane") }
        guard row.isInLane, !isLaned else { return }
        let campaign = row.campaign.isNone ? nil : state[row.campaign]
        let isPaused =
          campaign?.status == .paused
          || (!row.execution.isNone && state[row.execution].status == .paused)
        if !isPaused, campaign?.progress.sweep == nil {
          faults.append("\(id.wireText) is queued and in no lane")
        }
      }
    }
    return faults
  }

  /// A message tells of an attempt that was taken, if one was. Directories of former times may have
  /// others, so the program itself does not ask for it.
  private func attempts() -> [String] {
    var faults: [String] = []
    for (space, project) in state.projects.rows.enumerated() {
      project.messages.forEach { counter, row in
        guard !row.status.isWithWhatsApp,
          row.earlier.contains(where: { $0.status.isWithWhatsApp })
        else { return }
        let id = MessageID(space: UInt32(space), counter: counter)
        faults.append("\(id.wireText) does not tell of the attempt that was taken")
      }
    }
    return faults
  }

  private func replies() -> [String] {
    var faults: [String] = []
    for (space, project) in state.projects.rows.enumerated() {
      project.executions.forEach { counter, row in
        let id = ExecutionID(space: UInt32(space), counter: counter)
        let hasOne = state.messages(of: id).contains { state[$0].isUnapplied }
        if hasOne != row.hasUnappliedReply { faults.append("\(id.wireText) forgets a reply") }
        let isGoing = state[row.campaign].isActing && state[row.campaign].progress.sweep == nil
        if hasOne, isGoing, !row.status.isEnded, row.status != .paused,
          !state.isQuestionUnderWay(id)
        {
          faults.append("\(id.wireText) never takes its reply")
        }
      }
    }
    return faults
  }

  private func turns() -> [String] {
    var faults: [String] = []
    for sender in state.senders.rows {
      sender.persons.forEach { counter, person in
        if Set(person.turnQueue).count != person.turnQueue.count
          || person.turnQueue.contains(person.turnHolder)
        {
          faults.append("person \(counter) queues somebody twice")
        }
        if person.turnHolder.isNone, !person.turnQueue.isEmpty {
          faults.append("person \(counter) has a queue and no open question")
        }
        for execution in [person.turnHolder] + person.turnQueue where !execution.isNone {
          if state[execution].status.isEnded {
            faults.append("person \(counter) waits for \(execution.wireText), which has ended")
          }
        }
        guard !person.turnHolder.isNone else { return }
        let holder = state[person.turnHolder]
        if holder.status != .paused, holder.wait?.kind == .turn, state[holder.campaign].isActing,
          state[holder.campaign].progress.sweep == nil, state[holder.guest].person == counter
        {
          faults.append("\(person.turnHolder.wireText) waits for the turn that it has")
        }
      }
    }
    return faults
  }
}
