/// Starts a campaign: pins the version and lets the enrolment begin.
package struct StartCampaign: Command {
  package let campaign: CampaignID
  package let expectedEligible: Int?
  /// How many guests go first; nil for all at once.
  package let first: Int?
  /// Its audience, where that was judged before the call since the list is long.
  package let counted: CountedAudience?

  package init(
    campaign: CampaignID, expectedEligible: Int?, first: Int? = nil,
    counted: CountedAudience? = nil
  ) {
    (self.campaign, self.expectedEligible, self.first) = (campaign, expectedEligible, first)
    self.counted = counted
  }

  package func perform(in engine: inout Engine) throws(Rejection) {
    let row = try engine.campaign(campaign, allows: .start, done: "started")
    if first != nil, [.recurring, .onGuest].contains(row.settings.triggerType) {
      throw .invalidParams(
        field: "first", reason: "trigger_type",
        "expected no first share of a campaign that is \(row.settings.triggerType.rawValue)")
    }
    let plan = try engine.state.startPlan(for: campaign)
    if let counted, counted.basis != engine.state.basis(of: campaign) {
      throw .conflict(
        "\(campaign.wireText) or its chatflow was changed while its guests were counted; look at the preview again.",
        id: campaign.wireText, reason: "audience_changed")
    }
    let audience = Audience(campaign: campaign, graph: plan.graph, in: engine.state)
    var found = counted
    // A long list was counted before the call; one that was not fails text by text.
    let isNeeded = expectedEligible != nil || first != nil
    if found == nil, isNeeded || engine.canJudgeAll(audience) {
      found = AudienceCount(audience, in: engine.state, first: first).counted
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
