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
      throw Rejection.notFound(campaign.wireText, "Campaign")
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
      guard let row = state.find(id) else { throw Rejection.notFound(id.wireText, "Execution") }
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

extension OperationCenter {
  func bulk<M: ServiceJob>(
    _ method: M.Type, _ params: M.Params, _ action: BulkAction, _ bulk: BulkParams,
    isExtended: Bool = false
  ) throws -> JobStart<BulkView> where M.Params: KeyedParams, M.Output == BulkView {
    if let known = try rememberedResult(of: method, params) { return .now(known) }
    let selection = try bulk.selection(in: engine.state)
    if bulk.isDryRun {
      return try foresee(method, params, action, selection, bulk.campaign)
    }
    var row = Bulk()
    (row.campaign, row.action, row.isExtended) = (bulk.campaign, action, isExtended)
    return .now(
      try once(method, params) {
        BulkView(try perform(StartBulk(row: row, selection)), in: engine.state)
      })
  }

  /// A long selection is made, and judged, in a copy of the state.
  private func foresee<M: ServiceJob>(
    _ method: M.Type, _ params: M.Params, _ action: BulkAction,
    _ selection: StartBulk.Selection, _ campaign: CampaignID
  ) throws -> JobStart<BulkView> where M.Params: KeyedParams, M.Output == BulkView {
    if case .query(let query) = selection {
      let condition = try engine.state.condition(query, onExecutionsOf: campaign)
      if !engine.canReadAll(of: campaign, testing: condition.weight + 1) {
        return try later(.reading) { copy, stop in
          let engine = Engine(state: copy.state, keepsEvents: false)
          return try BulkView(dryRun: action, campaign, selection, in: engine) { stop.isSet }
        } then: { view, center in
          try center.once(method, params) { view }
        }
      }
    }
    return .now(
      try once(method, params) {
        try BulkView(dryRun: action, campaign, selection, in: engine)
      })
  }
}
