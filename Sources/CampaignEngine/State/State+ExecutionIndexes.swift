/// Where executions are looked up. Whoever appends or changes one, live or after a snapshot, comes by here.
extension State {
  /// A new execution, which is the newest of its guest and of its campaign.
  mutating func append(_ row: Execution) -> ExecutionID {
    let id = ExecutionID(
      space: row.campaign.space, counter: projects[of: row.campaign].executions.append(row))
    index(id, row)
    ExecutionTally(row).count(in: &projects[of: id].campaigns[row.campaign].counters)
    if countsForProject(row.campaign) {
      ExecutionTally(row).count(in: &projects[of: id].counters.totals)
    }
    if row.status == .pending { refreshCampaign(row.campaign) }
    return id
  }

  /// Enters an execution that no index knows yet.
  mutating func index(_ id: ExecutionID, _ row: Execution) {
    projects[of: id].executions[links: id].previousOfGuest =
      projects[of: id].guests[links: row.guest].lastExecution
    projects[of: id].guests[links: row.guest].lastExecution = id.counter
    projects[of: id].campaignIndexes[row.campaign].members.append(id.counter)
    if row.status == .pending {
      projects[of: id].campaignIndexes[row.campaign].ready.insert(id.counter)
    }
    indexWritten(by: id, row)
    index(id, of: row.campaign, from: [], to: row.speakers)
    addTimer(of: id, row)
  }

  /// Follows a change; only its status is looked up.
  mutating func index(
    _ id: ExecutionID, of campaign: CampaignID, from before: ExecutionStatus,
    to after: ExecutionStatus
  ) {
    guard (before == .pending) != (after == .pending) else { return }
    if after == .pending {
      projects[of: id].campaignIndexes[campaign].ready.insert(id.counter)
    } else {
      projects[of: id].campaignIndexes[campaign].ready.remove(id.counter)
    }
    refreshCampaign(campaign)
  }

  /// Follows a change of who speaks for its guest.
  mutating func index(
    _ id: ExecutionID, of campaign: CampaignID, from before: [GuestID], to after: [GuestID]
  ) {
    for speaker in before where !after.contains(speaker) {
      let entry = SpokenForEntry(speaker: speaker.counter, execution: id.counter)
      projects[of: id].campaignIndexes[campaign].spokenFor.remove(entry)
    }
    for speaker in after where !before.contains(speaker) {
      let entry = SpokenForEntry(speaker: speaker.counter, execution: id.counter)
      projects[of: id].campaignIndexes[campaign].spokenFor.insert(entry)
    }
  }

  /// An outdated timer does nothing when it rings.
  mutating func addTimer(of id: ExecutionID, _ row: Execution) {
    guard let wait = row.wait, wait.until > .zero, !row.status.isEnded else { return }
    timers.insert(Timer(due: wait.until, execution: id, generation: row.generation))
  }
}
