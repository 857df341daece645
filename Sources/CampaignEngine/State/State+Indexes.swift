/// Indexes after a snapshot: everything that live events would have left behind.
extension State {
  package mutating func rebuildIndexes() {
    for sender in senders.ids { indexSender(sender) }
    for space in projects.spaces { indexProject(space) }
    for space in projects.spaces { countAnewIfUncounted(space) }
    for space in projects.spaces { countDispositionsIfUncounted(space) }
    for space in projects.spaces {
      for id in projects[space].campaigns.ids(in: space) {
        addAlarm(.campaign, id.rawValue, at: self[id].clock.nextAt)
        refreshCampaign(id)
      }
    }
  }

  // No table is held while it is written to: each of its chunks would be copied.

  private mutating func indexSender(_ id: SenderID) {
    index(id)
    indexPersons(of: id)
    for counter in senders[id].persons.counters {
      let row = senders[id].persons[counter]
      if row.countsForDailyLimit(at: now) {
        senders[id].dailySends.insert(DailySend(at: row.sentOutsideWindowAt, person: counter))
      }
    }
    for counter in senders[id].messages.counters {
      linkLooseMessage(counter, of: id)
      index(MessageID(of: id, counter: counter), senders[id].messages[counter])
    }
  }

  private mutating func indexProject(_ space: UInt32) {
    for id in projects[space].templates.ids(in: space) { index(id) }
    projects[space].campaignIndexes = projects[space].campaigns.derived { _ in CampaignIndex() }
    for id in projects[space].campaigns.ids(in: space) { mergeGraphs(of: id) }
    for number in projects[space].erasures.counters {
      index(erasure: number, in: space)
    }
    for id in projects[space].guests.ids(in: space) {
      index(id)
      if !self[id].isDeleted { linkGuest(id) }
    }
    for id in projects[space].executions.ids(in: space) { index(id) }
    for id in projects[space].bulks.ids(in: space) { index(id) }
    for id in projects[space].messages.ids(in: space) { indexMessage(id) }
    for id in projects[space].reminders.ids(in: space) { indexReminder(id) }
  }

  private mutating func indexMessage(_ id: MessageID) {
    linkMessage(id)
    let row = self[id]
    if !row.reminder.isNone { indexMessage(id, of: row.reminder) }
    index(id, row)
    // Executions of an older snapshot do not know yet whom they wrote to.
    if row.direction == .outbound, row.attempts > 0 {
      noteWritten(to: row.person, by: row.execution)
    }
  }
}
