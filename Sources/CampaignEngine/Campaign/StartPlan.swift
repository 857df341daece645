/// What a start needs to know beside its audience, worked out before anything changes. An operator's
/// start, the clock's and a test all ask for one.
package struct StartPlan {
  package let version: Int
  package let graph: ChatflowGraph
}

extension State {
  /// The plan of a campaign's start, or what stands in its way.
  package func startPlan(for id: CampaignID) throws(Rejection) -> StartPlan {
    let row = self[id]
    let project = project(of: id.space)
    guard let chatflow = find(row.settings.chatflow), let version = chatflow.versions.last else {
      throw .notReady(
        "\(row.settings.chatflow.wireText) does not exist any more; choose another chatflow.",
        reason: "unknown_chatflow")
    }
    let issues = ChatflowCheck.issues(
      of: version.document, project: project.row, templates: project.presentTemplates, now: now
    ).filter { $0.severity == .error }
    guard issues.isEmpty else {
      throw .notReady(
        "\(row.settings.chatflow.wireText) no longer fits the project: \(issues[0].message) \(issues[0].hint)",
        reason: issues[0].code)
    }
    if let issue = unapprovedTemplate(of: version.graph, space: id.space) {
      throw .notReady("\(issue.message) \(issue.hint)", reason: issue.code)
    }
    let household = HouseholdCheck(
      graph: version.graph, policy: row.settings.household, space: id.space)
    if let issue = household.fault(in: self) {
      throw .notReady("\(issue.message) \(issue.hint)", reason: issue.code)
    }
    let predicate = GuestPredicate(row.settings.guestFilter, project: project)
    if let fault = predicate.fault {
      throw .notReady(
        "The filter of \(id.wireText) no longer fits the project: \(fault.description).",
        reason: fault.reason.rawValue)
    }
    return StartPlan(version: chatflow.versions.count, graph: version.graph)
  }
}

extension Engine {
  /// - Parameter counted: its audience, where somebody has counted it.
  mutating func start(
    _ campaign: CampaignID, by plan: StartPlan, counted: CountedAudience? = nil
  ) {
    var enrolment = Enrolment()
    let audience = Audience(campaign: campaign, graph: plan.graph, in: state)
    enrolment.begin(
      upTo: lastGuest(of: campaign, counted),
      total: counted?.joining ?? countIfShort(audience))
    emit(
      CampaignStarted(
        campaign: campaign, chatflowVersion: plan.version, enrolment: enrolment,
        share: counted?.share.flatMap { $0.isEmpty ? nil : FirstShare($0) }))
    completeCampaignIfDone(campaign)
  }

  /// Guests newer than the count have come after the start; but where guests are taken in as they
  /// come, nobody else would see to those that came just before it.
  func lastGuest(of campaign: CampaignID, _ counted: CountedAudience?) -> UInt32 {
    let newest = state.project(of: campaign.space).guests.count
    return state[campaign].settings.triggerType == .onGuest ? newest : counted?.lastGuest ?? newest
  }

  /// Nil for a list that is counted in slices.
  func countIfShort(_ audience: Audience) -> Int? {
    let last = state.project(of: audience.space).guests.count
    guard last <= pace.rows(testing: audience.weight) else { return nil }
    return audience.countJoining(after: 0, upTo: last, in: state)
  }

  /// One slice of the count that a long list begins with.
  mutating func advanceCount(of campaign: CampaignID, _ enrolment: Enrolment) {
    let audience = Audience(campaign: campaign, in: state)
    let before = enrolment.uncountedFrom - 1
    let rows = min(pace.rows(testing: audience.weight), enrolment.lastGuest - before)
    let joining = audience.countJoining(after: before, upTo: before + rows, in: state)
    let isLast = before + rows == enrolment.lastGuest
    emit(
      EnrolmentCounted(
        campaign: campaign, joining: joining, uncountedFrom: isLast ? 0 : before + rows + 1))
  }
}
