import Wire

/// Indexes after a snapshot: everything that live events would have left behind.
extension State {
  /// All rows are read: what cannot be read is found here.
  package mutating func rebuildIndexes() throws(WireError) {
    for sender in senders.ids { try indexSender(sender) }
    for space in projects.spaces { try indexProject(space) }
    for space in projects.spaces { countAnewIfUncounted(space) }
    for space in projects.spaces {
      countDispositionsIfUncounted(space)
      countHeadsIfUncounted(space)
    }
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
      let restored = try senders[id].messages.restored(ofBlock: block)
      for place in restored.places {
        let counter = restored.counter(at: place)
        linkLooseMessage(counter, of: id, restored.rows[place].person)
        index(MessageID(of: id, counter: counter), restored.rows[place])
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
      let restored = try projects[space].guests.restored(ofBlock: block)
      for place in restored.places {
        let id = restored.id(at: place, in: space)
        index(id, restored.rows[place])
        if !restored.rows[place].isDeleted { linkGuest(id, restored.rows[place].phone) }
      }
    }
    // Executions of an older snapshot do not know yet whom they wrote to.
    var unwritten: Set<ExecutionID> = []
    for block in projects[space].executions.blockIndices {
      let restored = try projects[space].executions.restored(ofBlock: block)
      for place in restored.places {
        let id = restored.id(at: place, in: space)
        index(id, restored.rows[place])
        if restored.rows[place].writtenTo == 0 { unwritten.insert(id) }
      }
    }
    for id in projects[space].bulks.ids(in: space) { index(id) }
    for block in projects[space].messages.blockIndices {
      let restored = try projects[space].messages.restored(ofBlock: block)
      for place in restored.places {
        reenter(restored.id(at: place, in: space), restored.rows[place], unwritten)
      }
    }
    for id in projects[space].reminders.ids(in: space) { indexReminder(id) }
  }

  /// - Parameter unwritten: executions that do not know whom they wrote to.
  private mutating func reenter(
    _ id: MessageID, _ row: Message, _ unwritten: Set<ExecutionID>
  ) {
    linkMessage(id, row)
    if !row.reminder.isNone { indexMessage(id, of: row.reminder) }
    index(id, row)
    if row.direction == .outbound, row.attempts > 0, unwritten.contains(row.execution) {
      noteWritten(to: row.person, by: row.execution)
    }
  }
}
