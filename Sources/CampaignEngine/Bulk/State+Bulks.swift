/// How bulk operations begin and end. One that goes on keeps its campaign busy.
extension State {
  /// Enters an operation that no index knows yet, live or after a snapshot.
  mutating func index(_ id: BulkID) {
    let bulk = projects[of: id].bulks[id].row
    guard bulk.status != .completed, !projects[of: id].row.isDeleted else { return }
    projects[of: id].campaignIndexes[bulk.campaign].runningBulks.append(id.counter)
  }

  /// The last result ends an operation, and so does the end of a selection that found nothing.
  mutating func endBulkIfDone(_ id: BulkID) {
    let bulk = projects[of: id].bulks[id]
    guard bulk.row.selection == nil, bulk.done == bulk.selected else { return }
    projects[of: id].bulks[id].row.status = .completed
    projects[of: id].bulks[id].row.endedAt = now
    projects[of: id].campaignIndexes[bulk.row.campaign].runningBulks
      .removeAll { $0 == id.counter }
    refreshCampaign(bulk.row.campaign)
  }

  /// The campaign is gone, and nobody will ask what became of the rest.
  mutating func endBulks(of campaign: CampaignID) {
    let running = projects[of: campaign].campaignIndexes[campaign].runningBulks
    guard !running.isEmpty else { return }
    for counter in running {
      projects[of: campaign].bulks[counter: counter].row.status = .completed
      projects[of: campaign].bulks[counter: counter].row.endedAt = now
      projects[of: campaign].bulks[counter: counter].row.selection = nil
    }
    projects[of: campaign].campaignIndexes[campaign].runningBulks = []
    refreshCampaign(campaign)
  }
}
