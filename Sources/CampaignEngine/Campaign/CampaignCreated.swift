import Wire

struct CampaignCreated: Event {
  static let kind = EventKind.campaignCreated
  var project: UInt32 = 0
  var row = Campaign()

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("project", &project, "Space of the project.")
    try visit.field("row", &row, "The campaign.")
  }

  func apply(to state: inout State) {
    var row = row
    row.createdAt = state.now
    state.projects[Int(project)].campaigns.append(row)
    state.projects[Int(project)].campaignIndexes.append(CampaignIndex())
    if let status = row.countedStatus {
      state.projects[Int(project)].counters.campaigns[status.index] += 1
    }
  }
}
