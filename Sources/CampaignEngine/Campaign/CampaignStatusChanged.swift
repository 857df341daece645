import Wire

/// A campaign was paused, resumed, cancelled, or is done.
struct CampaignStatusChanged: Event {
  static let kind = EventKind.campaignStatusChanged
  var campaign = CampaignID.none
  var status = CampaignStatus.running
  var pauseReason: String?
  var sweep: Sweep?
  var from = CampaignStatus.running

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("campaign", &campaign, "Campaign.")
    try visit.field("status", &status, "Its state from now on.")
    try visit.field("pause_reason", &pauseReason, "Why it paused itself.")
    try visit.field("sweep", &sweep, "What follows for its executions.")
    try visit.field("from", &from, "Its state before.")
  }

  func apply(to state: inout State) {
    let now = state.now
    state.modify(campaign) { row in
      row.status = status
      row.pauseReason = pauseReason
      if pauseReason == FirstShare.pauseReason { row.progress.share?.stage = .done }
      // What was wrong is believed to be put right.
      if status == .running { row.failureRate = FailureRate() }
      // A sweep that a pause interrupts starts anew with the next resume.
      row.progress.sweep = sweep
      if status.isEnded { (row.endedAt, row.clock.nextAt) = (now, .zero) }
      if status == .draft { row.clock.nextAt = .zero }
    }
    if status == .running { state.goOnLooking(atShareOf: campaign) }
  }
}

extension CampaignStatusChanged {
  static var publicData: (any PublicData.Type)? { CampaignStatusData.self }

  mutating func complete(from state: State) { from = state[campaign].status }

  func publish(in state: State) -> PublicEvent? {
    PublicEvent(
      CampaignStatusData(from: from, to: status, reason: pauseReason), campaign: campaign)
  }
}

package struct CampaignStatusData: PublicData {
  package static let kind = PublicKind("campaign_status_changed")
  package static let summary =
    "A campaign was started, paused, resumed or cancelled, or it is done."
  package var from = CampaignStatus.draft
  package var to = CampaignStatus.running
  package var reason: String?

  package init() {}

  init(from: CampaignStatus, to: CampaignStatus, reason: String? = nil) {
    (self.from, self.to, self.reason) = (from, to, reason)
  }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("from", &from, "Its state before.")
    try visit.field("to", &to, "Its state from now on.")
    try visit.field("reason", &reason, "Why, where it paused itself.")
  }
}
