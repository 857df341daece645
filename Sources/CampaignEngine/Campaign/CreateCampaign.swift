/// Makes a campaign, as a draft.
package struct CreateCampaign: Command {
  package let project: ProjectID
  package let row: Campaign
  /// The rules of the schedule's zone, as the machine that takes the command knows them.
  package let zone: ZoneRules?

  package init(project: ProjectID, row: Campaign, zone: ZoneRules? = nil) {
    (self.project, self.row, self.zone) = (project, row, zone)
  }

  package func perform(in engine: inout Engine) throws(Rejection) -> CampaignID {
    guard engine.state.find(project) != nil else {
      throw .notFound(project)
    }
    let space = project.counter - 1
    try engine.check(row.settings, space: space, zone: zone)
    let id = try engine.nextCampaign(in: space)
    if let zone { engine.record(zone) }
    engine.emit(CampaignCreated(project: space, row: row))
    return id
  }
}
