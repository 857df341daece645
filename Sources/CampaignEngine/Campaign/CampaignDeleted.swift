import Wire

/// A campaign is gone for everybody who asks; its rows stay for the sums of the past.
struct CampaignDeleted: Event {
  static let kind = EventKind.campaignDeleted
  var campaign = CampaignID.none

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("campaign", &campaign, "Campaign.")
  }

  func apply(to state: inout State) {
    state.endBulks(of: campaign)
    state.modify(campaign) { row in
      row.isDeleted = true
      row.clock.nextAt = .zero
      // Late answers may have reopened executions of a completed campaign.
      if row.counters.open > 0 { row.progress.sweep = Sweep(.cancel) }
    }
  }
}

extension CampaignDeleted {
  static var publicData: (any PublicData.Type)? { CampaignDeletedData.self }

  func publish(in state: State) -> PublicEvent? {
    PublicEvent(CampaignDeletedData(), campaign: campaign)
  }
}

package struct CampaignDeletedData: PublicData {
  package static let kind = PublicKind("campaign_deleted")
  package static let summary = "A campaign was deleted."

  package init() {}
  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {}
}
