import Wire

/// A recurring campaign came to one of its times: it ran, or it did not, and why.
struct CampaignFired: Event {
  static let kind = EventKind.campaignFired
  var campaign = CampaignID.none
  var result = FiringResult.ran
  /// The campaign that was made for this firing.
  var run = CampaignID.none
  /// When it falls due next; zero for never.
  var nextAt = Timestamp.zero

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("campaign", &campaign, "The recurring campaign.")
    try visit.field("result", &result, "What became of the firing.")
    try visit.field("run", &run, "The campaign that was made for it.")
    try visit.field("next_at", &nextAt, "When it falls due next.")
  }

  func apply(to state: inout State) {
    state.modify(campaign) { row in
      switch result {
      case .ran: row.clock.lastRun = run
      case .ranFromQueue:
        row.clock.lastRun = run
        row.clock.queuedFirings -= 1
      case .queued: row.clock.queuedFirings += 1
      case .overlapped, .missed, .full: row.clock.skippedFirings += 1
      case .fullFromQueue:
        row.clock.queuedFirings -= 1
        row.clock.skippedFirings += 1
      }
    }
    state.setNextAt(nextAt, of: campaign)
  }
}

/// What became of one firing of a recurring campaign.
package enum FiringResult: String, WireEnum {
  case ran, queued
  case ranFromQueue = "ran_from_queue"
  /// The one before it had not ended.
  case overlapped
  /// Its time was too long ago when the service came to it.
  case missed
  /// The project has no room for another campaign.
  case full
  case fullFromQueue = "full_from_queue"
}

extension CampaignFired {
  static var publicData: (any PublicData.Type)? { CampaignFiredData.self }

  func publish(in state: State) -> PublicEvent? {
    var data = CampaignFiredData()
    data.result = result
    data.run = run.isNone ? nil : run
    data.nextAt = nextAt == .zero ? nil : nextAt
    return PublicEvent(data, campaign: campaign)
  }
}

package struct CampaignFiredData: PublicData {
  package static let kind = PublicKind("campaign_fired")
  package static let summary = "A recurring campaign came to one of its times."
  package var result = FiringResult.ran
  package var run: CampaignID?
  package var nextAt: Timestamp?

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("result", &result, "What became of it.")
    try visit.field("run_campaign_id", &run, "The campaign that was made for it.")
    try visit.field("next_at", &nextAt, "When it falls due next; null for never.")
  }
}
