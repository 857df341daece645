import Wire

/// One slice of a bulk operation is done; with the last one it ends.
struct BulkAdvanced: Event {
  static let kind = EventKind.bulkAdvanced
  var bulk = BulkID.none
  /// Results of the executions that come next in the selection.
  var items: [BulkItem] = []
  /// Executions that are left.
  var remaining = 0

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("bulk", &bulk, "Bulk operation.")
    try visit.field("items", &items, "Results of the next executions.")
    try visit.field("remaining", &remaining, "Executions that are left.")
  }

  func apply(to state: inout State) {
    var next = UInt32(state.projects[of: bulk].bulks[bulk].done)
    for item in items {
      next += 1
      state.projects[of: bulk].bulks[bulk].items[next] = item
      if item.result == .ok {
        state.projects[of: bulk].bulks[bulk].row.okCount += 1
      } else {
        state.projects[of: bulk].bulks[bulk].row.refusedCount += 1
      }
    }
    state.endBulkIfDone(bulk)
  }
}

extension BulkAdvanced {
  static var publicData: (any PublicData.Type)? { BulkAdvancedData.self }

  mutating func complete(from state: State) {
    let bulk = state.projects[of: bulk].bulks[bulk]
    remaining = bulk.selected - bulk.done - items.count
  }

  func publish(in state: State) -> PublicEvent? {
    var data = BulkAdvancedData()
    data.bulk = bulk
    data.ok = items.count { $0.result == .ok }
    data.refused = items.count - data.ok
    data.remaining = remaining
    let campaign = state.projects[of: bulk].bulks[bulk].row.campaign
    return PublicEvent(data, campaign: campaign)
  }
}

package struct BulkAdvancedData: PublicData {
  package static let kind = PublicKind("bulk_advanced")
  package static let summary =
    "A slice of a bulk operation is done, or all of its executions are chosen; with none remaining it ends."
  package var bulk = BulkID.none
  package var ok = 0
  package var refused = 0
  package var remaining = 0

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("bulk_id", &bulk, "Bulk operation.")
    try visit.field("ok", &ok, "Executions of this slice that it was done to.")
    try visit.field("refused", &refused, "Those of this slice that refused it.")
    try visit.field("remaining", &remaining, "Those that are left.")
  }
}
