/// Makes a campaign, as a draft.
package struct CreateCampaign: Command {
  package let project: ProjectID
  package let row: Campaign

  package init(project: ProjectID, row: Campaign) { (self.project, self.row) = (project, row) }

  package func perform(in engine: inout Engine) throws(Rejection) -> CampaignID {
    guard let state = engine.state.find(project) else {
      throw .notFound(project.wireText, "Project")
    }
    let space = project.counter - 1
    guard row.chatflow.space == space, engine.state.find(row.chatflow) != nil else {
      throw .notFound(row.chatflow.wireText, "Chatflow")
    }
    guard state.campaigns.count < Limits.campaignsPerProject else {
      throw .limitExceeded(
        "A project has at most \(Limits.campaignsPerProject) campaigns.", reason: "campaigns")
    }
    if row.sessionPolicy.mode == .holdFor, row.sessionPolicy.duration.map({ $0 > .zero }) != true {
      throw .invalidParams(
        path: "params.session_policy.duration", reason: "required",
        "expected a duration such as 24h with mode hold_for")
    }
    try row.guestFilter.check(for: state, path: "params.guest_filter")
    let id = CampaignID(space: space, counter: UInt32(state.campaigns.count + 1))
    engine.emit(CampaignCreated(project: space, row: row))
    return id
  }
}

/// Starts a campaign: pins the version and lets the enrolment begin.
package struct StartCampaign: Command {
  package let campaign: CampaignID
  package let expectedEligible: Int?

  package init(campaign: CampaignID, expectedEligible: Int?) {
    (self.campaign, self.expectedEligible) = (campaign, expectedEligible)
  }

  package func perform(in engine: inout Engine) throws(Rejection) {
    let row = try engine.campaign(campaign, allows: .start, done: "started")
    guard let chatflow = engine.state.find(row.chatflow), let version = chatflow.versions.last
    else {
      throw .notFound(row.chatflow.wireText, "Chatflow")
    }
    let issues = ChatflowCheck.issues(
      of: version.document, project: engine.state.project(of: campaign.space).row,
      templates: engine.state.project(of: campaign.space).templates
    ).filter { $0.severity == .error }
    guard issues.isEmpty else {
      throw .notReady(
        "\(row.chatflow.wireText) no longer fits the project: \(issues[0].message) \(issues[0].hint)",
        reason: issues[0].code)
    }
    let predicate = GuestPredicate(
      row.guestFilter, project: engine.state.project(of: campaign.space))
    if let fault = predicate.fault {
      throw .notReady(
        "The filter of \(campaign.wireText) no longer fits the project: \(fault.description).",
        reason: fault.reason.rawValue)
    }
    let count = AudienceCount(
      filter: row.guestFilter, graph: version.graph, campaign: campaign, sendBy: row.sendBy,
      space: campaign.space, in: engine.state)
    if let expectedEligible, expectedEligible != count.eligible {
      throw .conflict(
        "\(count.eligible) guests are eligible now, not \(expectedEligible); look at guest.preview again.",
        id: campaign.wireText, reason: "audience_changed")
    }
    var enrolment = Enrolment()
    enrolment.total = count.matched
    enrolment.lastGuest = engine.state.project(of: campaign.space).guests.count
    engine.emit(
      CampaignStarted(
        campaign: campaign, chatflowVersion: chatflow.versions.count, enrolment: enrolment))
    engine.completeCampaignIfDone(campaign)
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
  }
}

extension Engine {
  func campaign(
    _ id: CampaignID, allows action: CampaignAction, done: String
  ) throws(Rejection) -> Campaign {
    guard let row = state.find(id) else { throw .notFound(id.wireText, "Campaign") }
    guard row.status.allowed.contains(action) else {
      throw .invalidState(
        id: id.wireText, action: action.rawValue, done: done, status: row.status.rawValue,
        allowed: row.status.allowed.map(\.rawValue))
    }
    return row
  }
}
