import Wire

/// A selection by a condition that is still being made: that of a campaign with so many executions
/// that one command cannot look at all.
package struct BulkSelection: WireObject, Equatable {
  package var query = ""
  /// Members of the campaign that were looked at.
  package var looked = 0
  /// Members there were at the start; later ones are not meant.
  package var members = 0

  package init() {}
  init(query: String, members: Int) { (self.query, self.members) = (query, members) }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("query", &query, "Condition.")
    try visit.field("looked", &looked, "Executions looked at so far.")
    try visit.field("members", &members, "Executions to look at.")
  }
}

/// One slice of a selection was made; with the last one the work begins.
struct BulkSelected: InternalEvent {
  static let kind = EventKind.bulkSelected
  var bulk = BulkID.none
  var executions: [UInt32] = []
  var looked = 0

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("bulk", &bulk, "Bulk operation.")
    try visit.field("executions", &executions, "Those of this slice that are meant.")
    try visit.field("looked", &looked, "Executions looked at so far.")
  }

  func apply(to state: inout State) {
    let (project, index) = (Int(bulk.space), Int(bulk.counter) - 1)
    for execution in executions {
      state.projects[project].bulks[index].items.append(BulkItem(execution: execution))
    }
    state.projects[project].bulks[index].row.selection?.looked = looked
    let row = state.projects[project].bulks[index].row
    guard let selection = row.selection, selection.looked >= selection.members else { return }
    state.projects[project].bulks[index].row.selection = nil
    state.projects[project].bulks[index].row.status = .running
    state.endBulkIfDone(bulk)
  }
}

extension State {
  /// Members of a campaign for which a condition holds, in the order of their enrolment.
  package func members(
    of campaign: CampaignID, _ range: Range<Int>? = nil, where condition: ExecutionCondition,
    isGivenUp: () -> Bool = { false }
  ) -> [ExecutionID] {
    let members = members(of: campaign)
    var found: [ExecutionID] = []
    for index in range ?? 0..<members.count {
      if index.isMultiple(of: 1024), isGivenUp() { break }
      let id = ExecutionID(space: campaign.space, counter: members[index])
      if condition.matches(id, in: self) { found.append(id) }
    }
    return found
  }

  /// The last result ends an operation, and so does the end of a selection that found nothing.
  mutating func endBulkIfDone(_ id: BulkID) {
    let (project, index) = (Int(id.space), Int(id.counter) - 1)
    let bulk = projects[project].bulks[index]
    guard bulk.row.selection == nil, bulk.done == bulk.selected else { return }
    projects[project].bulks[index].row.status = .completed
    projects[project].bulks[index].row.endedAt = now
    projects[project].campaignIndexes[Int(bulk.row.campaign.counter) - 1].runningBulks
      .removeAll { $0 == id.counter }
    refreshCampaign(bulk.row.campaign)
  }
}

extension Engine {
  mutating func advanceSelection(of id: BulkID, _ selection: BulkSelection) {
    guard let campaign = state.find(id)?.row.campaign else { return }
    // Where the project has changed so that the condition is none any more, nobody else is meant.
    let condition = try? ExecutionCondition(
      selection.query, project: state.project(of: id.space))
    guard let condition else {
      return emit(BulkSelected(bulk: id, looked: selection.members))
    }
    let rows = Int(pace.rows(testing: condition.weight))
    let last = min(selection.looked + rows, selection.members)
    let found = state.members(of: campaign, selection.looked..<last, where: condition)
    emit(BulkSelected(bulk: id, executions: found.map(\.counter), looked: last))
  }
}
