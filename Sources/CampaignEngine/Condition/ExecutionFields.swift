import Wire

extension ConditionField {
  static let ofExecutions: [ConditionField] = [
    .execution(
      "execution.id", .identifier(ExecutionKind.self) { rows, _ in rows.subject.execution }),
    .execution(
      "execution.campaign", .identifier(CampaignKind.self) { rows, _ in rows.execution?.campaign }),
    .execution("execution.status", .words { rows, _ in rows.execution?.status }),
    .execution("execution.reason", .symbol { rows, _ in rows.execution?.reason }),
    .execution("execution.outcome", .symbol { rows, _ in rows.execution?.outcome }),
    .execution("execution.phase", .words { rows, _ in rows.execution?.phase }),
    .execution(
      "execution.node",
      .text { rows, state in rows.execution?.node.flatMap { rows.nodeID($0, in: state) } }),
    .execution(
      "execution.progress", .number { rows, _ in (rows.execution?.progress).map { Int64($0) } }),
    .execution(
      "execution.waiting_for", .words(canBeUnset: true) { rows, _ in rows.execution?.shownWait }),
    .execution(
      "execution.household_size",
      .number { rows, state in
        rows.execution.map { _ in
          Int64(state.members(spokenForBy: rows.subject.execution).count + 1)
        }
      }),
    .execution("execution.started_at", .moment { rows, _ in rows.execution?.startedAt }),
    .execution("execution.updated_at", .moment { rows, _ in rows.execution?.updatedAt }),
    .execution("execution.ended_at", .moment { rows, _ in rows.execution?.endedAt }),
    .execution(
      "last_error.class",
      .words(canBeUnset: true) { rows, state in rows.newestError(in: state)?.errorClass }),
    .execution(
      "last_error.code", .number { rows, state in rows.newestError(in: state)?.gatewayCode }),
    .execution(
      "last_error.node",
      .text { rows, state in
        rows.newestError(in: state).flatMap { rows.nodeID(Int($0.node), in: state) }
      }),
    .execution("last_error.at", .moment { rows, state in rows.newestError(in: state)?.at }),
  ]
}

extension FieldAccess {
  static func variable(_ key: Symbol) -> Self {
    .variable { rows, _ in rows.execution?.variable(key) }
  }
}

extension ConditionRows {
  fileprivate func newestError(in state: State) -> LastError? {
    execution == nil ? nil : state.newestError(of: subject.execution)
  }

  fileprivate func nodeID(_ node: Int, in state: State) -> String? {
    guard let campaign = execution?.campaign else { return nil }
    let nodes = state.graph(of: campaign).nodes
    return nodes.indices.contains(node) ? nodes[node].id : nil
  }
}

extension Execution {
  /// What it waits for, or would were it not paused.
  fileprivate var shownWait: WaitKind? {
    status == .waiting || status == .paused ? wait?.kind : nil
  }
}
