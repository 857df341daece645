import CampaignEngine
import JSONRPC
import Wire

/// Params of the four bulk methods. Either ids or a query, never both.
struct BulkParams: KeyedParams {
  static let details =
    "Up to 1,000 executions are done within the call; more go on in slices, and bulk.get pages their results. By query in a campaign with thousands of executions they are chosen in slices, too: the answer then says selecting, and bulk.get tells what came of it. A dry run there is answered later, from a copy of the state."

  var campaign = CampaignID.none
  var executions: [ExecutionID]?
  var query: String?
  var isDryRun = false
  var idempotencyKey: String?

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("campaign_id", &campaign, "Campaign that all of them belong to.")
    try visit.field(
      "execution_ids", &executions, "These executions.", .length(1...Limits.bulkIDs))
    try visit.field(
      "query", &query, "Or: those for which this condition holds, execution.status = failed say.",
      .length(1...10_000))
    try visit.field("dry_run", &isDryRun, "Says what would happen and changes nothing.", .defaulted)
    try visit.idempotencyKey(&idempotencyKey)
  }

  /// What is meant. Of executions that are named each has to be one of the campaign.
  func selection(in state: State) throws -> StartBulk.Selection {
    guard state.find(campaign) != nil else {
      throw Rejection.notFound(campaign)
    }
    switch (executions, query) {
    case (let ids?, nil): return .executions(try checked(ids, in: state))
    case (nil, let query?): return .query(query)
    case (nil, nil), (_?, _?):
      throw Rejection.invalidParams(
        field: "execution_ids", reason: "one_of",
        "expected either execution_ids or query; found \(query == nil ? "neither" : "both")")
    }
  }

  private func checked(_ ids: [ExecutionID], in state: State) throws -> [ExecutionID] {
    var seen = Set<ExecutionID>()
    for (index, id) in ids.enumerated() {
      guard let row = state.find(id) else { throw Rejection.notFound(id) }
      guard row.campaign == campaign else {
        throw Rejection.invalidParams(
          field: "execution_ids[\(index)]", reason: "other_campaign",
          "expected an execution of \(campaign.wireText); found one of \(row.campaign.wireText)")
      }
      guard seen.insert(id).inserted else {
        throw Rejection.invalidParams(
          field: "execution_ids[\(index)]", reason: "duplicate",
          "expected each execution once; found \(id.wireText) twice")
      }
    }
    return ids
  }
}

/// One action on many executions.
protocol BulkChange: ServiceLongChange where Output == BulkView, Found == BulkFound {
  static var action: BulkAction { get }
  static func bulk(_ params: Params) -> BulkParams
  /// Deadlines move by the length of the pause.
  static func isExtended(_ params: Params) -> Bool
}

/// What is known of a bulk operation before it is done.
enum BulkFound: Sendable {
  case selected(StartBulk.Selection)
  /// Of a dry run that was made in a copy of the state.
  case foreseen(BulkView)
}

extension BulkChange {
  static func isExtended(_ params: Params) -> Bool { false }

  /// Of a dry run a long selection is made, and judged, in a copy of the state.
  static func plan(
    _ params: Params, in center: isolated OperationCenter
  ) throws -> ChangePlan<BulkFound> {
    let bulk = bulk(params)
    let selection = try bulk.selection(in: center.engine.state)
    guard bulk.isDryRun, case .query(let query) = selection else {
      return .now(.selected(selection))
    }
    let condition = try center.engine.state.condition(query, onExecutionsOf: bulk.campaign)
    if center.engine.canReadAll(of: bulk.campaign, testing: condition.weight + 1) {
      return .now(.selected(selection))
    }
    return .reading(.reading) { copy, stop in
      let engine = Engine(state: copy.state, keepsEvents: false)
      return .foreseen(
        try BulkView(dryRun: action, bulk.campaign, selection, in: engine) { stop.isSet })
    }
  }

  static func change(
    _ params: Params, _ found: BulkFound, in center: isolated OperationCenter
  ) throws -> BulkView {
    let selection: StartBulk.Selection
    switch found {
    case .foreseen(let view): return view
    case .selected(let found): selection = found
    }
    let bulk = bulk(params)
    if bulk.isDryRun {
      return try BulkView(dryRun: action, bulk.campaign, selection, in: center.engine)
    }
    var row = Bulk()
    (row.campaign, row.action, row.isExtended) = (bulk.campaign, action, isExtended(params))
    return BulkView(try center.perform(StartBulk(row: row, selection)), in: center.engine.state)
  }
}

extension BulkChange where Params == BulkParams {
  static func bulk(_ params: BulkParams) -> BulkParams { params }
}
