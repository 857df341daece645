/// The earliest moment at which any guest can be at each node of a flow that begins now: as if every
/// answer came at once. Nil where no way leads.
struct ArrivalForecast {
  private(set) var arrivals: [Timestamp?]
  /// Ways out that were looked at: those of each node once.
  private(set) var looks = 0

  init(_ document: ChatflowDocument, _ outline: GraphOutline, project: Project, now: Timestamp) {
    arrivals = Array(repeating: nil, count: document.nodes.count)
    guard let trigger = document.nodes.firstIndex(where: { $0.data.traits.contains(.entry) }) else {
      return
    }
    arrivals[trigger] = now
    var open: Set<Int> = [trigger]
    var left = Set<Int>()
    // The one that is reached first cannot be reached any sooner by way of the others: nobody
    // leaves before they came, whatever a duration says that the check is about to refuse.
    while let node = open.min(by: { (time($0), $0) < (time($1), $1) }) {
      open.remove(node)
      left.insert(node)
      for (handle, target) in zip(outline.handles[node], outline.targets[node]) {
        looks += 1
        guard let target, !left.contains(target) else { continue }
        let moment = max(
          time(node),
          document.nodes[node].data.content.departure(by: handle, from: time(node), in: project))
        if arrivals[target].map({ moment < $0 }) ?? true {
          arrivals[target] = moment
          open.insert(target)
        }
      }
    }
  }

  private func time(_ node: Int) -> Timestamp { arrivals[node] ?? .distantFuture }
}
