import Wire

/// A campaign runs: the version is pinned, and the audience will be enrolled in slices.
struct CampaignStarted: Event {
  static let kind = EventKind.campaignStarted
  var campaign = CampaignID.none
  var chatflowVersion = 0
  var enrolment = Enrolment()
  var from = CampaignStatus.draft
  /// Who goes first, where not all begin at once.
  var share: FirstShare?

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("campaign", &campaign, "Campaign.")
    try visit.field("chatflow_version", &chatflowVersion, "Version that it walks.")
    try visit.field("enrolment", &enrolment, "Who will be judged.")
    try visit.field("from", &from, "Its state before.")
    try visit.field("share", &share, "Who goes first.")
  }

  func apply(to state: inout State) {
    let nodes = state.projects[of: campaign]
      .chatflows[state[campaign].settings.chatflow].versions[chatflowVersion - 1].graph
      .nodes
    let now = state.now
    state.modify(campaign) { row in
      row.status = .running
      row.chatflowVersion = chatflowVersion
      (row.progress.enrolment, row.progress.share) = (enrolment, share)
      row.startedAt = now
      row.pauseReason = nil
      row.counters.funnel = Array(repeating: FunnelCount(), count: nodes.count)
    }
    let row = state[campaign]
    // The clock has nothing more to start; it may have something to end.
    state.setNextAt(
      row.settings.triggerType == .onGuest ? row.settings.schedule?.endsAt ?? .zero : .zero,
      of: campaign)
  }
}

extension CampaignStarted {
  static var publicData: (any PublicData.Type)? { CampaignStatusData.self }

  mutating func complete(from state: State) { from = state[campaign].status }

  func publish(in state: State) -> PublicEvent? {
    PublicEvent(CampaignStatusData(from: from, to: .running), campaign: campaign)
  }
}
