import Wire

/// A bulk operation has begun; its executions are chosen.
struct BulkStarted: Event {
  static let kind = EventKind.bulkStarted
  var row = Bulk()
  var executions: [UInt32] = []

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("row", &row, "What is done.")
    try visit.field("executions", &executions, "To which.")
  }

  func apply(to state: inout State) {
    let project = Int(row.campaign.space)
    var bulk = BulkState(row: row)
    bulk.row.createdAt = state.now
    for execution in executions { bulk.items.append(BulkItem(execution: execution)) }
    state.projects[project].bulks.append(bulk)
    let counter = UInt32(state.projects[project].bulks.count)
    guard !executions.isEmpty else {
      state.projects[project].bulks[Int(counter) - 1].row.status = .completed
      state.projects[project].bulks[Int(counter) - 1].row.endedAt = state.now
      return
    }
    state.projects[project].campaignIndexes[Int(row.campaign.counter) - 1].runningBulks
      .append(counter)
    state.refreshCampaign(row.campaign)
  }
}
