import Wire

/// One change for many executions of a campaign, with a result for each. The selection is made once,
/// before the first is changed; each execution is judged when its slice comes.
package struct Bulk: WireObject {
  package var campaign = CampaignID.none
  package var action = BulkAction.retry
  /// For resume: deadlines move by the length of the pause.
  package var isExtended = false
  package var status = BulkStatus.running
  package var okCount = 0
  package var refusedCount = 0
  package var createdAt = Timestamp.zero
  package var endedAt = Timestamp.zero
  /// Nil once it is made.
  package var selection: BulkSelection?

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("campaign", &campaign, "Campaign.")
    try visit.field("action", &action, "What is done to each.")
    try visit.field("is_extended", &isExtended, "Deadlines move by the length of the pause.")
    try visit.field("status", &status, "State.")
    try visit.field("ok_count", &okCount, "Done.")
    try visit.field("refused_count", &refusedCount, "Refused.")
    try visit.field("created_at", &createdAt, "When it began.")
    try visit.field("ended_at", &endedAt, "When it ended.")
    try visit.field("selection", &selection, "Selection that is still being made.")
  }

  var control: ExecutionControl {
    switch action {
    case .retry: .retry
    case .pause: .pause
    case .resume: .resume(isExtended: isExtended)
    case .cancel: .cancel
    }
  }
}

package enum BulkAction: String, WireEnum {
  case retry, pause, resume, cancel

  package var executionAction: ExecutionAction {
    switch self {
    case .retry: .retry
    case .pause: .pause
    case .resume: .resume
    case .cancel: .cancel
    }
  }
}

package enum BulkStatus: String, WireEnum {
  case running, completed
  /// Nothing is done before all are chosen.
  case selecting
}

/// What became of one execution.
package struct BulkItem: WireObject, Equatable {
  /// Counter of the execution in the campaign's project.
  package var execution: UInt32 = 0
  package var result = Result.remaining
  /// Its state when it was refused.
  package var status = ExecutionStatus.pending
  /// Why, where it was not the state.
  package var reason: String?

  package enum Result: String, WireEnum { case remaining, ok, refused }

  /// The reason of those whose campaign was cancelled before their turn came.
  package static let campaignCancelled = "campaign_cancelled"

  package init() {}
  package init(execution: UInt32) { self.execution = execution }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("execution", &execution, "Execution.")
    try visit.field("result", &result, "What became of it.")
    try visit.field("status", &status, "Its state when it was refused.")
    try visit.field("reason", &reason, "Why, where it was not the state.")
  }
}

/// A bulk operation with its selection.
package struct BulkState: Sendable {
  package internal(set) var row: Bulk
  package internal(set) var items = ChunkedTable<Never, BulkItem>()

  package var done: Int { row.okCount + row.refusedCount }
  package var selected: Int { Int(items.count) }
}
