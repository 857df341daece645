import CampaignEngine
import JSONRPC

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

extension OperationCenter {
  /// The event of this number, if there is something to tell and the filter wants it.
  func event(_ sequence: UInt64, matching filter: EventFilter) -> EventView? {
    guard let kind = history.kind(of: sequence), filter.matches(kind),
      let record = history[sequence]
    else { return nil }
    return event(record, matching: filter)
  }

  /// The same for a record whose kind is wanted.
  func event(_ record: EventHistory.Record, matching filter: EventFilter) -> EventView? {
    guard
      let event = engine.state.publicEvent(
        kind: record.kind, payload: record.payload, inbound: record.inbound),
      filter.matches(event)
    else { return nil }
    return EventView(event, record)
  }

  /// A filter that names what exists.
  func filter(
    project: ProjectID?, campaign: CampaignID?, execution: ExecutionID? = nil,
    guest: GuestID? = nil, kinds: [PublicKind]?
  ) throws -> EventFilter {
    if let project { _ = try self.project(project) }
    if let campaign { _ = try self.campaign(campaign) }
    if let execution { _ = try self.execution(execution) }
    if let guest, engine.state.find(guest) == nil {
      throw Rejection.notFound(guest.wireText, "Guest")
    }
    return EventFilter(
      project: project, campaign: campaign, execution: execution, guest: guest,
      kinds: kinds.map(Set.init))
  }

  /// Where somebody goes on who has seen all up to `after`.
  func checkKept(after sequence: UInt64) throws {
    guard sequence <= self.sequence else {
      throw Rejection.invalidParams(
        field: "after_sequence", reason: "out_of_range",
        "expected at most \(self.sequence), the newest event; found \(sequence)")
    }
    guard sequence + 1 >= history.oldest else { throw RPCError.gone(oldest: history.oldest) }
  }
}
