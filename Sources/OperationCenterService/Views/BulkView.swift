import CampaignEngine
import JSONRPC
import Wire

/// A bulk operation. What was done within the call lists its results; `bulk.get` pages them all.
package struct BulkView: WireObject {
  package var id: BulkID?
  package var campaign = CampaignID.none
  package var action = BulkAction.retry
  package var status = BulkStatus.running
  package var isDryRun = false
  package var counts = BulkCounts()
  package var items: [BulkItemView] = []

  package init() {}

  init(_ id: BulkID, in state: State, items: [BulkItemView]? = nil) {
    guard let bulk = state.find(id) else { return }
    (self.id, campaign, action, status) = (id, bulk.row.campaign, bulk.row.action, bulk.row.status)
    counts = BulkCounts(
      selected: bulk.selected, ok: bulk.row.okCount, refused: bulk.row.refusedCount,
      remaining: bulk.selected - bulk.done)
    if let items {
      self.items = items
    } else if bulk.selected <= Limits.bulkInCall {
      for counter in 1..<(UInt32(bulk.done) + 1) {
        self.items.append(BulkItemView(bulk.items[counter], bulk.row, space: id.space, in: state))
      }
    }
  }

  init(
    dryRun action: BulkAction, _ campaign: CampaignID, _ selection: StartBulk.Selection,
    in engine: Engine, isGivenUp: () -> Bool = { false }
  ) throws {
    (self.campaign, self.action, status, isDryRun) = (campaign, action, .completed, true)
    let executions = try engine.state.executions(selection, of: campaign, isGivenUp: isGivenUp)
    for execution in executions {
      if counts.selected.isMultiple(of: 1024), isGivenUp() { return }
      let rejection = engine.foreseenRejection(of: action, on: execution)
      counts.selected += 1
      if rejection == nil { counts.ok += 1 } else { counts.refused += 1 }
      if items.count < Limits.bulkInCall {
        items.append(BulkItemView(execution, rejection))
      }
    }
  }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("id", &id, "Identifier; null for a dry run.")
    try visit.field("campaign_id", &campaign, "Campaign.")
    try visit.field("action", &action, "What is done to each.")
    try visit.field(
      "status", &status,
      "selecting while the executions of a large campaign are being chosen; nothing is done before all are."
    )
    try visit.field("dry_run", &isDryRun, "Nothing was changed.")
    try visit.field(
      "counts", &counts,
      "selected = ok + refused + remaining; while selecting, those chosen so far.")
    try visit.field("items", &items, "Results, up to 1,000; bulk.get pages more.")
  }
}

package struct BulkCounts: WireObject {
  package var selected = 0
  package var ok = 0
  package var refused = 0
  package var remaining = 0

  package init() {}
  init(selected: Int, ok: Int, refused: Int, remaining: Int) {
    (self.selected, self.ok, self.refused, self.remaining) = (selected, ok, refused, remaining)
  }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("selected", &selected, "All that were chosen.")
    try visit.field("ok", &ok, "Done.")
    try visit.field("refused", &refused, "Refused, each with its error.")
    try visit.field("remaining", &remaining, "Not yet come to.")
  }
}

/// What became of one execution: its error is what the single call would have been refused with.
package struct BulkItemView: WireObject {
  package var execution = ExecutionID.none
  package var isOK = false
  package var error: RefusalView?

  package init() {}

  init(_ execution: ExecutionID, _ rejection: Rejection?) {
    self.execution = execution
    isOK = rejection == nil
    error = rejection.map { RefusalView($0.rpcError) }
  }

  init(_ item: BulkItem, _ row: Bulk, space: UInt32, in state: State) {
    let id = ExecutionID(space: space, counter: item.execution)
    guard item.result == .refused else {
      self.init(id, nil)
      return
    }
    let isCancelled = item.reason == BulkItem.campaignCancelled
    if let reason = item.reason, !isCancelled {
      self.init(id, .notReady("\(id.wireText) cannot go on: \(reason).", reason: reason))
    } else {
      self.init(
        id,
        .executionState(
          id, row.action.executionAction, item.status,
          allowed: isCancelled ? [] : item.status.allowed, isCampaignCancelled: isCancelled))
    }
  }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("execution_id", &execution, "Execution.")
    try visit.field("ok", &isOK, "Whether it was done.")
    try visit.field("error", &error, "Why not.")
  }
}

/// An error as an answer would carry it.
package struct RefusalView: WireObject {
  package var code = 0
  package var message = ""
  package var data: RawJSON?

  package init() {}
  init(_ error: RPCError) { (code, message, data) = (error.code, error.message, error.data) }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("code", &code, "Code of the error.")
    try visit.field("message", &message, "What was wrong.")
    try visit.field("data", &data, "kind, and what belongs to it.")
  }
}
