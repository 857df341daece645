/// The ways in which events change rows. Each takes the row out of all counters and indexes, lets
/// the event change it, and puts it back, so counters cannot drift from rows.
extension State {
  mutating func modify(_ id: ExecutionID, _ change: (inout Execution) -> Void) {
    let (project, now) = (id.space, now)
    let told = projects[project].executions.change(id.counter) { row in
      let (before, status, speakers) = (ExecutionTally(row), row.status, row.speakers)
      change(&row)
      row.updatedAt = now
      return (
        before: before, after: ExecutionTally(row), status: (status, row.status),
        campaign: row.campaign, speakers: (speakers, row.speakers)
      )
    }
    if told.before != told.after {
      told.before.change(
        to: told.after, in: &projects[project].campaigns[told.campaign].counters)
      if countsForProject(told.campaign) {
        told.before.change(to: told.after, in: &projects[project].counters.totals)
      }
    }
    index(id, of: told.campaign, from: told.status.0, to: told.status.1)
    if told.speakers.0 != told.speakers.1 {
      index(id, of: told.campaign, from: told.speakers.0, to: told.speakers.1)
    }
  }

  /// Every change of what an execution waits for outdates its timers and sets the new one. Under a
  /// pause the wait changes, and the pause stays.
  mutating func setWait(_ wait: Wait?, of id: ExecutionID) {
    modify(id) { row in
      row.wait = wait
      row.generation &+= 1
      guard wait != nil else { return }
      if row.status == .paused { row.pausedStatus = .waiting } else { row.status = .waiting }
    }
    addTimer(of: id, self[id])
  }

  mutating func modify(_ id: MessageID, _ change: (inout Message) -> Void) {
    guard case .project(let project) = id.home else { return modifyLooseMessage(id, change) }
    let (before, after) = projects[project].messages.change(id.counter) { row in
      let before = row
      change(&row)
      return (before, row)
    }
    index(id, from: before, to: after)
    let (old, new) = (MessageTally(before), MessageTally(after))
    guard old != new || before.campaign != after.campaign else { return }
    if before.campaign == after.campaign {
      recount(old, to: new, of: id, after)
    } else {
      move(old, of: before.campaign, to: new, of: after.campaign, id)
    }
    if !after.reminder.isNone { settleReminder(after.reminder) }
  }

  private mutating func recount(
    _ old: MessageTally, to new: MessageTally, of id: MessageID, _ message: Message
  ) {
    let project = id.space
    if countsForProject(message.campaign) {
      old.change(to: new, in: &projects[project].counters.totals)
    }
    if !message.campaign.isNone {
      old.change(to: new, in: &projects[project].campaigns[message.campaign].counters)
    }
    if !message.reminder.isNone {
      count(old, of: message.reminder, -1)
      count(new, of: message.reminder, 1)
    }
  }

  /// An operator has found out which campaign a message belongs to.
  private mutating func move(
    _ old: MessageTally, of before: CampaignID, to new: MessageTally, of after: CampaignID,
    _ id: MessageID
  ) {
    let project = id.space
    if countsForProject(before) { old.uncount(in: &projects[project].counters.totals) }
    if countsForProject(after) { new.count(in: &projects[project].counters.totals) }
    if !before.isNone {
      old.uncount(in: &projects[project].campaigns[before].counters)
    }
    if !after.isNone {
      new.count(in: &projects[project].campaigns[after].counters)
    }
  }

  mutating func appendMessage(_ id: MessageID, _ message: Message) {
    projects[of: id].messages.append(message)
    linkMessage(id, message)
    if !message.reminder.isNone { indexMessage(id, of: message.reminder) }
    index(id, message)
    let tally = MessageTally(message)
    let project = id.space
    if countsForProject(message.campaign) { tally.count(in: &projects[project].counters.totals) }
    if !message.campaign.isNone {
      tally.count(in: &projects[project].campaigns[message.campaign].counters)
    }
    if !message.reminder.isNone { count(tally, of: message.reminder, 1) }
  }

  /// A message of somebody whom no project knows.
  mutating func appendLooseMessage(_ id: MessageID, _ message: Message) {
    guard case .sender(let sender) = id.home else { return }
    senders[sender].messages.append(message)
    linkLooseMessage(id.counter, of: sender, message.person)
    index(id, message)
  }

  private mutating func modifyLooseMessage(_ id: MessageID, _ change: (inout Message) -> Void) {
    guard case .sender(let sender) = id.home else { return }
    let before = senders[sender].messages[id]
    change(&senders[sender].messages[id])
    index(id, from: before, to: senders[sender].messages[id])
  }

  mutating func addToLane(_ id: MessageID, _ message: Message) {
    changeLane(of: message) { $0.insert(LaneEntry(readyAt: message.readyAt, message: id)) }
  }

  mutating func removeFromLane(_ id: MessageID, _ message: Message) {
    changeLane(of: message) { $0.remove(LaneEntry(readyAt: message.readyAt, message: id)) }
  }

  private mutating func changeLane(
    of message: Message, _ change: (inout SortedChunks<LaneEntry>) -> Void
  ) {
    let sender = message.sender
    if message.campaign.isNone {
      if let block = message.block {
        senders[sender].looseBlocked.change(block, change)
      } else if message.isReply {
        change(&senders[sender].priorityLane)
      } else {
        change(&senders[sender].looseLane)
      }
    } else if message.block == nil, message.isReply {
      change(&senders[sender].priorityLane)
    } else {
      let hadOne = projects[of: message.campaign].campaignIndexes[message.campaign].hasMessage
      if let block = message.block {
        projects[of: message.campaign].campaignIndexes[message.campaign].blocked.change(
          block, change)
      } else {
        change(&projects[of: message.campaign].campaignIndexes[message.campaign].lane)
      }
      if projects[of: message.campaign].campaignIndexes[message.campaign].hasMessage != hadOne {
        indexRunning(message.campaign)
      }
    }
  }

  /// A new guest, who is in no chain and in no campaign yet.
  mutating func appendGuest(
    _ profile: GuestProfile, in space: UInt32, isTester: Bool
  ) -> GuestID {
    var guest = Guest()
    (guest.createdAt, guest.updatedAt) = (now, now)
    guest.isTester = isTester
    guest.apply(profile, &projects[space].symbols, answeredAt: nil, by: .operator)
    if guest.isCounted {
      projects[space].counters.guests += 1
      GuestTally(guest).count(1, in: &projects[space].counters.totals)
    }
    let id = GuestID(space: space, counter: projects[space].guests.append(guest))
    index(id, guest)
    return id
  }

  mutating func modify(_ id: GuestID, _ change: (inout Guest) -> Void) {
    let (project, now) = (id.space, now)
    let told = projects[project].guests.change(id.counter) { row in
      let before = (entry: GuestEntry(row), tally: GuestTally(row), isCounted: row.isCounted)
      change(&row)
      row.updatedAt = now
      return (
        before: before,
        after: (entry: GuestEntry(row), tally: GuestTally(row), isCounted: row.isCounted)
      )
    }
    index(id, from: told.before.entry, to: told.after.entry)
    let (before, after) = (told.before.tally, told.after.tally)
    let (wasCounted, isCounted) = (told.before.isCounted, told.after.isCounted)
    if wasCounted { before.count(-1, in: &projects[project].counters.totals) }
    if isCounted { after.count(1, in: &projects[project].counters.totals) }
    if wasCounted, !isCounted { projects[project].counters.guests -= 1 }
    guard before != after else { return }
    for execution in executions(of: id) {
      let campaign = self[execution].campaign
      before.count(-1, in: &projects[project].campaigns[campaign].counters)
      after.count(1, in: &projects[project].campaigns[campaign].counters)
    }
  }

  mutating func modify(_ id: CampaignID, _ change: (inout Campaign) -> Void) {
    let before = self[id].countedStatus
    change(&projects[of: id].campaigns[id])
    let after = self[id].countedStatus
    if before != after {
      if let before { projects[of: id].counters.campaigns[before.index] -= 1 }
      if let after { projects[of: id].counters.campaigns[after.index] += 1 }
    }
    refreshCampaign(id)
  }

  /// Whether a campaign has work to do, and may send, hangs on its row and on its executions.
  mutating func refreshCampaign(_ id: CampaignID) {
    if hasSliceWork(id) { busyCampaigns.insert(id) } else { busyCampaigns.remove(id) }
    if projects[of: id].campaigns[id].hasShareUnderWay {
      sharesUnderWay.insert(id)
    } else if !sharesUnderWay.isEmpty {
      sharesUnderWay.remove(id)
    }
    indexRunning(id)
    indexJoinable(id)
    refreshReminders(of: id)
  }

  private mutating func indexJoinable(_ id: CampaignID) {
    let project = id.space
    let isJoinable = projects[project].campaigns[id].takesGuestsInAsTheyCome
    guard isJoinable != projects[project].joinableCampaigns.contains(id.counter) else { return }
    if isJoinable {
      let position = projects[project].joinableCampaigns.firstIndex { $0 > id.counter }
      projects[project].joinableCampaigns.insert(
        id.counter, at: position ?? projects[project].joinableCampaigns.count)
    } else {
      projects[project].joinableCampaigns.removeAll { $0 == id.counter }
    }
  }

  private func hasSliceWork(_ id: CampaignID) -> Bool {
    return projects[of: id].campaigns[id].hasSliceWork
      || !projects[of: id].campaignIndexes[id].runningBulks.isEmpty
      || (projects[of: id].campaigns[id].isActing
        && !projects[of: id].campaignIndexes[id].ready.isEmpty)
  }

  /// Keeps the sender's list of campaigns that may send.
  mutating func indexRunning(_ id: CampaignID) {
    let sender = projects[of: id].row.sender
    let isRunning = maySend(id)
    let known = senders[sender].runningCampaigns.firstIndex(of: id)
    if isRunning, known == nil {
      let position = senders[sender].runningCampaigns.firstIndex { $0 > id }
      senders[sender].runningCampaigns.insert(
        id, at: position ?? senders[sender].runningCampaigns.count)
    } else if !isRunning, let known {
      senders[sender].runningCampaigns.remove(at: known)
    }
  }

  /// Reminders still go once a campaign is completed, and what an operator wrote once it is cancelled
  /// and all else is taken back: a daily limit may have held it in the campaign's lane.
  func maySend(_ campaign: CampaignID) -> Bool {
    let row = self[campaign]
    let isOver = row.status == .completed || row.status == .cancelled && row.progress.sweep == nil
    return row.isActing || (isOver && index(of: campaign).hasMessage)
  }

  /// Links a guest into the chain of its person, newest identifier first. Without a phone there is none.
  mutating func linkGuest(_ id: GuestID, _ phone: Phone) {
    if phone.isNone { return }
    let sender = projects[of: id].row.sender
    let person = personOrNew(phone: phone, at: sender)
    projects[of: id].guests[links: id].person = person
    var before = GuestID.none
    var next = senders[sender].persons[links: person].lastGuest
    while next > id {
      before = next
      next = projects[of: next].guests[links: next].previousOfPerson
    }
    projects[of: id].guests[links: id].previousOfPerson = next
    if before.isNone {
      senders[sender].persons[links: person].lastGuest = id
    } else {
      projects[of: before].guests[links: before].previousOfPerson = id
    }
  }

  mutating func unlinkGuest(_ id: GuestID) {
    let guest = self[id]
    guard guest.person != 0 else { return }
    let sender = projects[of: id].row.sender
    var before = GuestID.none
    var next = senders[sender].persons[links: guest.person].lastGuest
    while next != id, !next.isNone {
      before = next
      next = projects[of: next].guests[links: next].previousOfPerson
    }
    guard next == id else { return }
    if before.isNone {
      senders[sender].persons[links: guest.person].lastGuest = guest.previousOfPerson
    } else {
      projects[of: before].guests[links: before].previousOfPerson = guest.previousOfPerson
    }
    projects[of: id].guests[links: id].person = 0
    projects[of: id].guests[links: id].previousOfPerson = .none
  }
}

extension Guest {
  /// Whether the sums of the project have the guest; campaigns count whom they ever had.
  var isCounted: Bool { !isTester && !isDeleted }
}

extension Message {
  /// Held invitations wait in the lane too: their time is when the template goes.
  var isInLane: Bool { direction == .outbound && (status == .queued || status == .pending) }
}

extension Campaign {
  var takesGuestsInAsTheyCome: Bool {
    settings.triggerType == .onGuest && status == .running && !isDeleted
  }

  /// Something of it may still act or be started.
  package var isUnfinished: Bool { !isDeleted && (!status.isEnded || counters.open > 0) }

  /// Its timers, replies and messages act. A completed campaign may have executions that a late
  /// answer reopened.
  package var isActing: Bool {
    !isDeleted && (status == .running || (status == .completed && counters.open > 0))
  }

  var hasShareUnderWay: Bool {
    status == .running && !isDeleted && progress.share?.stage == .underWay
  }

  /// Some of the audience are still to be judged, and nothing holds them back.
  private var isEnrolling: Bool {
    guard status == .running, progress.enrolment?.isFinished == false else { return false }
    return progress.share.map { $0.stage == .enrolling || !$0.holdsRest } ?? true
  }

  var hasSliceWork: Bool {
    isEnrolling
      || progress.sweep != nil || progress.review != nil || migration.migratedMembers != nil
  }
}
