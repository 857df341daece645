/// The bare shape of a chatflow: who leads where. Both the check and the compiled graph ask it.
struct GraphOutline {
  let types: [NodeType]
  let handles: [[String]]
  /// Per node and handle, the node that is entered.
  private(set) var targets: [[Int?]]
  private(set) var indexByID: [String: Int] = [:]

  init(_ document: ChatflowDocument) {
    types = document.nodes.map(\.data.tag)
    handles = document.nodes.map(\.data.node.handles)
    targets = handles.map { Array(repeating: nil, count: $0.count) }
    for (index, node) in document.nodes.enumerated() where indexByID[node.id] == nil {
      indexByID[node.id] = index
    }
    for edge in document.edges {
      guard let source = indexByID[edge.source], let target = indexByID[edge.target],
        let handle = handles[source].firstIndex(of: edge.handle), targets[source][handle] == nil
      else { continue }
      targets[source][handle] = target
    }
  }

  func successors(of node: Int) -> [Int] {
    var seen: [Int] = []
    for case let target? in targets[node] where !seen.contains(target) { seen.append(target) }
    return seen
  }

  /// Nodes that an execution may reach before it first waits for anything; waits are not among them.
  func reachableBeforeWait(from start: Int) -> Set<Int> {
    reachable(from: [start]) { types[$0].isWait ? [] : successors(of: $0) }
      .filter { !types[$0].isWait }
  }

  func reachable(from starts: [Int], next: (Int) -> [Int]) -> Set<Int> {
    var seen = Set(starts)
    var queue = starts
    while let node = queue.popLast() {
      for target in next(node) where seen.insert(target).inserted { queue.append(target) }
    }
    return seen
  }

  /// The wait that a send node's buttons answer: the first one along the ways out "default".
  func answeringWait(of node: Int) -> Int? {
    guard types[node].sends else { return nil }
    var current = node
    for _ in 0..<types.count {
      guard let handle = handles[current].firstIndex(of: "default"),
        let next = targets[current][handle]
      else { return nil }
      if types[next] == .waitReply { return next }
      if types[next].sends || types[next].isWait { return nil }
      current = next
    }
    return nil
  }

  /// A cycle in which nothing ever waits, as the nodes on it.
  func cycleWithoutWait() -> [Int]? {
    var state = Array(repeating: 0, count: types.count)
    for start in types.indices where state[start] == 0 && !types[start].isWait {
      var path: [(node: Int, rest: ArraySlice<Int>)] = [(start, successors(of: start)[...])]
      state[start] = 1
      while let top = path.last {
        guard let next = top.rest.first else {
          state[top.node] = 2
          path.removeLast()
          continue
        }
        path[path.count - 1].rest.removeFirst()
        if types[next].isWait || state[next] == 2 { continue }
        if state[next] == 1 {
          return Array(path.map(\.node).drop { $0 != next })
        }
        state[next] = 1
        path.append((next, successors(of: next)[...]))
      }
    }
    return nil
  }

  /// Per node the number of nodes on the longest way to where nothing follows, none visited twice.
  /// That is hard in general, so graphs with many cycles get the best way found in a fixed number
  /// of steps: progress bars can live with that.
  func longestWays() -> [Int] {
    if let ways = longestWaysWithoutCycles() { return ways }
    return types.indices.map { start in
      var steps = 20_000
      var visited = Set<Int>()
      return longestWay(from: start, visited: &visited, steps: &steps)
    }
  }

  private func longestWaysWithoutCycles() -> [Int]? {
    var waiting = types.indices.map { successors(of: $0).count }
    var predecessors = Array(repeating: [Int](), count: types.count)
    for node in types.indices {
      for target in successors(of: node) { predecessors[target].append(node) }
    }
    var ways = Array(repeating: 1, count: types.count)
    var done = types.indices.filter { waiting[$0] == 0 }
    var doneCount = 0
    while let node = done.popLast() {
      doneCount += 1
      for before in predecessors[node] {
        ways[before] = max(ways[before], ways[node] + 1)
        waiting[before] -= 1
        if waiting[before] == 0 { done.append(before) }
      }
    }
    return doneCount == types.count ? ways : nil
  }

  /// Recursion is at most as deep as a graph has nodes, which is limited.
  private func longestWay(from node: Int, visited: inout Set<Int>, steps: inout Int) -> Int {
    guard steps > 0 else { return 1 }
    steps -= 1
    visited.insert(node)
    var best = 0
    for next in successors(of: node) where !visited.contains(next) {
      best = max(best, longestWay(from: next, visited: &visited, steps: &steps))
    }
    visited.remove(node)
    return best + 1
  }
}
