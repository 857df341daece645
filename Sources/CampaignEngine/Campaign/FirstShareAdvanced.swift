import Wire

/// A part of the first share was enrolled; or what it is sent was looked at, and is to be again.
struct FirstShareAdvanced: InternalEvent {
  static let kind = EventKind.firstShareAdvanced
  var campaign = CampaignID.none
  var enrolled = 0
  /// When to look at it at the latest; zero while there are more to enrol.
  var nextLookAt = Timestamp.zero

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("campaign", &campaign, "Campaign.")
    try visit.field("enrolled", &enrolled, "Guests of it that are enrolled.")
    try visit.field("next_look_at", &nextLookAt, "When to look at it at the latest.")
  }

  func apply(to state: inout State) {
    let now = state.now
    state.modify(campaign) { row in
      row.progress.share?.enrolled = enrolled
      guard nextLookAt > .zero, row.progress.share?.stage == .enrolling else { return }
      row.progress.share?.stage = .underWay
      row.progress.share?.enrolledAt = now
    }
    state.setNextAt(nextLookAt, of: campaign)
  }
}
