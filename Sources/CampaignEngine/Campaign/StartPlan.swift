/// Everything that a start needs to know, worked out before anything changes. An operator's start,
/// the clock's and a test all ask for one.
package struct StartPlan {
  package let version: Int
  package let graph: ChatflowGraph
  package let count: AudienceCount
  let lastGuest: UInt32

  var enrolment: Enrolment {
    var enrolment = Enrolment()
    (enrolment.total, enrolment.lastGuest) = (count.matched, lastGuest)
    return enrolment
  }
}

extension State {
  /// The plan of a campaign's start, or what stands in its way.
  package func startPlan(for id: CampaignID) throws(Rejection) -> StartPlan {
    let row = self[id]
    let project = project(of: id.space)
    guard let chatflow = find(row.chatflow), let version = chatflow.versions.last else {
      throw .notReady(
        "\(row.chatflow.wireText) does not exist any more; choose another chatflow.",
        reason: "unknown_chatflow")
    }
    let issues = ChatflowCheck.issues(
      of: version.document, project: project.row, templates: project.presentTemplates, now: now
    ).filter { $0.severity == .error }
    guard issues.isEmpty else {
      throw .notReady(
        "\(row.chatflow.wireText) no longer fits the project: \(issues[0].message) \(issues[0].hint)",
        reason: issues[0].code)
    }
    let predicate = GuestPredicate(row.guestFilter, project: project)
    if let fault = predicate.fault {
      throw .notReady(
        "The filter of \(id.wireText) no longer fits the project: \(fault.description).",
        reason: fault.reason.rawValue)
    }
    let count = AudienceCount(
      filter: row.guestFilter, graph: version.graph, campaign: id, sendBy: row.sendBy,
      space: id.space, in: self)
    return StartPlan(
      version: chatflow.versions.count, graph: version.graph, count: count,
      lastGuest: project.guests.count)
  }
}

extension Engine {
  mutating func start(_ campaign: CampaignID, by plan: StartPlan) {
    emit(
      CampaignStarted(
        campaign: campaign, chatflowVersion: plan.version, enrolment: plan.enrolment))
    completeCampaignIfDone(campaign)
  }
}
