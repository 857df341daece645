import Wire

/// A campaign goes over to another version of its chatflow. Its executions follow in slices; those
/// whose node leads nowhere go on in the version that they are in.
struct CampaignMigrated: Event {
  static let kind = EventKind.campaignMigrated
  var campaign = CampaignID.none
  var version = 0
  var moves: [NodeMove] = []
  /// The version before.
  var from = 0

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("campaign", &campaign, "Campaign.")
    try visit.field("version", &version, "The version from now on.")
    try visit.field("moves", &moves, "Where executions go from each node.")
    try visit.field("from", &from, "The version before.")
  }

  func apply(to state: inout State) {
    state.modify(campaign) { row in
      row.migration.olderVersions.append(row.chatflowVersion)
      row.chatflowVersion = version
      row.migration.nodeMoves += moves
      row.migration.migratedMembers = 0
    }
    state.mergeGraphs(of: campaign)
    let count = state.graph(of: campaign).nodes.count
    state.modify(campaign) { row in
      let surplus = count - row.counters.funnel.count
      row.counters.funnel += Array(repeating: FunnelCount(), count: surplus)
    }
  }
}

extension CampaignMigrated {
  static var publicData: (any PublicData.Type)? { CampaignMigratedData.self }

  mutating func complete(from state: State) { from = state[campaign].chatflowVersion }

  func publish(in state: State) -> PublicEvent? {
    var data = CampaignMigratedData()
    (data.from, data.to) = (from, version)
    return PublicEvent(data, campaign: campaign)
  }
}

package struct CampaignMigratedData: PublicData {
  package static let kind = PublicKind("campaign_migrated")
  package static let summary = "A campaign goes over to another version of its chatflow."
  package var from = 0
  package var to = 0

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("from", &from, "The version before.")
    try visit.field("to", &to, "The version from now on.")
  }
}

/// One slice of a migration was worked off.
struct MigrationAdvanced: InternalEvent {
  static let kind = EventKind.migrationAdvanced
  var campaign = CampaignID.none
  /// Members done; nil when there are no more.
  var done: Int?

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("campaign", &campaign, "Campaign.")
    try visit.field("done", &done, "Executions come to so far; nothing when done.")
  }

  func apply(to state: inout State) {
    state.modify(campaign) { $0.migration.migratedMembers = done }
  }
}
