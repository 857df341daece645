import CampaignEngine
import JSONRPC
import Wire

/// Params of the four bulk methods. Either ids or a query, never both.
struct BulkParams: KeyedParams {
  static let details =
    "Up to 1,000 executions are done within the call; more go on in slices, and bulk.get pages their results."

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

  /// The executions that are meant, each once, in the order of the call or of their enrolment.
  func selected(in state: State) throws -> [ExecutionID] {
    guard state.find(campaign) != nil else {
      throw Rejection.notFound(campaign.wireText, "Campaign")
    }
    switch (executions, query) {
    case (let ids?, nil): return try checked(ids, in: state)
    case (nil, let query?): return try matching(query, in: state)
    case (nil, nil), (_?, _?):
      throw Rejection.invalidParams(
        path: "params.execution_ids", reason: "one_of",
        "expected either execution_ids or query; found \(query == nil ? "neither" : "both")")
    }
  }

  private func checked(_ ids: [ExecutionID], in state: State) throws -> [ExecutionID] {
    var seen = Set<ExecutionID>()
    for (index, id) in ids.enumerated() {
      guard let row = state.find(id) else { throw Rejection.notFound(id.wireText, "Execution") }
      guard row.campaign == campaign else {
        throw Rejection.invalidParams(
          path: "params.execution_ids[\(index)]", reason: "other_campaign",
          "expected an execution of \(campaign.wireText); found one of \(row.campaign.wireText)")
      }
      guard seen.insert(id).inserted else {
        throw Rejection.invalidParams(
          path: "params.execution_ids[\(index)]", reason: "duplicate",
          "expected each execution once; found \(id.wireText) twice")
      }
    }
    return ids
  }

  private func matching(_ query: String, in state: State) throws -> [ExecutionID] {
    let condition = try Self.condition(query, state.project(of: campaign.space))
    let members = state.members(of: campaign)
    return (0..<members.count).compactMap { index in
      let id = ExecutionID(space: campaign.space, counter: members[index])
      return condition.matches(id, in: state) ? id : nil
    }
  }
}

extension BulkParams {
  private static func condition(
    _ query: String, _ project: ProjectState
  ) throws -> ExecutionCondition {
    do throws(ConditionFault) {
      return try ExecutionCondition(query, project: project)
    } catch {
      throw Rejection.badCondition(error, path: "params.query")
    }
  }
}

extension OperationCenter {
  func bulk(
    _ action: BulkAction, _ params: BulkParams, isExtended: Bool = false
  ) throws -> BulkView {
    let executions = try params.selected(in: engine.state)
    if params.isDryRun { return BulkView(dryRun: action, params.campaign, executions, in: self) }
    var row = Bulk()
    (row.campaign, row.action, row.isExtended) = (params.campaign, action, isExtended)
    let id = try perform(StartBulk(row: row, executions: executions))
    return BulkView(id, in: engine.state)
  }
}
