import Wire

/// An operator changed the settings of a campaign.
struct CampaignUpdated: Event {
  static let kind = EventKind.campaignUpdated
  var campaign = CampaignID.none
  var settings = CampaignSettings()

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("campaign", &campaign, "Campaign.")
    try visit.field("settings", &settings, "All settings as they are from now on.")
  }

  func apply(to state: inout State) {
    let now = state.now
    state.modify(campaign) { row in
      row.settings = settings
      // Why it paused itself is still true; why it could not start may not be.
      if row.status != .paused { row.pauseReason = nil }
      // A rate that was slower does not hold the next message up.
      guard let throttle = row.settings.throttle else { return row.nextSlotMicroseconds = 0 }
      row.nextSlotMicroseconds = min(
        row.nextSlotMicroseconds,
        now.milliseconds * 1000 + 60_000_000 / max(throttle.perMinute, 1))
    }
  }
}

extension CampaignUpdated {
  static var publicData: (any PublicData.Type)? { CampaignUpdatedData.self }

  func publish(in state: State) -> PublicEvent? {
    var data = CampaignUpdatedData()
    (data.chatflow, data.triggerType) = (settings.chatflow, settings.triggerType)
    return PublicEvent(data, campaign: campaign)
  }
}

package struct CampaignUpdatedData: PublicData {
  package static let kind = PublicKind("campaign_updated")
  package static let summary = "The settings of a campaign were changed."
  package var chatflow = ChatflowID.none
  package var triggerType = TriggerType.manual

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("chatflow_id", &chatflow, "Chatflow that it takes to its guests.")
    try visit.field("trigger_type", &triggerType, "What starts it.")
  }
}
