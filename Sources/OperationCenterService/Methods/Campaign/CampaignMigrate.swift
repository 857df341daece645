import CampaignEngine
import JSONRPC
import Wire

/// Executions that have ended stay as they are. Where somebody stands at a node that the new version
/// lacks, the map must say where they go, or nothing is done.
struct CampaignMigrate: ServiceLongChange {
  static let name = "campaign.migrate"
  static let summary =
    "Takes a campaign's unfinished executions over to another version of its chatflow."
  static let details =
    "Where the kind of node is the same, an execution goes on as it was; else it enters the node anew. Whoever joins later walks the new version. In a campaign with thousands of executions the counts are those of a copy of the state, a moment before."
  static let errors =
    [ServiceError.notFound, ServiceError.invalidState] + ServiceError.ofChanges
    + ServiceError.ofJobs
  static let examples = [
    MethodExample(
      name: "what would happen",
      params: #"{"campaign_id":"cmp_1","node_map":{"end_maybe":"end_declined"},"dry_run":true}"#,
      result:
        #"{"campaign_id":"cmp_1","from_version":1,"to_version":2,"dry_run":true,"counts":{"open":3,"moved":3,"entered_anew":0,"stays":0},"nodes":[{"node_id":"thanks","target":"thanks","result":"moved","executions":1},{"node_id":"answer","target":"answer","result":"moved","executions":1},{"node_id":"invite","target":"invite","result":"moved","executions":1}]}"#
    )
  ]

  struct Params: KeyedParams {
    var campaign = CampaignID.none
    var version: Int?
    var nodeMap = WireMap<String>()
    var isDryRun = false
    var idempotencyKey: String?

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("campaign_id", &campaign, "Campaign.")
      try visit.field(
        "version", &version, "Version of its chatflow; the newest if absent.", .range(1...1000))
      try visit.field(
        "node_map", &nodeMap, "New identifiers of nodes, by the present ones, where they differ.",
        .defaulted.length(0...Limits.nodesPerChatflow))
      try visit.field(
        "dry_run", &isDryRun, "Says what would happen and changes nothing.", .defaulted)
      try visit.idempotencyKey(&idempotencyKey)
    }
  }

  struct Output: WireObject {
    var campaign = CampaignID.none
    var fromVersion = 0
    var toVersion = 0
    var isDryRun = false
    var counts = Counts()
    var nodes: [NodeView] = []
    static var schemaName: String { "CampaignMigration" }

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("campaign_id", &campaign, "Campaign.")
      try visit.field("from_version", &fromVersion, "Version until now.")
      try visit.field("to_version", &toVersion, "Version from now on.")
      try visit.field("dry_run", &isDryRun, "Nothing was changed.")
      try visit.field(
        "counts", &counts, "Unfinished executions: open = moved + entered_anew + stays.")
      try visit.field("nodes", &nodes, "The same by the node where they stand.")
    }
  }

  struct Counts: WireObject {
    var open = 0, moved = 0, enteredAnew = 0, stays = 0
    static var schemaName: String { "MigrationCounts" }

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("open", &open, "All.")
      try visit.field("moved", &moved, "Go on as they were.")
      try visit.field("entered_anew", &enteredAnew, "Enter their new node anew.")
      try visit.field("stays", &stays, "Go on in the version that they are in.")
    }
  }

  struct NodeView: WireObject {
    var node = ""
    var target: String?
    var result = MigrationResult.stays
    var executions = 0
    static var schemaName: String { "MigratedNode" }

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("node_id", &node, "Where they stand.")
      try visit.field("target", &target, "Node of the new version; null if there is none.")
      try visit.field("result", &result, "What becomes of them.")
      try visit.field("executions", &executions, "How many.")
    }
  }

  /// Where the executions stand, and the version that they go to.
  struct Found: Sendable {
    /// The newest version may be another by the time of the answer.
    let version: Int
    let standings: [MigrationPlan.Standing]
  }

  static func plan(
    _ params: Params, in center: isolated OperationCenter
  ) throws -> ChangePlan<Found> {
    let state = center.engine.state
    let plan = try migration(params, to: params.version, in: state)
    let version = plan.version
    if center.engine.canReadAll(of: params.campaign) {
      return .now(Found(version: version, standings: plan.standings(in: state)))
    }
    return .reading(.counting) { copy, stop in
      let plan = try migration(params, to: version, in: copy.state)
      return Found(version: version, standings: plan.standings(in: copy.state) { stop.isSet })
    }
  }

  private static func migration(
    _ params: Params, to version: Int?, in state: State
  ) throws -> MigrationPlan {
    try MigrationPlan(
      campaign: params.campaign, version: version,
      map: params.nodeMap.entries.map { ($0.key, $0.value) }, in: state)
  }

  static func change(
    _ params: Params, _ found: Found, in center: isolated OperationCenter
  ) throws -> Output {
    let plan = try migration(params, to: found.version, in: center.engine.state)
    var output = Output()
    (output.campaign, output.isDryRun) = (params.campaign, params.isDryRun)
    output.fromVersion = center.engine.state[params.campaign].chatflowVersion
    output.toVersion = plan.version
    for standing in found.standings { output.add(standing) }
    if !params.isDryRun {
      try plan.checkIsComplete(for: found.standings)
      try center.perform(MigrateCampaign(campaign: params.campaign, plan: plan))
    }
    return output
  }
}

extension CampaignMigrate.Output {
  fileprivate mutating func add(_ standing: MigrationPlan.Standing) {
    nodes.append(
      CampaignMigrate.NodeView(
        node: standing.node, target: standing.target, result: standing.result,
        executions: standing.executions))
    counts.open += standing.executions
    switch standing.result {
    case .moved: counts.moved += standing.executions
    case .enteredAnew: counts.enteredAnew += standing.executions
    case .stays: counts.stays += standing.executions
    }
  }
}
