/// Indexes after a snapshot: everything that live events would have left behind.
extension State {
  package mutating func rebuildIndexes() {
    for index in senders.indices { indexSender(index) }
    for space in projects.indices { indexProject(UInt32(space)) }
    for space in projects.indices { countAnewIfUncounted(UInt32(space)) }
    for space in projects.indices { countDispositionsIfUncounted(UInt32(space)) }
    for space in projects.indices {
      for counter in projects[space].campaigns.indices {
        let id = CampaignID(space: UInt32(space), counter: UInt32(counter + 1))
        addAlarm(.campaign, id.rawValue, at: self[id].nextAt)
        refreshCampaign(id)
      }
    }
  }

  private mutating func indexSender(_ index: Int) {
    sendersByPhone[senders[index].row.phone] = UInt32(index + 1)
    let persons = senders[index].persons
    persons.forEach { counter, row in
      if !row.phone.isNone { senders[index].personsByPhone[row.phone] = counter }
      if !row.userID.isEmpty { senders[index].personsByUserID[row.userID] = counter }
      if row.countsForDailyLimit(at: now) {
        senders[index].dailySends.insert(DailySend(at: row.sentOutsideWindowAt, person: counter))
      }
    }
    // Another name is with one person alone, whoever else may have had it.
    persons.forEach { counter, row in
      for phone in row.otherPhones { senders[index].personsByPhone[phone] = counter }
      for id in row.otherUserIDs { senders[index].personsByUserID[id] = counter }
      for digest in row.digests { senders[index].personsByDigest[digest] = counter }
    }
    let space = senderSpaceBit | UInt32(index)
    senders[index].messages.forEach { counter, row in
      linkLooseMessage(counter, of: index)
      if row.needsAttention { senders[index].needsAttention.insert(counter) }
      if !row.gatewayID.isEmpty {
        senders[index].messagesByGatewayID[row.gatewayID] = MessageID(
          space: space, counter: counter)
      }
    }
  }

  private mutating func indexProject(_ space: UInt32) {
    let project = projects[Int(space)]
    for (index, template) in project.templates.enumerated() {
      if !template.isDeleted {
        projects[Int(space)].templatesByName[template.name] = UInt32(index + 1)
      }
      projects[Int(space)].templates[index].indexPlaces()
    }
    projects[Int(space)].campaignIndexes = project.campaigns.map { _ in CampaignIndex() }
    for index in project.campaigns.indices {
      mergeGraphs(of: CampaignID(space: space, counter: UInt32(index + 1)))
    }
    project.erasures.forEach { number, row in
      projects[Int(space)].erasuresByGuest[row.guest] = number
    }
    project.guests.forEach { counter, row in
      projects[Int(space)].countAnswers(to: row.answeredEvents, 1)
      guard !row.isDeleted else {
        projects[Int(space)].deletedGuestCount += 1
        return
      }
      linkGuest(GuestID(space: space, counter: counter))
      if !row.externalID.isEmpty {
        projects[Int(space)].guestsByExternalID[row.externalID] = counter
      }
    }
    project.executions.forEach { counter, row in
      let id = ExecutionID(space: space, counter: counter)
      let guest = row.guest.counter
      projects[Int(space)].executions[counter].previousOfGuest =
        projects[Int(space)].guests[guest].lastExecution
      projects[Int(space)].guests[guest].lastExecution = counter
      projects[Int(space)].campaignIndexes[Int(row.campaign.counter) - 1].members.append(counter)
      if row.status == .pending {
        projects[Int(space)].campaignIndexes[Int(row.campaign.counter) - 1].ready.insert(counter)
      }
      indexWritten(by: id)
      addTimer(of: id)
    }
    for (index, bulk) in project.bulks.enumerated()
    where bulk.row.status != .completed && !project.row.isDeleted {
      projects[Int(space)].campaignIndexes[Int(bulk.row.campaign.counter) - 1].runningBulks
        .append(UInt32(index + 1))
    }
    project.messages.forEach { counter, row in
      indexMessage(MessageID(space: space, counter: counter), row)
    }
    for index in project.reminders.indices {
      indexReminder(ReminderID(space: space, counter: UInt32(index + 1)))
    }
  }

  private mutating func indexMessage(_ id: MessageID, _ row: Message) {
    let space = Int(id.space)
    linkMessage(id)
    if !row.reminder.isNone { indexMessage(id, of: row.reminder) }
    if row.isInLane { addToLane(id, row) }
    if row.status == .pending { projects[space].pending.insert(id.counter) }
    addAlarm(.message, id.rawValue, at: alarmTime(of: row))
    for gatewayID in row.gatewayIDs {
      senders[Int(row.sender.counter) - 1].messagesByGatewayID[gatewayID] = id
    }
    if row.needsAttention { projects[space].needsAttention.insert(id.counter) }
    // Executions of an older snapshot do not know yet whom they wrote to.
    if row.direction == .outbound, row.attempts > 0 {
      noteWritten(to: row.person, by: row.execution)
    }
  }
}
