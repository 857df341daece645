/// When the last guest of a running campaign is through, if those who are silent now stay so: what
/// holds a campaign open are its waits, so the pace of the first answers says little about its end.
package struct ExpectedEnd {
  private let state: State
  private let campaign: CampaignID
  private let now: Timestamp

  package init(of campaign: CampaignID, in state: State, at now: Timestamp) {
    (self.campaign, self.state, self.now) = (campaign, state, now)
  }

  /// Nil unless it runs and all of its audience is in it.
  package var time: Timestamp? {
    let row = state[campaign]
    guard row.status == .running, row.counters.open > 0, row.progress.enrolment?.isFinished == true
    else {
      return nil
    }
    let ways = LongestStays(state.graph(of: campaign)) {
      state.scaled($0.longestStay(in: campaign, at: now, state), in: campaign)
    }
    let backlog = backlog
    var end = now + backlog
    for (node, count) in row.counters.funnel.enumerated() where count.inside > 0 {
      end = max(end, self.end(from: node, ways, backlog))
    }
    return end
  }

  /// Whoever is at the node has the rest of the way before them, counted from now. But nobody entered
  /// the flow later than the newest guest did, so where that gives an earlier end it is the truer
  /// one, unless something has held the guests up.
  private func end(from node: Int, _ ways: LongestStays, _ backlog: TimeSpan) -> Timestamp {
    let fromNow = now + ways.from[node]
    guard let enrolled = lastEnrolment else { return fromNow }
    let fromStart = enrolled + ways.before[node] + ways.from[node] + backlog
    return fromStart > now ? min(fromNow, fromStart) : fromNow
  }

  private var lastEnrolment: Timestamp? {
    let timeline = state[campaign].counters.timeline
    return timeline.buckets.last { $0[.enrolled] > 0 }.map {
      min(timeline.start(of: $0) + timeline.width, now)
    }
  }

  /// How long the messages that wait in the lane take with all that holds them.
  private var backlog: TimeSpan {
    var pace = SendingPace(of: campaign, in: state, at: now)
    let queued = Int64(state[campaign].counters.messages[MessageStatus.queued.index])
    return pace.end(of: queued, from: now) - now
  }
}

/// Longest times through a graph. Ways back to where a walk has been are left out, so that loops end.
struct LongestStays {
  /// From entering a node until the end.
  private(set) var from: [TimeSpan]
  /// From the trigger until entering a node.
  private(set) var before: [TimeSpan]

  private enum Mark { case unseen, open, done }

  init(_ graph: ChatflowGraph, stay: (any NodeContent) -> TimeSpan) {
    let nodes = graph.nodes
    let stays = nodes.map { stay($0.data) }
    from = stays
    before = Array(repeating: .zero, count: nodes.count)
    var marks = Array(repeating: Mark.unseen, count: nodes.count)
    /// Nodes after all that they lead to, and the ways that are not left out.
    var finished: [Int] = []
    var ways = Array(repeating: [Int](), count: nodes.count)
    let triggers = nodes.indices.filter { nodes[$0].traits.contains(.entry) }
    for start in triggers + Array(nodes.indices) where marks[start] == .unseen {
      var path = [(node: start, rest: nodes[start].targets.compactMap { $0 }[...])]
      marks[start] = .open
      while let top = path.last {
        guard let next = top.rest.first else {
          marks[top.node] = .done
          finished.append(top.node)
          path.removeLast()
          continue
        }
        path[path.count - 1].rest.removeFirst()
        if marks[next] == .open { continue }
        ways[top.node].append(next)
        if marks[next] == .unseen {
          marks[next] = .open
          path.append((next, nodes[next].targets.compactMap { $0 }[...]))
        }
      }
    }
    for node in finished {
      let rest = ways[node].map { from[$0] }.max() ?? .zero
      from[node] = Self.sum(stays[node], rest)
    }
    for node in finished.reversed() {
      for next in ways[node] {
        before[next] = max(before[next], Self.sum(before[node], stays[node]))
      }
    }
  }

  private static func sum(_ one: TimeSpan, _ other: TimeSpan) -> TimeSpan {
    let (sum, overflow) = one.milliseconds.addingReportingOverflow(other.milliseconds)
    return TimeSpan(milliseconds: overflow ? .max : sum)
  }
}
