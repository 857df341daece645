/// Per node the number of nodes on the longest way to where nothing follows, none visited twice.
///
/// That is hard only where ways lead back. So nodes that lead to one another are one group: from
/// group to group the numbers are exact, and within a group all ways are tried. The looks that this
/// takes are bounded once for the whole graph. Where they do not suffice the group counts in full,
/// since no way is longer; progress bars can live with that.
struct LongestWays {
  private(set) var ways: [Int]
  /// Ways out that were looked at within groups.
  private(set) var looks = 0

  private let successors: [[Int]]
  private let groupOf: [Int]
  /// Per node, the longest way that begins by leaving its group.
  private var exits: [Int]
  private var isOnPath: [Bool]

  init(_ successors: [[Int]], mostLooks: Int = Limits.looksForLongestWays) {
    let graph = NodeGroups(successors)
    (self.successors, groupOf) = (successors, graph.groupOf)
    ways = Array(repeating: 0, count: successors.count)
    exits = ways
    isOnPath = Array(repeating: false, count: successors.count)
    /// Nodes whose ways are still to be tried: they share what is left of the looks.
    var untried = graph.groups.reduce(0) { $1.count > 1 ? $0 + $1.count : $0 }
    for group in graph.groups {
      for node in group {
        let leaving = successors[node].filter { groupOf[$0] != groupOf[node] }
        exits[node] = leaving.map { ways[$0] }.max() ?? 0
      }
      let most = group.count + (group.map { exits[$0] }.max() ?? 0)
      for node in group {
        if group.count == 1 {
          ways[node] = most
        } else {
          ways[node] = longestWay(
            from: node, most: most, mostLooks: (mostLooks - looks) / untried)
          untried -= 1
        }
      }
    }
  }

  /// Tries all ways from a node through its group and out of it.
  private mutating func longestWay(from start: Int, most: Int, mostLooks: Int) -> Int {
    let lastLook = looks + mostLooks
    var best = exits[start] + 1
    var path = [(node: start, way: 0)]
    isOnPath[start] = true
    defer { for (node, _) in path { isOnPath[node] = false } }
    while best < most, let (node, way) = path.last {
      guard way < successors[node].count else {
        isOnPath[node] = false
        path.removeLast()
        continue
      }
      guard looks < lastLook else { return most }
      looks += 1
      path[path.count - 1].way += 1
      let next = successors[node][way]
      guard groupOf[next] == groupOf[node], !isOnPath[next] else { continue }
      isOnPath[next] = true
      path.append((next, 0))
      best = max(best, path.count + exits[next])
    }
    return best
  }
}
