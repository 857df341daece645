/// Indexes after a snapshot: everything that live events would have left behind.
extension State {
  package mutating func rebuildIndexes() {
    for sender in senders.ids { indexSender(sender) }
    for space in projects.spaces { indexProject(space) }
    for space in projects.spaces { countAnewIfUncounted(space) }
    for space in projects.spaces { countDispositionsIfUncounted(space) }
    for space in projects.spaces {
      for id in projects[space].campaigns.ids(in: space) {
        addAlarm(.campaign, id.rawValue, at: self[id].nextAt)
        refreshCampaign(id)
      }
    }
  }

  private mutating func indexSender(_ id: SenderID) {
    sendersByPhone[senders[id].row.phone] = id.counter
    let persons = senders[id].persons
    persons.forEach { counter, row in
      if !row.phone.isNone { senders[id].personsByPhone[row.phone] = counter }
      if !row.userID.isEmpty { senders[id].personsByUserID[row.userID] = counter }
      if row.countsForDailyLimit(at: now) {
        senders[id].dailySends.insert(DailySend(at: row.sentOutsideWindowAt, person: counter))
      }
    }
    // Another name is with one person alone, whoever else may have had it.
    persons.forEach { counter, row in
      for phone in row.otherPhones { senders[id].personsByPhone[phone] = counter }
      for userID in row.otherUserIDs { senders[id].personsByUserID[userID] = counter }
      for digest in row.digests { senders[id].personsByDigest[digest] = counter }
    }
    senders[id].messages.forEach { counter, row in
      linkLooseMessage(counter, of: id)
      if row.needsAttention { senders[id].needsAttention.insert(counter) }
      if !row.gatewayID.isEmpty {
        senders[id].messagesByGatewayID[row.gatewayID] = MessageID(of: id, counter: counter)
      }
    }
  }

  private mutating func indexProject(_ space: UInt32) {
    let project = projects[space]
    for id in project.templates.ids(in: space) {
      if !project.templates[id].isDeleted {
        projects[space].templatesByName[project.templates[id].name] = id.counter
      }
      projects[space].templates[id].indexPlaces()
    }
    projects[space].campaignIndexes = project.campaigns.derived { _ in CampaignIndex() }
    for id in project.campaigns.ids(in: space) { mergeGraphs(of: id) }
    project.erasures.forEach { number, row in
      projects[space].erasuresByGuest[row.guest] = number
    }
    project.guests.forEach { counter, row in
      projects[space].countAnswers(to: row.answeredEvents, 1)
      guard !row.isDeleted else {
        projects[space].deletedGuestCount += 1
        return
      }
      linkGuest(GuestID(space: space, counter: counter))
      if !row.externalID.isEmpty {
        projects[space].guestsByExternalID[row.externalID] = counter
      }
    }
    project.executions.forEach { counter, row in
      let id = ExecutionID(space: space, counter: counter)
      let guest = row.guest.counter
      projects[space].executions[counter].previousOfGuest =
        projects[space].guests[guest].lastExecution
      projects[space].guests[guest].lastExecution = counter
      projects[space].campaignIndexes[row.campaign].members.append(counter)
      if row.status == .pending {
        projects[space].campaignIndexes[row.campaign].ready.insert(counter)
      }
      indexWritten(by: id)
      addTimer(of: id)
    }
    for id in project.bulks.ids(in: space) {
      let bulk = project.bulks[id].row
      guard bulk.status != .completed, !project.row.isDeleted else { continue }
      projects[space].campaignIndexes[bulk.campaign].runningBulks.append(id.counter)
    }
    project.messages.forEach { counter, row in
      indexMessage(MessageID(space: space, counter: counter), row)
    }
    for id in project.reminders.ids(in: space) { indexReminder(id) }
  }

  private mutating func indexMessage(_ id: MessageID, _ row: Message) {
    let space = id.space
    linkMessage(id)
    if !row.reminder.isNone { indexMessage(id, of: row.reminder) }
    if row.isInLane { addToLane(id, row) }
    if row.status == .pending { projects[space].pending.insert(id.counter) }
    addAlarm(.message, id.rawValue, at: alarmTime(of: row))
    for gatewayID in row.gatewayIDs {
      senders[row.sender].messagesByGatewayID[gatewayID] = id
    }
    if row.needsAttention { projects[space].needsAttention.insert(id.counter) }
    // Executions of an older snapshot do not know yet whom they wrote to.
    if row.direction == .outbound, row.attempts > 0 {
      noteWritten(to: row.person, by: row.execution)
    }
  }
}
