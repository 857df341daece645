import Wire

/// A bulk operation has begun. Its executions are chosen, or will be in slices.
struct BulkStarted: Event {
  static let kind = EventKind.bulkStarted
  var row = Bulk()
  var executions: [UInt32] = []
  /// Of the operation that comes to be.
  var counter: UInt32 = 0

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("row", &row, "What is done.")
    try visit.field("executions", &executions, "To which.")
    try visit.field("counter", &counter, "Counter of the identifier.")
  }

  func apply(to state: inout State) {
    var bulk = BulkState(row: row)
    bulk.row.createdAt = state.now
    for execution in executions { bulk.items.append(BulkItem(execution: execution)) }
    let id = BulkID(
      space: row.campaign.space, counter: state.projects[of: row.campaign].bulks.append(bulk))
    state.index(id)
    state.refreshCampaign(row.campaign)
    state.endBulkIfDone(id)
  }
}

extension BulkStarted {
  static var publicData: (any PublicData.Type)? { BulkStartedData.self }

  mutating func complete(from state: State) {
    counter = state.projects[of: row.campaign].bulks.nextCounter
  }

  func publish(in state: State) -> PublicEvent? {
    var data = BulkStartedData()
    data.bulk = BulkID(space: row.campaign.space, counter: counter)
    data.action = row.action
    data.selected = row.selection == nil ? executions.count : nil
    return PublicEvent(data, campaign: row.campaign)
  }
}

package struct BulkStartedData: PublicData {
  package static let kind = PublicKind("bulk_started")
  package static let summary = "A bulk operation on executions has begun."
  package var bulk = BulkID.none
  package var action = BulkAction.retry
  package var selected: Int?

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("bulk_id", &bulk, "Bulk operation.")
    try visit.field("action", &action, "What is done to each.")
    try visit.field("selected", &selected, "To how many; null while they are still being chosen.")
  }
}
