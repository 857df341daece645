import Wire

/// Takes the unfinished executions of a campaign over to another version of its chatflow.
package struct MigrateCampaign: Command {
  package let campaign: CampaignID
  package let plan: MigrationPlan

  package init(campaign: CampaignID, plan: MigrationPlan) {
    (self.campaign, self.plan) = (campaign, plan)
  }

  package func perform(in engine: inout Engine) throws(Rejection) {
    engine.emit(
      CampaignMigrated(campaign: campaign, version: plan.version, moves: plan.moves))
  }
}

/// Where the executions of a campaign would go in another version.
package struct MigrationPlan: Sendable {
  private let campaign: CampaignID
  package let version: Int
  package let moves: [NodeMove]
  /// Of all versions, the new one too.
  private let graph: ChatflowGraph

  package struct Standing: Sendable {
    package let node: String
    package let target: String?
    package let result: MigrationResult
    package var executions = 0
  }

  /// - Parameters:
  ///   - version: number of the version; nil for the newest.
  ///   - map: identifiers of nodes, where they differ between the versions.
  package init(
    campaign id: CampaignID, version: Int?, map: [(from: String, to: String)], in state: State
  ) throws(Rejection) {
    guard let row = state.find(id) else { throw .notFound(id) }
    guard row.status == .running || row.status == .paused else {
      throw .invalidState(
        id: id.wireText, action: "migrate", done: "migrated", status: row.status.rawValue,
        allowed: row.status.allowed.map(\.rawValue))
    }
    guard row.migration.olderVersions.count < Limits.migrationsPerCampaign else {
      throw .limitExceeded(
        "A campaign is migrated at most \(Limits.migrationsPerCampaign) times.",
        reason: "migrations")
    }
    let chatflow = state.project(of: id.space).chatflows[row.settings.chatflow]
    let number = version ?? chatflow.versions.count
    guard chatflow.versions.indices.contains(number - 1), number != row.chatflowVersion else {
      throw .invalidParams(
        field: "version", reason: "not_another_version",
        chatflow.versions.count == 1
          ? "expected another version; \(row.settings.chatflow.wireText) has one only"
          : "expected a version from 1 to \(chatflow.versions.count) other than \(row.chatflowVersion)"
      )
    }
    self.version = number
    let old = state.graph(of: id)
    let new = ChatflowGraph(old, followedBy: chatflow.versions[number - 1].graph)
    moves = try Self.moves(old, new, map)
    graph = new
    self.campaign = id
  }

  /// Nodes go to the node that the map names, or to the one with their own identifier.
  private static func moves(
    _ old: ChatflowGraph, _ new: ChatflowGraph, _ map: [(from: String, to: String)]
  ) throws(Rejection) -> [NodeMove] {
    for (from, to) in map {
      let isKnown = !old.indexes(of: from).isEmpty
      guard isKnown, new.index(of: to, region: new.newestRegion) != nil else {
        throw .invalidParams(
          field: FieldPath.member(from, of: "node_map"), reason: "unknown_node",
          isKnown
            ? "expected a node of the new version" : "expected a node of the present version")
      }
    }
    return old.nodes.indices.compactMap { index in
      let id = old.nodes[index].id
      let target = map.first { $0.from == id }?.to ?? id
      return new.index(of: target, region: new.newestRegion).map { NodeMove(from: index, to: $0) }
    }
  }

  /// Refuses a plan that says nothing about nodes where somebody stands.
  package func checkIsComplete(for standings: [Standing]) throws(Rejection) {
    let missing = standings.filter { $0.target == nil }
    guard !missing.isEmpty else { return }
    let names = missing.map { "\"\($0.node)\" (\($0.executions))" }.joined(separator: ", ")
    throw .invalidParams(
      field: "node_map", reason: "map_needed",
      "expected a node of version \(version) for each node where executions stand that it lacks: \(names)"
    )
  }

  /// The nodes where unfinished executions stand, with what becomes of them.
  /// - Parameter isGivenUp: true once nobody waits for the numbers any more; then they are wrong.
  package func standings(in state: State, isGivenUp: () -> Bool = { false }) -> [Standing] {
    var nodes: [Standing] = []
    let targets = Dictionary(
      moves.map { (Int($0.from), Int($0.to)) }, uniquingKeysWith: { first, _ in first })
    let members = state.members(of: campaign)
    for index in 0..<members.count {
      if index.isMultiple(of: 1024), isGivenUp() { break }
      let execution = state[members[index]]
      guard !execution.status.isEnded, let node = execution.node else { continue }
      let target = targets[node]
      let standing = Standing(
        node: graph.nodes[node].id, target: target.map { graph.nodes[$0].id },
        result: target.map { graph.result(of: execution, movedTo: $0) } ?? .stays)
      let known = nodes.firstIndex {
        $0.node == standing.node && $0.result == standing.result && $0.target == standing.target
      }
      if known == nil { nodes.append(standing) }
      nodes[known ?? nodes.count - 1].executions += 1
    }
    return nodes
  }
}

/// What becomes of an execution in a migration.
package enum MigrationResult: String, WireEnum {
  /// It goes on as it was, at the node of the newer version.
  case moved
  /// It cannot, so it enters that node anew.
  case enteredAnew = "entered_anew"
  /// No node of the newer version takes it: it goes on in the one that it is in.
  case stays
}

extension ChatflowGraph {
  /// Nodes of one kind take over what an execution is doing; a form only where its question is the
  /// same.
  func result(of row: Execution, movedTo target: Int) -> MigrationResult {
    guard let here = row.node, nodes[here].type == nodes[target].type else { return .enteredAnew }
    let question = row.wait?.kind == .form ? row.wait?.question ?? 0 : 0
    let takesOver = nodes[target].data.takesOver(from: nodes[here].data, at: question)
    return takesOver ? .moved : .enteredAnew
  }
}

extension Engine {
  /// One slice. Each execution is judged when its slice comes, so one that has left its node since
  /// goes from where it is now.
  mutating func advanceMigration(of campaign: CampaignID) {
    guard let done = state[campaign].migration.migratedMembers else { return }
    let graph = state.graph(of: campaign)
    let moves = Dictionary(
      state[campaign].migration.nodeMoves.map { (Int($0.from), Int($0.to)) },
      uniquingKeysWith: { $1 })
    let members = state.members(of: campaign)
    let last = min(done + Limits.executionsPerSlice, members.count)
    for index in done..<max(done, last) {
      let id = members[index]
      guard !state[id].status.isEnded, let node = state[id].node, let target = moves[node] else {
        continue
      }
      migrate(id, to: target, graph.result(of: state[id], movedTo: target))
    }
    emit(MigrationAdvanced(campaign: campaign, done: last < members.count ? last : nil))
  }

  private mutating func migrate(_ id: ExecutionID, to node: Int, _ result: MigrationResult) {
    let isEnteredAnew = result == .enteredAnew
    if isEnteredAnew {
      setAsideReplies(of: id)
      cancelQueued(of: id)
    }
    emit(
      ExecutionMigrated(
        execution: id, node: UInt16(truncatingIfNeeded: node), isEnteredAnew: isEnteredAnew))
    if isEnteredAnew {
      releaseTurn(of: id)
      workOffWoken()
    }
  }
}
