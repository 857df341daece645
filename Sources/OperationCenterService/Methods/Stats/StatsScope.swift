import CampaignEngine
import JSONRPC
import Wire

/// Whose numbers are asked for: those of a campaign, or of a whole project.
struct StatsScope {
  var campaign: CampaignID?
  var project: ProjectID?

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("campaign_id", &campaign, "Numbers of this campaign.")
    try visit.field("project_id", &project, "Or: numbers of this project.")
  }

  func resolved(in center: isolated OperationCenter) throws -> StatsSource {
    switch (campaign, project) {
    case (let campaign?, nil):
      let row = try center.campaign(campaign)
      return StatsSource(
        scope: self, counters: row.counters,
        project: center.engine.state.project(of: campaign.space))
    case (nil, let project?):
      let row = try center.project(project)
      return StatsSource(scope: self, counters: row.counters.totals, project: row)
    default:
      throw Rejection.invalidParams(
        field: "campaign_id", reason: campaign == nil ? "required" : "one_of",
        "expected either campaign_id or project_id")
    }
  }
}

/// Counters with the project that gives them their names.
struct StatsSource {
  let scope: StatsScope
  let counters: CampaignCounters
  let project: ProjectState
}

/// Params of the methods that need nothing more.
struct StatsParams: WireObject {
  var scope = StatsScope()

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try scope.fields(&visit)
  }
}

extension WireMap<Int> {
  /// Every case, zeros too.
  init<Case: WireEnum>(_ type: Case.Type, _ counts: [Int], without left: Case? = nil) {
    self.init()
    for (index, item) in Case.allCases.enumerated() where item != left {
      entries.append((item.rawValue, counts[index]))
    }
  }
}
