import Wire

struct CampaignCreated: Event {
  static let kind = EventKind.campaignCreated
  var project: UInt32 = 0
  var row = Campaign()
  /// Of the campaign that comes to be.
  var counter: UInt32 = 0

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("project", &project, "Space of the project.")
    try visit.field("row", &row, "The campaign.")
    try visit.field("counter", &counter, "Counter of the identifier.")
  }

  func apply(to state: inout State) {
    var row = row
    row.createdAt = state.now
    state.projects[project].campaigns.append(row)
    state.projects[project].campaignIndexes.append(CampaignIndex())
    if let status = row.countedStatus {
      state.projects[project].counters.campaigns[status.index] += 1
    }
  }
}

extension CampaignCreated {
  static var publicData: (any PublicData.Type)? { CampaignCreatedData.self }

  mutating func complete(from state: State) {
    counter = state.projects[project].campaigns.nextCounter
  }

  func publish(in state: State) -> PublicEvent? {
    var data = CampaignCreatedData()
    (data.chatflow, data.triggerType) = (row.settings.chatflow, row.settings.triggerType)
    return PublicEvent(data, campaign: CampaignID(space: project, counter: counter))
  }
}

package struct CampaignCreatedData: PublicData {
  package static let kind = PublicKind("campaign_created")
  package static let summary = "A campaign was created, as a draft."
  package var chatflow = ChatflowID.none
  package var triggerType = TriggerType.manual

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("chatflow_id", &chatflow, "Chatflow that it takes to its guests.")
    try visit.field("trigger_type", &triggerType, "What starts it.")
  }
}
