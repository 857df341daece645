/// The ledger: every number equals a recount of what it counts. Returns what does not hold; empty
/// is good.
extension State {
  package func checkInvariants() -> [String] {
    var faults: [String] = []
    for space in projects.spaces {
      let recount = Recount(ofProject: space, in: self)
      for id in projects[space].campaigns.ids(in: space) {
        faults += checkCounters(of: id, recount.campaigns[id])
      }
      if recount.project != projects[space].counters {
        faults.append("project \(space + 1): counters differ from a recount")
      }
      faults += checkMessages(of: space)
      faults += checkExecutions(of: space)
      faults += checkReminders(of: space)
    }
    return faults
  }

  private func checkCounters(of id: CampaignID, _ recount: CampaignCounters) -> [String] {
    let campaign = self[id]
    var faults: [String] = []
    if recount != campaign.counters {
      faults.append("\(id.wireText): counters differ from a recount")
    }
    for (index, node) in recount.funnel.enumerated()
    where node.entered != node.inside + node.passed + node.failed + node.stopped
      || node.passed != node.handles.reduce(0, +)
    {
      faults.append("\(id.wireText): the funnel of node \(index) does not add up")
    }
    if let enrolment = campaign.progress.enrolment, enrolment.done != recount.audience {
      faults.append(
        "\(id.wireText): \(enrolment.done) were enrolled and \(recount.audience) are in the audience"
      )
    }
    return faults
  }

  private func checkMessages(of space: UInt32) -> [String] {
    var faults: [String] = []
    projects[space].messages.forEach { counter, row in
      let id = MessageID(space: space, counter: counter)
      if row.needsAttention != projects[space].needsAttention.contains(counter) {
        faults.append("\(id.wireText) and the list for attention differ")
      }
      if row.direction == .outbound {
        if row.status.isWithWhatsApp, row.attempts == 0 {
          faults.append("\(id.wireText) was never attempted")
        }
        if row.execution.isNone, row.purpose.isOfFlow || row.guest.isNone {
          faults.append("\(id.wireText) belongs to no intent")
        }
        if (row.purpose == .reminder) == row.reminder.isNone {
          faults.append("\(id.wireText) and its reminder do not fit")
        }
      } else if row.status != .received {
        faults.append("\(id.wireText) is inbound and \(row.status.rawValue)")
      }
      for gatewayID in row.gatewayIDs
      where message(named: gatewayID, at: row.sender, knowing: id) != id {
        faults.append("\(id.wireText) is not found by its gateway id")
      }
      if row.earlier.contains(where: {
        $0.status.isWithWhatsApp && !$0.isUnknown && $0.failure == nil
      }) {
        faults.append(
          "\(id.wireText) was sent again though an attempt was not known to have failed")
      }
    }
    return faults
  }

  private func checkReminders(of space: UInt32) -> [String] {
    let project = projects[space]
    guard project.reminders.count > 0 else { return [] }
    var recounts = project.reminders.derived { _ in ReminderCounters() }
    var numbers = project.reminders.derived { _ in 0 }
    project.messages.forEach { _, row in
      guard !row.reminder.isNone else { return }
      MessageTally(row).count(1, in: &recounts[row.reminder])
      numbers[row.reminder] += 1
    }
    var faults: [String] = []
    for reminderID in project.reminders.ids(in: space) {
      let (id, reminder) = (reminderID.wireText, project.reminders[reminderID])
      reminder.skips.forEach { _, skip in recounts[reminderID].skipped.add(skip.reason, 1) }
      if recounts[reminderID] != reminder.row.counters {
        faults.append("\(id): counters differ from a recount")
      }
      if numbers[reminderID] != reminder.messages.count { faults.append("\(id) misses a message") }
      let isOpen = reminder.row.status == .sending || reminder.row.status == .scheduled
      if isOpen != (reminder.row.endedAt == .zero) {
        faults.append("\(id) is \(reminder.row.status.rawValue) and its end says otherwise")
      }
    }
    return faults
  }

  private func checkExecutions(of space: UInt32) -> [String] {
    var faults: [String] = []
    var seen = Set<[UInt64]>()
    projects[space].executions.forEach { counter, row in
      let id = ExecutionID(space: space, counter: counter)
      if !seen.insert([row.campaign.rawValue, row.guest.rawValue]).inserted {
        faults.append("\(id.wireText) is a second execution of its guest in its campaign")
      }
      if row.status == .waiting, row.wait == nil {
        faults.append("\(id.wireText) waits for nothing")
      }
      if row.status.isEnded, row.steps.contains(where: { $0.exit == .inside }) {
        faults.append("\(id.wireText) has ended and is still inside a node")
      }
      if !row.status.isEnded, row.steps.count(where: { $0.exit == .inside }) != 1 {
        faults.append("\(id.wireText) is not inside exactly one node")
      }
      if row.status == .active { faults.append("\(id.wireText) is active between commands") }
      let index = projects[space].campaignIndexes[row.campaign]
      if (row.status == .pending) != index.ready.contains(counter) {
        faults.append("\(id.wireText) is \(row.status.rawValue) and the ready queue differs")
      }
      if (row.status == .paused) != (row.pausedAt > .zero) {
        faults.append("\(id.wireText) is \(row.status.rawValue) and its pause differs")
      }
      if row.status == .waiting, row.awaitedMessage.isNone, let wait = row.wait, wait.until == .zero
      {
        faults.append("\(id.wireText) waits for ever")
      }
    }
    return faults
  }
}
