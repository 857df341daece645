/// The earliest moment at which any guest can be at each node of a flow that begins now: as if every
/// answer came at once. Nil where no way leads.
struct ArrivalForecast {
  private(set) var arrivals: [Timestamp?]
  /// Ways out that were looked at: those of each node once.
  private(set) var looks = 0

  init(_ document: ChatflowDocument, _ outline: GraphOutline, project: Project, now: Timestamp) {
    arrivals = Array(repeating: nil, count: document.nodes.count)
    guard let trigger = document.nodes.firstIndex(where: { $0.data.tag == .trigger }) else {
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
          Self.departure(document.nodes[node].data.content, handle, from: time(node), project))
        if arrivals[target].map({ moment < $0 }) ?? true {
          arrivals[target] = moment
          open.insert(target)
        }
      }
    }
  }

  private func time(_ node: Int) -> Timestamp { arrivals[node] ?? .distantFuture }

  /// When a guest who came at a time may leave by a way out.
  private static func departure(
    _ data: NodeData.Content, _ handle: String, from arrival: Timestamp, _ project: Project
  ) -> Timestamp {
    switch data {
    case .waitReply(let wait) where handle == "timeout": return arrival + wait.timeout
    case .guestForm(let form) where handle == "timeout": return arrival + form.timeout
    case .delay(let delay):
      if let span = delay.span { return arrival + span }
      if let until = delay.until { return until }
      guard let offset = delay.relativeToEvent, let index = project.eventIndex(of: offset.event)
      else { return arrival }
      // A time of that day may lie a day before the offset's own, and a day may be longer than usual.
      let slack = TimeSpan.hours((offset.at == nil ? 0 : -24) - (offset.offset.days == 0 ? 0 : 2))
      return project.events[index].startsAt + offset.offset.usualLength + slack
    default: return arrival
    }
  }
}
