import Wire

/// One slice of a bulk operation is done; with the last one it ends.
struct BulkAdvanced: Event {
  static let kind = EventKind.bulkAdvanced
  var bulk = BulkID.none
  /// Results of the executions that come next in the selection.
  var items: [BulkItem] = []

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("bulk", &bulk, "Bulk operation.")
    try visit.field("items", &items, "Results of the next executions.")
  }

  func apply(to state: inout State) {
    let (project, index) = (Int(bulk.space), Int(bulk.counter) - 1)
    var next = UInt32(state.projects[project].bulks[index].done)
    for item in items {
      next += 1
      state.projects[project].bulks[index].items[next] = item
      if item.result == .ok {
        state.projects[project].bulks[index].row.okCount += 1
      } else {
        state.projects[project].bulks[index].row.refusedCount += 1
      }
    }
    let advanced = state.projects[project].bulks[index]
    guard advanced.done == advanced.selected else { return }
    state.projects[project].bulks[index].row.status = .completed
    state.projects[project].bulks[index].row.endedAt = state.now
    let campaign = advanced.row.campaign
    state.projects[project].campaignIndexes[Int(campaign.counter) - 1].runningBulks
      .removeAll { $0 == bulk.counter }
    state.refreshCampaign(campaign)
  }
}
