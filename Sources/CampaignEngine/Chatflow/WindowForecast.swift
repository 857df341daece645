/// Where in a flow the session window may be closed: on every way that comes from the trigger, or
/// from a wait of a day or more, without an answer of the guest in between.
struct WindowForecast {
  let nodesWithClosedWindow: Set<Int>

  init(_ document: ChatflowDocument, _ outline: GraphOutline) {
    var closed = Set<Int>()
    var queue: [Int] = []
    func close(_ targets: [Int]) {
      for target in targets where closed.insert(target).inserted { queue.append(target) }
    }
    /// Nodes that the ways out lead to which change the window so.
    func targets(of node: Int, where isMeant: (WindowChange) -> Bool) -> [Int] {
      let content = document.nodes[node].data.content
      return zip(outline.handles[node], outline.targets[node]).compactMap { handle, target in
        isMeant(content.window(leavingBy: handle)) ? target : nil
      }
    }
    for node in document.nodes.indices { close(targets(of: node) { $0 == .closes }) }
    while let node = queue.popLast() { close(targets(of: node) { $0 != .opens }) }
    nodesWithClosedWindow = closed
  }
}
