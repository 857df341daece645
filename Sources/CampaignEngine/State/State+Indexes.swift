import Wire

/// Indexes after a snapshot: everything that live events would have left behind.
extension State {
  /// All rows are read: what cannot be read is found here.
  package mutating func rebuildIndexes() throws(WireError) {
    for sender in senders.ids { try indexSender(sender) }
    for space in projects.spaces { try indexProject(space) }
    for space in projects.spaces { countAnewIfUncounted(space) }
    for space in projects.spaces { countDispositionsIfUncounted(space) }
    for space in projects.spaces {
      for id in projects[space].campaigns.ids(in: space) {
        addAlarm(.campaign, id.rawValue, at: self[id].clock.nextAt)
        refreshCampaign(id)
      }
    }
  }

  private mutating func indexSender(_ id: SenderID) throws(WireError) {
    index(id)
    try indexPersons(of: id)
    for block in senders[id].messages.blockIndices {
      for (counter, row) in try senders[id].messages.restored(ofBlock: block) {
        linkLooseMessage(counter, of: id, row.person)
        index(MessageID(of: id, counter: counter), row)
      }
    }
  }

  private mutating func indexProject(_ space: UInt32) throws(WireError) {
    for id in projects[space].templates.ids(in: space) { index(id) }
    projects[space].campaignIndexes = projects[space].campaigns.derived { _ in CampaignIndex() }
    for id in projects[space].campaigns.ids(in: space) { mergeGraphs(of: id) }
    for number in projects[space].erasures.counters {
      index(erasure: number, in: space)
    }
    for block in projects[space].guests.blockIndices {
      for (id, row) in try projects[space].guests.restored(ofBlock: block, in: space) {
        index(id, row)
        if !row.isDeleted { linkGuest(id, row.phone) }
      }
    }
    // Executions of an older snapshot do not know yet whom they wrote to.
    var unwritten: Set<ExecutionID> = []
    for block in projects[space].executions.blockIndices {
      for (id, row) in try projects[space].executions.restored(ofBlock: block, in: space) {
        index(id, row)
        if row.writtenTo == 0 { unwritten.insert(id) }
      }
    }
    for id in projects[space].bulks.ids(in: space) { index(id) }
    for block in projects[space].messages.blockIndices {
      for (id, row) in try projects[space].messages.restored(ofBlock: block, in: space) {
        linkMessage(id, row)
        if !row.reminder.isNone { indexMessage(id, of: row.reminder) }
        index(id, row)
        if row.direction == .outbound, row.attempts > 0, unwritten.contains(row.execution) {
          noteWritten(to: row.person, by: row.execution)
        }
      }
    }
    for id in projects[space].reminders.ids(in: space) { indexReminder(id) }
  }
}
