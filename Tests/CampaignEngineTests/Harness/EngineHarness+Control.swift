import Testing
import Wire

import CampaignEngine

/// What operators do to executions and campaigns.
extension EngineHarness {
  func control(_ execution: ExecutionID, _ control: ExecutionControl) throws {
    try perform(ControlExecution(execution: execution, control: control))
  }

  func pause(_ execution: ExecutionID) throws { try control(execution, .pause) }

  func resume(_ execution: ExecutionID, extends isExtended: Bool = false) throws {
    try control(execution, .resume(isExtended: isExtended))
  }

  @discardableResult
  func reset(
    _ execution: ExecutionID, to node: String, keeping replies: KeptReplies = .before
  ) throws -> ResetExecution.Result {
    try perform(ResetExecution(execution: execution, node: node, keptReplies: replies))
  }

  @discardableResult
  func bulk(
    _ action: BulkAction, _ executions: [ExecutionID], of campaign: CampaignID
  ) throws -> BulkID {
    var row = Bulk()
    (row.campaign, row.action) = (campaign, action)
    return try perform(StartBulk(row: row, .executions(executions)))
  }

  func members(of campaign: CampaignID) -> [ExecutionID] {
    Array(state.members(of: campaign))
  }

  func status(_ execution: ExecutionID) -> ExecutionStatus { state[execution].status }
  func status(_ campaign: CampaignID) -> CampaignStatus { state[campaign].status }

  /// Fails the only message that is due.
  func refuseNext(_ errorClass: ErrorClass, code: Int64? = nil) throws {
    try refuse(try #require(try dispatch().first), errorClass, code: code)
  }
}
