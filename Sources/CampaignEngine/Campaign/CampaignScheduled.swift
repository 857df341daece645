import Wire

/// The clock will start a campaign, or no longer will.
struct CampaignScheduled: Event {
  static let kind = EventKind.campaignScheduled
  var campaign = CampaignID.none
  var status = CampaignStatus.scheduled
  /// When it falls due next; zero for never.
  var nextAt = Timestamp.zero

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("campaign", &campaign, "Campaign.")
    try visit.field("status", &status, "scheduled, or draft again.")
    try visit.field("next_at", &nextAt, "When it falls due.")
  }

  func apply(to state: inout State) {
    state.modifyCampaign(campaign) { row in
      row.status = status
      row.pauseReason = nil
    }
    state.setNextAt(nextAt, of: campaign)
  }
}
