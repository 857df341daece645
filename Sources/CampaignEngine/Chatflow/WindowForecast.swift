/// Where in a flow the session window may be closed: on every way that comes from the trigger, or
/// from a wait of a day or more, without an answer of the guest in between.
struct WindowForecast {
  let nodesWithClosedWindow: Set<Int>

  init(_ document: ChatflowDocument, _ outline: GraphOutline) {
    var closed = Set<Int>()
    var queue: [Int] = []
    func close(_ target: Int?) {
      if let target, closed.insert(target).inserted { queue.append(target) }
    }
    for (index, node) in document.nodes.enumerated() {
      switch node.data.content {
      case .trigger: close(index)
      case .waitReply(let wait) where wait.timeout >= SessionWindow.length:
        close(Self.target(of: "timeout", from: index, outline))
      case .guestForm(let form) where form.timeout >= SessionWindow.length:
        close(Self.target(of: "timeout", from: index, outline))
      case .delay(let delay) where delay.span.map({ $0 >= SessionWindow.length }) ?? true:
        outline.successors(of: index).forEach(close)
      default: break
      }
    }
    while let node = queue.popLast() {
      switch outline.types[node] {
      case .waitReply, .guestForm: close(Self.target(of: "timeout", from: node, outline))
      default: outline.successors(of: node).forEach(close)
      }
    }
    nodesWithClosedWindow = closed
  }

  private static func target(of handle: String, from node: Int, _ outline: GraphOutline) -> Int? {
    outline.handles[node].firstIndex(of: handle).flatMap { outline.targets[node][$0] }
  }
}
