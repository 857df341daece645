/// What speaks against starting a campaign now, and what is doubtful about it.
package struct CampaignReadiness {
  package private(set) var issues: [ChatflowIssue] = []
  package private(set) var count: AudienceCount?
  package private(set) var answerWays: [AnswerWays.Cost] = []

  package var isReady: Bool { !issues.contains { $0.severity == .error } }

  /// - Parameter isGivenUp: true once nobody waits for it any more.
  package init(of id: CampaignID, in state: State, isGivenUp: () -> Bool = { false }) {
    let row = state[id]
    let project = state.project(of: id.space)
    if !row.status.allowed.contains(.start) {
      add(
        .error, "invalid_state", "\(id.wireText) is \(row.status.rawValue).",
        "Only drafts and scheduled campaigns are started; duplicate one that has ended.")
    }
    guard let version = state.find(row.settings.chatflow)?.versions.last else {
      add(
        .error, "unknown_chatflow", "\(row.settings.chatflow.wireText) does not exist any more.",
        "Choose another chatflow.")
      return
    }
    issues += ChatflowCheck.issues(
      of: version.document, project: project.row, templates: project.presentTemplates,
      stopTexts: state[project.row.sender].stopTexts, now: state.now)
    if let issue = state.unapprovedTemplate(of: version.graph, space: id.space) {
      issues.append(issue)
    }
    if let fault = GuestPredicate(row.settings.guestFilter, project: project).fault {
      add(
        .error, fault.reason.rawValue,
        "The filter no longer fits the project: \(fault.description).", "Change guest_filter.")
    }
    let audience = Audience(campaign: id, graph: version.graph, in: state)
    var ways = AnswerWays(version.graph)
    let count = AudienceCount(
      audience, in: state, isGivenUp: isGivenUp,
      forEligible: { ways.look(at: $0, with: $1, in: state) })
    answerWays = ways.costs
    self.count = count
    if let issue = count.textIssue { issues.append(issue) }
    let household = HouseholdCheck(
      graph: version.graph, policy: row.settings.household, space: id.space)
    if let issue = household.fault(in: state) { issues.append(issue) }
    let spokenFor = count.leftOut.first { $0.code == .throughHousehold }?.count ?? 0
    issues += household.warnings(spokenFor: spokenFor)
    if count.eligible == 0 {
      add(
        .warning, "no_audience",
        count.matched == 0
          ? "The filter matches no guest." : "Every guest that the filter matches is left out.",
        "Look at the preview for the reasons.")
    }
    checkTimes(id, version.graph, project, state)
    checkPrices(version.graph, id, state)
  }

  private mutating func add(
    _ severity: ChatflowIssue.Severity, _ code: String, _ message: String, _ hint: String
  ) {
    issues.append(
      ChatflowIssue(severity, code: code, node: nil, message: message, hint: hint, path: ""))
  }

  private mutating func checkTimes(
    _ id: CampaignID, _ graph: ChatflowGraph, _ project: ProjectState, _ state: State
  ) {
    let row = state[id]
    if let sendBy = [row.settings.sendBy, graph.firstSendBy].compactMap({ $0 }).min(),
      sendBy < state.now
    {
      add(
        .warning, "too_late", "The time to send has passed, so everybody is left out.",
        "Set a later send_by.")
    }
    let index = state.eventIndex(of: id)
    if project.row.events.indices.contains(index), project.row.events[index].startsAt < state.now {
      add(
        .warning, "event_passed",
        index == 0
          ? "The main event has begun already."
          : "The event \"\(project.row.events[index].key)\" has begun already.",
        "Check the project's events.")
    }
  }

  /// Costs are unknown where the rate card has no price for what the flow sends.
  private mutating func checkPrices(_ graph: ChatflowGraph, _ id: CampaignID, _ state: State) {
    let sender = state.sender(ofSpace: id.space).row
    for name in graph.templates {
      guard let template = state.template(named: name, space: id.space)?.row else { continue }
      let hasPrice = sender.rates.contains {
        $0.category == template.category.price && $0.from <= state.now
      }
      guard !hasPrice else { continue }
      add(
        .warning, "unpriced",
        "The sender's rate card has no price for \(template.category.rawValue) templates such as \"\(name)\".",
        "Add one to the sender's rates, or costs stay unknown.")
    }
  }
}

extension State {
  /// A template of the flow that WhatsApp would not take in any language now. One that is paused counts:
  /// a campaign that runs waits for it, and none begins with it.
  func unapprovedTemplate(of graph: ChatflowGraph, space: UInt32) -> ChatflowIssue? {
    for name in graph.templates {
      guard let row = template(named: name, space: space)?.row,
        !row.currentVariants.contains(where: { $0.status == .approved })
      else { continue }
      let statuses = row.currentVariants.map { "\($0.language) \($0.status.rawValue)" }
      return ChatflowIssue(
        .error, code: "template_not_approved", node: nil,
        message:
          "Template \"\(name)\" is not approved in any language: \(statuses.joined(separator: ", ")).",
        hint:
          "Wait for WhatsApp's approval, or take over what it says.",
        path: "")
    }
    return nil
  }
}
