/// Does one thing to many executions of a campaign. Up to `Limits.bulkInCall` are done at once, more
/// in slices that survive a restart. An execution is always done whole, or refused.
package struct StartBulk: Command {
  package let row: Bulk
  package let selection: Selection
  /// Tests that want slices with few executions make it small.
  var doneInCall = Limits.bulkInCall

  package enum Selection: Sendable {
    /// All of the campaign, each once.
    case executions([ExecutionID])
    /// Those for which a condition holds, params.query of the call.
    case query(String)
  }

  package init(row: Bulk, _ selection: Selection) {
    (self.row, self.selection) = (row, selection)
  }

  package func perform(in engine: inout Engine) throws(Rejection) -> BulkID {
    guard engine.state.find(row.campaign) != nil else {
      throw .notFound(row.campaign)
    }
    let bulks = engine.state.project(of: row.campaign.space).bulks.count
    guard bulks < Limits.bulksPerProject else {
      throw .limitExceeded(
        "A project has at most \(Limits.bulksPerProject) bulk operations.", reason: "bulks")
    }
    switch selection {
    case .executions(let executions): begin(executions, in: &engine)
    case .query(let query):
      let condition = try engine.state.condition(query, onExecutionsOf: row.campaign)
      if engine.canReadAll(of: row.campaign, testing: condition.weight) {
        begin(engine.state.members(of: row.campaign, where: condition), in: &engine)
      } else {
        var row = row
        row.status = .selecting
        row.selection = BulkSelection(
          query: query, members: engine.state.members(of: row.campaign).count)
        engine.emit(BulkStarted(row: row))
      }
    }
    return BulkID(space: row.campaign.space, counter: UInt32(bulks + 1))
  }

  private func begin(_ executions: [ExecutionID], in engine: inout Engine) {
    engine.emit(BulkStarted(row: row, executions: executions.map(\.counter)))
    let bulks = engine.state.project(of: row.campaign.space).bulks.count
    let id = BulkID(space: row.campaign.space, counter: UInt32(bulks))
    guard executions.count <= doneInCall else { return }
    while engine.state.find(id)?.row.status == .running { engine.advance(id) }
  }
}

extension State {
  package func condition(
    _ query: String, onExecutionsOf campaign: CampaignID
  ) throws(Rejection) -> ExecutionCondition {
    do throws(ConditionFault) {
      return try ExecutionCondition(query, project: project(of: campaign.space))
    } catch {
      throw .badCondition(error, field: "query")
    }
  }

  func runningBulk(of campaign: CampaignID) -> BulkID? {
    projects[of: campaign].campaignIndexes[campaign].runningBulks.first
      .map { BulkID(space: campaign.space, counter: $0) }
  }
}

extension Engine {
  /// One slice. What is set free to go on goes on from the campaign's ready queue.
  mutating func advance(_ id: BulkID) {
    guard let bulk = state.find(id) else { return }
    if let selection = bulk.row.selection { return advanceSelection(of: id, selection) }
    var items: [BulkItem] = []
    let first = bulk.done
    for index in first..<max(first, min(first + Limits.executionsPerSlice, bulk.selected)) {
      var item = bulk.items[UInt32(index + 1)]
      let execution = ExecutionID(space: id.space, counter: item.execution)
      if let rejection = rejection(of: bulk.row.action.executionAction, on: execution) {
        item.result = .refused
        item.status = state[execution].status
        item.reason =
          rejection.code != .invalidState
          ? rejection.reason
          : state[bulk.row.campaign].status == .cancelled ? BulkItem.campaignCancelled : nil
      } else {
        item.result = .ok
        apply(bulk.row.control, to: execution)
        workOffWoken()
      }
      items.append(item)
    }
    emit(BulkAdvanced(bulk: id, items: items))
  }

  /// What a bulk operation would refuse now; nil where it would do it.
  package func foreseenRejection(of action: BulkAction, on id: ExecutionID) -> Rejection? {
    rejection(of: action.executionAction, on: id)
  }
}
