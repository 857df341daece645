import Wire

/// Where executions go that stand at a node of an older version. Numbers are those of the graph that
/// holds all versions of the campaign.
package struct NodeMove: WireObject, Equatable {
  package var from: UInt16 = 0
  package var to: UInt16 = 0

  package init() {}
  package init(from: Int, to: Int) {
    (self.from, self.to) = (UInt16(truncatingIfNeeded: from), UInt16(truncatingIfNeeded: to))
  }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("from", &from, "Node of the older version.")
    try visit.field("to", &to, "Node of the newer one.")
  }
}

extension State {
  /// The node with this identifier in the version that an execution walks now. A name from an older
  /// version, on a button that was sent long ago, is followed to where its node went.
  func node(named id: String, for row: Execution) -> Int? {
    let graph = graph(of: row.campaign)
    let region = row.node.map(graph.region) ?? graph.newestRegion
    if let node = graph.index(of: id, region: region) { return node }
    let moves = self[row.campaign].migration.nodeMoves
    for older in stride(from: region - 1, through: 0, by: -1) {
      guard let start = graph.index(of: id, region: older) else { continue }
      return moves.reduce(start) { node, move in
        Int(move.from) == node && graph.region(of: Int(move.to)) <= region ? Int(move.to) : node
      }
    }
    return nil
  }
}
