/// Makes a campaign, as a draft.
package struct CreateCampaign: Command {
  package let project: ProjectID
  package let row: Campaign
  /// The rules of the schedule's zone, as the machine that takes the command knows them.
  package let zone: ZoneRules?

  package init(project: ProjectID, row: Campaign, zone: ZoneRules? = nil) {
    (self.project, self.row, self.zone) = (project, row, zone)
  }

  package func perform(in engine: inout Engine) throws(Rejection) -> CampaignID {
    guard engine.state.find(project) != nil else {
      throw .notFound(project.wireText, "Project")
    }
    let space = project.counter - 1
    try engine.check(row.settings, space: space, zone: zone)
    let id = try engine.nextCampaign(in: space)
    if let zone { engine.record(zone) }
    engine.emit(CampaignCreated(project: space, row: row))
    return id
  }
}

/// Starts a campaign: pins the version and lets the enrolment begin.
package struct StartCampaign: Command {
  package let campaign: CampaignID
  package let expectedEligible: Int?
  /// Its audience, where that was judged before the call since the list is long.
  package let counted: CountedAudience?

  package init(
    campaign: CampaignID, expectedEligible: Int?, counted: CountedAudience? = nil
  ) {
    (self.campaign, self.expectedEligible) = (campaign, expectedEligible)
    self.counted = counted
  }

  package func perform(in engine: inout Engine) throws(Rejection) {
    _ = try engine.campaign(campaign, allows: .start, done: "started")
    let plan = try engine.state.startPlan(for: campaign)
    if let counted, counted.basis != engine.state.basis(of: campaign) {
      throw .conflict(
        "\(campaign.wireText) or its chatflow was changed while its guests were counted; look at the preview again.",
        id: campaign.wireText, reason: "audience_changed")
    }
    let audience = Audience(campaign: campaign, graph: plan.graph, in: engine.state)
    var found = counted
    // A long list was counted before the call; one that was not fails text by text.
    if found == nil, expectedEligible != nil || engine.canJudgeAll(audience) {
      found = AudienceCount(audience, in: engine.state).counted
    }
    if let issue = found?.textIssue {
      throw .notReady("\(issue.message) \(issue.hint)", reason: issue.code)
    }
    guard let expectedEligible else {
      return engine.start(campaign, by: plan, counted: found)
    }
    guard let known = found, let eligible = known.eligible, eligible == expectedEligible else {
      throw .conflict(
        "\(found?.eligible ?? 0) guests are eligible now, not \(expectedEligible); look at the preview again.",
        id: campaign.wireText, reason: "audience_changed")
    }
    engine.start(campaign, by: plan, counted: known)
  }
}

/// Lies over the executions without rewriting them: no timer, no reply and no message of the
/// campaign acts until it is resumed.
package struct PauseCampaign: Command {
  package let campaign: CampaignID
  package init(campaign: CampaignID) { self.campaign = campaign }

  package func perform(in engine: inout Engine) throws(Rejection) {
    _ = try engine.campaign(campaign, allows: .pause, done: "paused")
    engine.emit(CampaignStatusChanged(campaign: campaign, status: .paused))
  }
}

package struct ResumeCampaign: Command {
  package let campaign: CampaignID
  package init(campaign: CampaignID) { self.campaign = campaign }

  package func perform(in engine: inout Engine) throws(Rejection) {
    _ = try engine.campaign(campaign, allows: .resume, done: "resumed")
    engine.emit(
      CampaignStatusChanged(campaign: campaign, status: .running, sweep: Sweep(.resume)))
    // Guests who came to match meanwhile join now, unless its end has come, too.
    if engine.state[campaign].triggerType == .onGuest, !engine.hasEnded(campaign) {
      engine.extendEnrolment(of: campaign, status: .running)
    }
  }
}

/// Acts at once by the campaign's status; its executions follow in slices.
package struct CancelCampaign: Command {
  package let campaign: CampaignID
  package init(campaign: CampaignID) { self.campaign = campaign }

  package func perform(in engine: inout Engine) throws(Rejection) {
    _ = try engine.campaign(campaign, allows: .cancel, done: "cancelled")
    engine.emit(
      CampaignStatusChanged(campaign: campaign, status: .cancelled, sweep: Sweep(.cancel)))
    engine.cancelReminders(of: campaign)
    engine.campaignHasEnded(campaign)
  }
}

extension Engine {
  func campaign(
    _ id: CampaignID, allows action: CampaignAction, done: String
  ) throws(Rejection) -> Campaign {
    guard let row = state.find(id) else { throw .notFound(id.wireText, "Campaign") }
    guard row.allowed.contains(action) else {
      throw .invalidState(
        id: id.wireText, action: action.rawValue, done: done, status: row.status.rawValue,
        allowed: row.allowed.map(\.rawValue))
    }
    return row
  }
}
