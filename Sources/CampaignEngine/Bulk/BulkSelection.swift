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
struct BulkSelected: Event {
  static let kind = EventKind.bulkSelected
  var bulk = BulkID.none
  var executions: [UInt32] = []
  var looked = 0
  /// All that were chosen, where this is the last slice.
  var selected: Int?

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("bulk", &bulk, "Bulk operation.")
    try visit.field("executions", &executions, "Those of this slice that are meant.")
    try visit.field("looked", &looked, "Executions looked at so far.")
    try visit.field("selected", &selected, "All that were chosen, in the last slice.")
  }

  func apply(to state: inout State) {
    for execution in executions {
      state.projects[of: bulk].bulks[bulk].items.append(BulkItem(execution: execution))
    }
    state.projects[of: bulk].bulks[bulk].row.selection?.looked = looked
    guard selected != nil else { return }
    state.projects[of: bulk].bulks[bulk].row.selection = nil
    state.projects[of: bulk].bulks[bulk].row.status = .running
    state.endBulkIfDone(bulk)
  }
}

extension BulkSelected {
  static var publicData: (any PublicData.Type)? { BulkAdvancedData.self }

  mutating func complete(from state: State) {
    let bulk = state.projects[of: bulk].bulks[bulk]
    guard let selection = bulk.row.selection, looked >= selection.members else { return }
    selected = bulk.selected + executions.count
  }

  /// The last slice tells how many there are; where there is none, this is the end.
  func publish(in state: State) -> PublicEvent? {
    guard let selected else { return nil }
    var data = BulkAdvancedData()
    (data.bulk, data.remaining) = (bulk, selected)
    let campaign = state.projects[of: bulk].bulks[bulk].row.campaign
    return PublicEvent(data, campaign: campaign)
  }
}

extension State {
  /// The executions that a selection means now.
  package func executions(
    _ selection: StartBulk.Selection, of campaign: CampaignID, isGivenUp: () -> Bool = { false }
  ) throws(Rejection) -> [ExecutionID] {
    switch selection {
    case .executions(let executions): return executions
    case .query(let query):
      return members(
        of: campaign, where: try condition(query, onExecutionsOf: campaign), isGivenUp: isGivenUp)
    }
  }

  /// Members of a campaign for which a condition holds, in the order of their enrolment.
  package func members(
    of campaign: CampaignID, _ range: Range<Int>? = nil, where condition: ExecutionCondition,
    isGivenUp: () -> Bool = { false }
  ) -> [ExecutionID] {
    let members = members(of: campaign)
    var found: [ExecutionID] = []
    for index in range ?? 0..<members.count {
      if index.isMultiple(of: 1024), isGivenUp() { break }
      let id = members[index]
      if condition.matches(id, in: self) { found.append(id) }
    }
    return found
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
