/// The nodes of a graph by who leads back to whom: two are of one group where each leads to the other.
/// Between groups no way leads back, and each group comes after all that it leads to (Tarjan).
struct NodeGroups {
  private(set) var groups: [[Int]] = []
  /// Per node, the number of its group.
  private(set) var groupOf: [Int]

  /// Where the walk has come to: a node, and which of its ways out is next.
  private typealias Place = (node: Int, way: Int)

  /// Every node and every way is looked at once. Without recursion: a graph may be one long circle.
  init(_ successors: [[Int]]) {
    groupOf = Array(repeating: -1, count: successors.count)
    /// When a node was met, and the earliest met among those that it leads back to.
    var met = groupOf
    var earliest = groupOf
    var count = 0
    var ungrouped: [Int] = []
    var path: [Place] = []

    func enter(_ node: Int) {
      (met[node], earliest[node]) = (count, count)
      count += 1
      ungrouped.append(node)
      path.append((node, 0))
    }

    for start in successors.indices where met[start] < 0 {
      enter(start)
      while let (node, way) = path.last {
        if way < successors[node].count {
          let next = successors[node][way]
          path[path.count - 1].way += 1
          if met[next] < 0 {
            enter(next)
          } else if groupOf[next] < 0 {
            earliest[node] = min(earliest[node], met[next])
          }
          continue
        }
        path.removeLast()
        if let before = path.last?.node { earliest[before] = min(earliest[before], earliest[node]) }
        guard earliest[node] == met[node], let first = ungrouped.lastIndex(of: node) else {
          continue
        }
        for member in ungrouped[first...] { groupOf[member] = groups.count }
        groups.append(Array(ungrouped[first...]))
        ungrouped.removeSubrange(first...)
      }
    }
  }
}
