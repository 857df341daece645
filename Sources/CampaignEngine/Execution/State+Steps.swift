/// Visits of nodes, with the funnel counts that follow them.
extension State {
  mutating func enterNode(_ node: Int, execution id: ExecutionID) {
    let campaign = self[id].campaign
    let graph = graph(of: campaign)
    let step = Step(node: UInt16(node), enteredAt: now)
    modify(id) { row in
      let left = row.steps.count { $0.exit == .passed }
      row.steps.append(step)
      row.phase = graph.nodes[node].phase
      let percent = 100 * left / (left + graph.nodes[node].longestWay)
      row.progress = max(row.progress, UInt16(percent))
    }
    countStep(step, of: campaign, 1)
  }

  mutating func leaveNode(_ exit: Step.Exit, handle: UInt16, execution id: ExecutionID) {
    if exit == .passed { forgetMendedError(of: id, handle: Int(handle)) }
    changeLastStep(of: id) { step, now in
      step.leftAt = now
      step.exit = exit
      step.handle = handle
    }
  }

  /// A failure is shown until its node is passed after all, by another way than `failed`.
  private mutating func forgetMendedError(of id: ExecutionID, handle: Int) {
    let row = self[id]
    guard let error = row.lastError, Int(error.node) == row.node else { return }
    let handles = graph(of: row.campaign).nodes[Int(error.node)].handles
    guard !handles.indices.contains(handle) || handles[handle] != "failed" else { return }
    modify(id) { $0.lastError = nil }
  }

  /// Undoes the last visit, so that the one before goes on.
  mutating func takeBackStep(of id: ExecutionID) {
    let campaign = self[id].campaign
    guard let last = self[id].steps.last, self[id].steps.count > 1 else { return }
    countStep(last, of: campaign, -1)
    modify(id) { _ = $0.steps.removeLast() }
    changeLastStep(of: id) { step, _ in
      step.leftAt = .zero
      step.exit = .inside
      step.handle = 0
    }
    let graph = graph(of: campaign)
    modify(id) { row in row.phase = graph.nodes[row.node ?? 0].phase }
  }

  mutating func changeLastStep(
    of id: ExecutionID, _ change: (inout Step, Timestamp) -> Void
  ) {
    let row = self[id]
    guard var step = row.steps.last else { return }
    countStep(step, of: row.campaign, -1)
    change(&step, now)
    projects[of: id].executions[id].steps[row.steps.count - 1] = step
    countStep(step, of: row.campaign, 1)
  }

  private mutating func countStep(_ step: Step, of campaign: CampaignID, _ difference: Int) {
    projects[of: campaign].campaigns[campaign]
      .counters.funnel[Int(step.node)].count(step, difference)
  }
}
