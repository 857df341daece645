import CampaignEngine

/// Which events somebody wants to be told of; what is given narrows together.
struct EventFilter: Sendable {
  var project: ProjectID?
  var campaign: CampaignID?
  var execution: ExecutionID?
  var guest: GuestID?
  var kinds: Set<PublicKind>?

  func matches(_ kind: PublicKind) -> Bool { kinds?.contains(kind) ?? true }

  func matches(_ event: PublicEvent) -> Bool {
    (project.map { $0 == event.project } ?? true)
      && (campaign.map { $0 == event.campaign } ?? true)
      && (execution.map { $0 == event.execution } ?? true)
      && (guest.map { $0 == event.guest } ?? true)
  }

  /// The project that all of its events belong to, where one is named.
  var onlyProject: ProjectID? {
    let space = campaign?.space ?? execution?.space ?? guest?.space
    return project ?? space.map { ProjectID(space: 0, counter: $0 + 1) }
  }
}
