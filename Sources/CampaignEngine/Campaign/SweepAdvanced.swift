import Wire

/// One slice of a campaign's executions was cancelled or resumed.
struct SweepAdvanced: InternalEvent {
  static let kind = EventKind.sweepAdvanced
  var campaign = CampaignID.none
  var sweep: Sweep?

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("campaign", &campaign, "Campaign.")
    try visit.field("sweep", &sweep, "What is left; nothing when done.")
  }

  func apply(to state: inout State) {
    state.modify(campaign) { $0.progress.sweep = sweep }
  }
}
