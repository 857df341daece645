import Wire

/// Changes the settings of a campaign that has not started; of one that is under way, how its
/// messages go: throttle, retry, the last moment to send, and the session policy.
package struct UpdateCampaign: Command {
  package let campaign: CampaignID
  /// All settings as they shall be.
  package let settings: CampaignSettings
  package let zone: ZoneRules?

  package init(campaign: CampaignID, settings: CampaignSettings, zone: ZoneRules?) {
    (self.campaign, self.settings, self.zone) = (campaign, settings, zone)
  }

  package func perform(in engine: inout Engine) throws(Rejection) {
    if let row = engine.state.find(campaign), row.status == .running || row.status == .paused {
      return try adjust(row, in: &engine)
    }
    let row = try engine.campaign(campaign, allows: .update, done: "updated")
    let isScheduled = row.status == .scheduled
    if isScheduled, settings.triggerType != .scheduled, settings.triggerType != .recurring {
      throw .invalidParams(
        field: "trigger_type", reason: "is_scheduled",
        "expected scheduled or recurring while \(campaign.wireText) is scheduled; unschedule it first"
      )
    }
    try engine.check(
      settings, space: campaign.space, zone: zone, needsTime: isScheduled,
      isTimeKept: settings.schedule?.at == row.settings.schedule?.at)
    let next = engine.firstFiring(of: settings, campaign: campaign, zone: zone)
    if let zone { engine.record(zone) }
    engine.emit(CampaignUpdated(campaign: campaign, settings: settings))
    if isScheduled, settings.schedule != row.settings.schedule {
      engine.emit(CampaignScheduled(campaign: campaign, status: .scheduled, nextAt: next))
    }
  }
}

extension UpdateCampaign {
  /// Whom it is for, what it says and when it starts are past changing.
  private func adjust(_ row: Campaign, in engine: inout Engine) throws(Rejection) {
    var kept = settings
    (kept.throttle, kept.retry) = (row.settings.throttle, row.settings.retry)
    (kept.sendBy, kept.sessionPolicy) = (row.settings.sendBy, row.settings.sessionPolicy)
    guard Binary.encode(kept) == Binary.encode(row.settings) else {
      throw .invalidState(
        id: campaign.wireText, action: CampaignAction.update.rawValue, status: row.status.rawValue,
        allowed: row.allowed.map(\.rawValue),
        "\(campaign.wireText) is \(row.status.rawValue); only throttle, retry, send_by and session_policy can still be changed."
      )
    }
    try engine.check(policies: settings)
    engine.emit(CampaignUpdated(campaign: campaign, settings: settings))
  }
}

/// Takes a campaign away that has not started or has ended.
package struct DeleteCampaign: Command {
  package let campaign: CampaignID
  package init(campaign: CampaignID) { self.campaign = campaign }

  package func perform(in engine: inout Engine) throws(Rejection) {
    _ = try engine.campaign(campaign, allows: .delete, done: "deleted")
    engine.emit(CampaignDeleted(campaign: campaign))
    engine.cancelReminders(of: campaign)
  }
}

/// Makes a draft with the same settings.
package struct DuplicateCampaign: Command {
  package let campaign: CampaignID
  package let name: String?

  package init(campaign: CampaignID, name: String?) {
    (self.campaign, self.name) = (campaign, name)
  }

  package func perform(in engine: inout Engine) throws(Rejection) -> CampaignID {
    let original = try engine.campaign(campaign, allows: .duplicate, done: "duplicated")
    let id = try engine.nextCampaign(in: campaign.space)
    var row = Campaign()
    row.settings = original.settings
    if let name { row.settings.name = name }
    engine.emit(CampaignCreated(project: campaign.space, row: row))
    return id
  }
}

extension Engine {
  /// The identifier of the campaign that a project gets next, if it may have one more.
  func nextCampaign(in space: UInt32) throws(Rejection) -> CampaignID {
    let campaigns = state.projects[space].campaigns
    guard campaigns.count < Limits.campaignsPerProject else {
      throw .limitExceeded(
        "A project has at most \(Limits.campaignsPerProject) campaigns.", reason: "campaigns")
    }
    return CampaignID(space: space, counter: campaigns.nextCounter)
  }
}
