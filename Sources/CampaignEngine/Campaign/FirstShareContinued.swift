import Wire

/// An operator has seen what became of the first share, and lets the rest of the audience in.
struct FirstShareContinued: InternalEvent {
  static let kind = EventKind.firstShareContinued
  var campaign = CampaignID.none

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("campaign", &campaign, "Campaign.")
  }

  func apply(to state: inout State) {
    state.modify(campaign) { $0.progress.share?.stage = .continued }
    state.setNextAt(.zero, of: campaign)
  }
}
