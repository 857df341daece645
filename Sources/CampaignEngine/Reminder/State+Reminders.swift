import Wire

/// One reminder with what belongs to it.
package struct ReminderState: Sendable {
  package internal(set) var row: Reminder
  /// Who matched and was not written to, in the order in which they were judged.
  package internal(set) var skips = ChunkedTable<Never, ReminderSkip>()
  /// Index: its messages, in order.
  package internal(set) var messages = ChunkedList<UInt32>()

  init(row: Reminder) { self.row = row }
}

extension State {
  package func find(_ id: ReminderID) -> ReminderState? {
    guard id.space < projects.count else { return nil }
    let reminders = projects[of: id].reminders
    return reminders.contains(id) ? reminders[id] : nil
  }

  package subscript(id: ReminderID) -> ReminderState {
    projects[of: id].reminders[id]
  }

  /// Reminders of a campaign, oldest first.
  func reminders(of campaign: CampaignID) -> [ReminderID] {
    projects[of: campaign].campaignIndexes[campaign].reminders
  }

  /// A reminder that still has guests to judge and whose plan is as asked.
  func openReminder(in space: UInt32, where isMeant: (ReminderPlan) -> Bool) -> ReminderID? {
    projects[space].reminders.firstID(in: space) { reminder in
      [.scheduled, .sending].contains(reminder.row.phase) && isMeant(reminder.row.plan)
    }
  }

  mutating func appendReminder(_ id: ReminderID, _ row: Reminder) {
    projects[of: id].reminders.append(ReminderState(row: row))
    indexReminder(id)
  }

  mutating func modify(_ id: ReminderID, _ change: (inout Reminder) -> Void) {
    change(&projects[of: id].reminders[id].row)
    indexReminderWork(id)
  }

  /// A guest who matched is not written to.
  mutating func addSkip(_ skip: ReminderSkip, to id: ReminderID) {
    projects[of: id].reminders[id].skips.append(skip)
    projects[of: id].reminders[id].row.counters.skipped.add(skip.reason, 1)
  }

  mutating func count(_ tally: MessageTally, of reminder: ReminderID, _ difference: Int) {
    tally.count(difference, in: &projects[of: reminder].reminders[reminder].row.counters)
  }

  mutating func indexMessage(_ message: MessageID, of id: ReminderID) {
    projects[of: id].reminders[id].messages.append(message.counter)
  }

  /// Notes when the last message was settled.
  mutating func settleReminder(_ id: ReminderID) {
    let now = now
    guard projects[of: id].reminders[id].row.phase == .judged else { return }
    let isOpen = projects[of: id].reminders[id].row.counters.open > 0
    let isEnded = projects[of: id].reminders[id].row.endedAt > .zero
    if isOpen == isEnded {
      projects[of: id].reminders[id].row.endedAt = isOpen ? .zero : now
    }
  }

  /// Sets its alarm and enters it where it is looked up; live and after a snapshot alike.
  mutating func indexReminder(_ id: ReminderID) {
    let row = self[id].row
    if !row.plan.campaign.isNone {
      projects[of: id].campaignIndexes[row.plan.campaign].reminders.append(id)
    }
    setReminderAlarm(of: id)
    indexReminderWork(id)
  }

  mutating func setReminderAlarm(of id: ReminderID) {
    let row = self[id].row
    if row.phase == .scheduled { addAlarm(.reminder, id.rawValue, at: row.dueAt) }
  }

  /// Keeps the lists of reminders that are worked off, and of those that can be now.
  private mutating func indexReminderWork(_ id: ReminderID) {
    let row = self[id].row
    if !row.plan.campaign.isNone {
      if row.phase == .sending {
        projects[of: id].campaignIndexes[row.plan.campaign].sendingReminders.insert(id)
      } else {
        projects[of: id].campaignIndexes[row.plan.campaign].sendingReminders.remove(id)
      }
    }
    if hasSliceWork(id) { busyReminders.insert(id) } else { busyReminders.remove(id) }
  }

  /// A campaign's state decides whether its reminders are worked off.
  mutating func refreshReminders(of campaign: CampaignID) {
    let sending = projects[of: campaign].campaignIndexes[campaign].sendingReminders
    guard !sending.isEmpty else { return }
    for id in sending.chunks.joined() {
      if hasSliceWork(id) { busyReminders.insert(id) } else { busyReminders.remove(id) }
    }
  }

  private func hasSliceWork(_ id: ReminderID) -> Bool {
    let reminder = self[id]
    switch reminder.row.phase {
    case .scheduled, .judged: return false
    case .cancelled: return reminder.row.cleared < reminder.messages.count
    case .sending:
      guard let campaign = find(reminder.row.plan.campaign) else { return true }
      // Who is enrolled late is to be reminded, too.
      return campaign.status != .paused && campaign.progress.enrolment?.isFinished != false
    }
  }
}
