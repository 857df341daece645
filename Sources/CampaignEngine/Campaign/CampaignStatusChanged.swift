import Wire

/// A campaign was paused, resumed, cancelled, or is done.
struct CampaignStatusChanged: Event {
  static let kind = EventKind.campaignStatusChanged
  var campaign = CampaignID.none
  var status = CampaignStatus.running
  var pauseReason: String?
  var sweep: Sweep?

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("campaign", &campaign, "Campaign.")
    try visit.field("status", &status, "Its state from now on.")
    try visit.field("pause_reason", &pauseReason, "Why it paused itself.")
    try visit.field("sweep", &sweep, "What follows for its executions.")
  }

  func apply(to state: inout State) {
    let now = state.now
    state.modifyCampaign(campaign) { row in
      row.status = status
      row.pauseReason = pauseReason
      // A sweep that a pause interrupts starts anew with the next resume.
      row.sweep = sweep
      if status.isEnded { (row.endedAt, row.nextAt) = (now, .zero) }
      if status == .draft { row.nextAt = .zero }
    }
  }
}
