import Wire

/// A guest became part of a campaign: at the trigger, or skipped with the reason.
struct ExecutionEnrolled: Event {
  static let kind = EventKind.executionEnrolled
  var campaign = CampaignID.none
  var guest = GuestID.none
  var skipReason: String?
  var duplicateOf = GuestID.none
  /// Of the execution that comes to be.
  var counter: UInt32 = 0
  /// It is set going by a slice, since many join at once.
  var isReady = false
  /// Who speaks for the guest.
  var through = GuestID.none

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("campaign", &campaign, "Campaign.")
    try visit.field("guest", &guest, "Guest.")
    try visit.field("skip_reason", &skipReason, "Why nothing is sent.")
    try visit.field("duplicate_of", &duplicateOf, "Guest with the same number.")
    try visit.field("counter", &counter, "Counter of the identifier.")
    try visit.field("is_ready", &isReady, "It is set going later.")
    try visit.field("through", &through, "Guest who speaks for this one.")
  }

  func apply(to state: inout State) {
    var row = Execution()
    row.campaign = campaign
    row.guest = guest
    row.startedAt = state.now
    row.updatedAt = state.now
    row.duplicateOf = duplicateOf
    row.through = through
    if let skipReason {
      row.status = .skipped
      row.reason = state.projects[of: campaign].symbols.intern(skipReason)
      row.endedAt = state.now
    } else if state[campaign].isActing, !isReady {
      row.status = .active
    }
    // Whoever joins a paused campaign is pending, and begins when it goes on.
    let id = state.append(row)
    GuestTally(state[guest])
      .count(1, in: &state.projects[of: campaign].campaigns[campaign].counters)
    if skipReason == nil { state.enterNode(state.graph(of: campaign).trigger, execution: id) }
  }
}

extension ExecutionEnrolled {
  static var publicData: (any PublicData.Type)? { ExecutionEnrolledData.self }

  mutating func complete(from state: State) {
    counter = state.projects[of: campaign].executions.nextCounter
  }

  func publish(in state: State) -> PublicEvent? {
    var data = ExecutionEnrolledData()
    data.status = skipReason == nil ? .active : .skipped
    data.reason = skipReason
    data.duplicateOf = duplicateOf.isNone ? nil : duplicateOf
    data.through = through.isNone ? nil : through
    let id = ExecutionID(space: campaign.space, counter: counter)
    return PublicEvent(data, execution: id, in: state)
  }
}

package struct ExecutionEnrolledData: PublicData {
  package static let kind = PublicKind("execution_enrolled")
  package static let summary = "A guest became part of a campaign, or was left out of it."
  package var status = ExecutionStatus.active
  package var reason: String?
  package var duplicateOf: GuestID?
  package var through: GuestID?

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("status", &status, "active, or skipped for one who is left out.")
    try visit.field("reason", &reason, "Why nothing is sent.")
    try visit.field("duplicate_of", &duplicateOf, "Guest who is written to on the same number.")
    try visit.field(
      "through", &through, "Guest who is asked for this one, of the same household.", .omittable)
  }
}
