import Wire

/// The clock will start a campaign, or no longer will.
struct CampaignScheduled: Event {
  static let kind = EventKind.campaignScheduled
  var campaign = CampaignID.none
  var status = CampaignStatus.scheduled
  /// When it falls due next; zero for never.
  var nextAt = Timestamp.zero
  var from = CampaignStatus.draft

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("campaign", &campaign, "Campaign.")
    try visit.field("status", &status, "scheduled, or draft again.")
    try visit.field("next_at", &nextAt, "When it falls due.")
    try visit.field("from", &from, "Its state before.")
  }

  func apply(to state: inout State) {
    state.modify(campaign) { row in
      row.status = status
      row.pauseReason = nil
      guard status == .draft else { return }
      // What waits for the run before it waits no longer.
      row.clock.skippedFirings += row.clock.queuedFirings
      row.clock.queuedFirings = 0
    }
    state.setNextAt(nextAt, of: campaign)
  }
}

extension CampaignScheduled {
  static var publicData: (any PublicData.Type)? { CampaignStatusData.self }

  mutating func complete(from state: State) { from = state[campaign].status }

  func publish(in state: State) -> PublicEvent? {
    PublicEvent(CampaignStatusData(from: from, to: status), campaign: campaign)
  }
}
