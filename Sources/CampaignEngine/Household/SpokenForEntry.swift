/// An execution that was left out, behind a guest who speaks for it, or did.
package struct SpokenForEntry: Comparable, Sendable {
  let speaker: UInt32
  let execution: UInt32

  package static func < (one: Self, other: Self) -> Bool {
    (one.speaker, one.execution) < (other.speaker, other.execution)
  }
}

extension State {
  /// Executions that were left out of a campaign since this guest speaks for them, or spoke until they
  /// could not any more, oldest first.
  package func executions(spokenForBy guest: GuestID, in campaign: CampaignID) -> [ExecutionID] {
    executions(namedTo: guest, in: campaign).filter { self[$0].through == guest }
  }

  /// Those too for whom somebody else speaks by now: what was written to this guest may name them.
  func executions(namedTo guest: GuestID, in campaign: CampaignID) -> [ExecutionID] {
    let known = projects[of: campaign].campaignIndexes[campaign].spokenFor
    if known.isEmpty { return [] }
    return known.elements(
      from: SpokenForEntry(speaker: guest.counter, execution: 0),
      limit: Limits.namedToOne
    )
    .prefix { $0.speaker == guest.counter }
    .map { ExecutionID(space: campaign.space, counter: $0.execution) }
  }

  /// How many are asked through a guest now.
  func countSpokenFor(by guest: GuestID, in campaign: CampaignID) -> Int {
    executions(spokenForBy: guest, in: campaign).count(where: isSpokenFor)
  }

  /// The guests whom an execution asks beside its own: those who are spoken for and still on the list.
  package func members(spokenForBy execution: ExecutionID) -> [GuestID] {
    let row = self[execution]
    return executions(spokenForBy: row.guest, in: row.campaign)
      .filter { isSpokenFor($0) }
      .map { self[$0].guest }
      .filter { !self[$0].isDeleted }
  }

  /// Somebody speaks for it now; the reason says otherwise once they cannot.
  func isSpokenFor(_ execution: ExecutionID) -> Bool {
    let row = self[execution]
    return row.status == .skipped && !row.through.isNone
      && projects[of: execution].symbols[row.reason] == LeftOutCode.throughHousehold.rawValue
  }
}
