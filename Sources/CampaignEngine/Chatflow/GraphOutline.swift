/// The bare shape of a chatflow: who leads where. Both the check and the compiled graph ask it.
/// Each walk looks at every node and every way once, but for `LongestWays`, which counts its looks.
struct GraphOutline {
  let traits: [NodeTraits]
  let handles: [[String]]
  /// Per node and handle, the node that is entered.
  private(set) var targets: [[Int?]]
  private(set) var indexByID: [String: Int] = [:]
  /// Per node those that it leads to, each once.
  private let followers: [[Int]]
  /// Per node whether nobody passes it at once, however often they come.
  private let alwaysHolds: [Bool]
  private let answeringWaits: [Int?]
  private let answeringForms: [Int?]
  /// Per node those to which somebody may come at once.
  private let passedAtOnce: [[Int]]

  init(_ document: ChatflowDocument) {
    traits = document.nodes.map(\.data.traits)
    handles = document.nodes.map(\.data.content.handles)
    alwaysHolds = document.nodes.map(\.data.content.alwaysHolds)
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
    followers = targets.map { ways in
      var seen: [Int] = []
      for case let target? in ways where !seen.contains(target) { seen.append(target) }
      return seen
    }
    let byDefault = zip(handles, targets).map { handles, targets in
      handles.firstIndex(of: "default").flatMap { targets[$0] }
    }
    passedAtOnce = zip(document.nodes, zip(handles, targets)).map { node, ways in
      zip(ways.0, ways.1).compactMap { handle, target in
        node.data.content.passesAtOnce(by: handle) ? target : nil
      }
    }
    answeringWaits = Self.firstWaits(traits, byDefault)
    answeringForms = byDefault.map { [traits] next in
      next.flatMap { traits[$0].contains(.takesForm) ? $0 : nil }
    }
  }

  func successors(of node: Int) -> [Int] { followers[node] }

  /// Nodes that an execution may reach before it first waits for anything; waits are not among them.
  func reachableBeforeWait(from start: Int) -> Set<Int> {
    nodes(reachableFrom: [start]) { traits[$0].contains(.waits) ? [] : successors(of: $0) }
      .filter { !traits[$0].contains(.waits) }
  }

  /// The wait that a send node's buttons answer: the first one along the ways out "default".
  func answeringWait(of node: Int) -> Int? {
    if traits[node].contains(.sendsForm) { return answeringForms[node] }
    return traits[node].contains(.sends) ? answeringWaits[node] : nil
  }

  /// Per node the first wait for a reply along the ways out "default", before anything else is sent or
  /// waited for. What the node after it has found holds for it too, so long ways are walked once.
  private static func firstWaits(_ traits: [NodeTraits], _ byDefault: [Int?]) -> [Int?] {
    var waits = [Int?](repeating: nil, count: traits.count)
    var isKnown = Array(repeating: false, count: traits.count)
    for start in traits.indices {
      var path: [Int] = []
      var found: Int?
      var current: Int? = start
      // A node counts as known as soon as it is on the path: a way back to it finds nothing.
      while let node = current, !isKnown[node] {
        isKnown[node] = true
        path.append(node)
        current = byDefault[node]
        guard let next = current else { break }
        if traits[next].contains(.isPrompted) { found = next }
        if !traits[next].isDisjoint(with: [.sends, .waits]) {
          current = nil
        } else if isKnown[next] {
          found = waits[next]
        }
      }
      for node in path { waits[node] = found }
    }
    return waits
  }

  /// A cycle in which nothing ever waits, as the nodes on it.
  func cycleWithoutWait() -> [Int]? {
    var state = Array(repeating: 0, count: traits.count)
    for start in traits.indices where state[start] == 0 && !alwaysHolds[start] {
      var path: [(node: Int, rest: ArraySlice<Int>)] = [(start, passedAtOnce[start][...])]
      state[start] = 1
      while let top = path.last {
        guard let next = top.rest.first else {
          state[top.node] = 2
          path.removeLast()
          continue
        }
        path[path.count - 1].rest.removeFirst()
        if alwaysHolds[next] || state[next] == 2 { continue }
        if state[next] == 1 {
          return Array(path.map(\.node).drop { $0 != next })
        }
        state[next] = 1
        path.append((next, passedAtOnce[next][...]))
      }
    }
    return nil
  }

  /// Per node the number of nodes on the longest way to where nothing follows, none visited twice.
  func longestWays() -> [Int] { LongestWays(followers).ways }
}
