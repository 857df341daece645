import CampaignEngine

/// Sums over the counters that projects keep; those that were deleted do not count.
struct RecordSums {
  private(set) var projects = 0
  private(set) var guests = 0
  private(set) var campaigns = Array(repeating: 0, count: CampaignStatus.allCases.count)
  private(set) var executions = Array(repeating: 0, count: ExecutionStatus.allCases.count)
  private(set) var messages = Array(repeating: 0, count: MessageStatus.allCases.count)
  private(set) var routed = 0
  private(set) var unrouted = 0
  private(set) var needAttention = 0
  /// From numbers that no project knows.
  private(set) var fromStrangers = 0

  init(_ state: State) {
    for project in state.projects.rows where !project.row.isDeleted {
      let totals = project.counters.totals
      projects += 1
      guests += project.counters.guests
      Self.add(project.counters.campaigns, to: &campaigns)
      Self.add(totals.executions, to: &executions)
      Self.add(totals.messages, to: &messages)
      routed += totals.inboundRouted
      unrouted += totals.inboundUnrouted
      needAttention += project.needsAttention.count
    }
    for sender in state.senders.rows {
      fromStrangers += Int(sender.messages.count)
      needAttention += sender.needsAttention.count
    }
  }

  private static func add(_ counts: [Int], to sums: inout [Int]) {
    for (index, count) in counts.enumerated() where index < sums.count { sums[index] += count }
  }
}
