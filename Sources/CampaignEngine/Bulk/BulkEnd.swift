/// How bulk operations end. One that goes on keeps its campaign busy.
extension State {
  /// The last result ends an operation, and so does the end of a selection that found nothing.
  mutating func endBulkIfDone(_ id: BulkID) {
    let (project, index) = (Int(id.space), Int(id.counter) - 1)
    let bulk = projects[project].bulks[index]
    guard bulk.row.selection == nil, bulk.done == bulk.selected else { return }
    projects[project].bulks[index].row.status = .completed
    projects[project].bulks[index].row.endedAt = now
    projects[project].campaignIndexes[Int(bulk.row.campaign.counter) - 1].runningBulks
      .removeAll { $0 == id.counter }
    refreshCampaign(bulk.row.campaign)
  }

  /// The campaign is gone, and nobody will ask what became of the rest.
  mutating func endBulks(of campaign: CampaignID) {
    let (project, index) = (Int(campaign.space), Int(campaign.counter) - 1)
    let running = projects[project].campaignIndexes[index].runningBulks
    guard !running.isEmpty else { return }
    for counter in running {
      projects[project].bulks[Int(counter) - 1].row.status = .completed
      projects[project].bulks[Int(counter) - 1].row.endedAt = now
      projects[project].bulks[Int(counter) - 1].row.selection = nil
    }
    projects[project].campaignIndexes[index].runningBulks = []
    refreshCampaign(campaign)
  }
}
