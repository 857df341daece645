import Wire

@testable import CampaignEngine

/// Where a live state and one that was replayed or restored differ; nil where they do not. Nothing is
/// listed here but what may differ: every property of the state is walked by reflection, so that a table or
/// an index that somebody adds is compared from its first day.
struct StateComparison {
  private let live: State
  private let other: State

  static func firstDifference(_ live: State, _ other: State) -> String? {
    let comparison = StateComparison(live: live, other: other)
    return comparison.difference(live, other, at: "State")
      ?? comparison.differenceOfGatewayIDs()
  }

  /// The cheap part: what goes wrong first when anything does.
  static func firstQuickDifference(_ live: State, _ other: State) -> String? {
    if live.now != other.now { return "now" }
    for (index, (one, twin)) in zip(live.projects.rows, other.projects.rows).enumerated() {
      if one.executions.count != twin.executions.count { return "executions of \(index)" }
      if one.messages.count != twin.messages.count { return "messages of \(index)" }
      if one.campaigns.rows.map(\.counters) != twin.campaigns.rows.map(\.counters) {
        return "counters of \(index)"
      }
      if one.counters != twin.counters { return "counters of project \(index)" }
    }
    return nil
  }

  // MARK: What may differ

  /// By type and property.
  private static let exceptions: [String: @Sendable (Any, Any, StateComparison) -> Bool] = [
    // An entry that was looked at and found outdated is gone live; a replayed one does nothing.
    "State.timers": { one, other, _ in isPart(one, of: other) { (list: Timer) in TimerKey(list) } },
    "State.alarms": { one, other, _ in isPart(one, of: other) { (list: Alarm) in AlarmKey(list) } },
    // How far packing has come is no part of what the engine knows.
    "State.packing": { _, _, _ in true },
    // Numbers of entries begin anew.
    "State.idempotency": { one, other, _ in
      (one as? IdempotencyTable)?.all == (other as? IdempotencyTable)?.all
    },
    // The places of a hash table tell in which order it was filled; `differenceOfGatewayIDs` asks it.
    "SenderState.messagesByGatewayID": { _, _, _ in true },
    // What no longer counts goes when somebody else enters; a snapshot leaves it out.
    "SenderState.dailySends": { one, other, states in
      states.counting(one, at: states.live) == states.counting(other, at: states.other)
    },
    // A message that was set aside during a pause is out of its lane live; replayed it is there, and
    // is set aside again when its turn comes.
    "SenderState.priorityLane": { one, other, _ in isPart(lane: one, of: other) },
    "SenderState.looseLane": { one, other, _ in isPart(lane: one, of: other) },
    "SenderState.looseBlocked": { one, other, _ in isPart(blocked: one, of: other) },
    "CampaignIndex.lane": { one, other, _ in isPart(lane: one, of: other) },
    "CampaignIndex.blocked": { one, other, _ in isPart(blocked: one, of: other) },
    // A graph is parsed from a document that is compared.
    "CampaignIndex.mergedGraph": { one, other, _ in
      (one as? ChatflowGraph).map(shape) == (other as? ChatflowGraph).map(shape)
    },
    "ChatflowVersion.graph": { one, other, _ in
      one as AnyObject === other as AnyObject
        || (one as? ChatflowGraph).map(shape) == (other as? ChatflowGraph).map(shape)
    },
  ]

  // MARK: The walk

  private func difference(_ one: Any, _ other: Any, at path: String) -> String? {
    if let one = one as? any ComparedPart { return one.difference(from: other, at: path) }
    if let one = one as? any WireObject, let other = other as? any WireObject {
      return Binary.encode(one) == Binary.encode(other) ? nil : path
    }
    if let one = one as? any Equatable { return one.isSame(as: other) ? nil : path }
    let (left, right) = (Mirror(reflecting: one), Mirror(reflecting: other))
    guard !left.children.isEmpty || !right.children.isEmpty else {
      return "\(one)" == "\(other)" ? nil : path
    }
    guard left.children.count == right.children.count else { return "\(path): count" }
    let type = "\(Swift.type(of: one))"
    for (index, (mine, theirs)) in zip(left.children, right.children).enumerated() {
      let label = mine.label ?? "\(index)"
      if let isSame = Self.exceptions["\(type).\(label)"] {
        if !isSame(mine.value, theirs.value, self) { return "\(path).\(label)" }
      } else if let found = difference(mine.value, theirs.value, at: "\(path).\(label)") {
        return found
      }
    }
    return nil
  }

  /// Reports find their message by every id that one of its attempts had.
  private func differenceOfGatewayIDs() -> String? {
    var fault: String?
    for project in live.projects.rows {
      project.messages.forEach { _, row in
        for id in row.gatewayIDs
        where live.message(named: id, at: row.sender) != other.message(named: id, at: row.sender) {
          fault = "gateway id \(id)"
        }
      }
    }
    return fault
  }

  // MARK: Rules of the exceptions

  private static func isPart<Element, Key: Hashable>(
    _ one: Any, of other: Any, by key: (Element) -> Key
  ) -> Bool where Element: Comparable & Sendable {
    guard let one = one as? SortedChunks<Element>, let other = other as? SortedChunks<Element>
    else { return false }
    return Set(one.all.map(key)).isSubset(of: other.all.map(key))
  }

  private static func isPart(lane one: Any, of other: Any) -> Bool {
    isPart(one, of: other) { (entry: LaneEntry) in LaneKey(entry) }
  }

  private static func isPart(blocked one: Any, of other: Any) -> Bool {
    guard let one = one as? BlockedLanes, let other = other as? BlockedLanes else { return false }
    return one.lanes.allSatisfy { lane in
      other.lanes.contains { $0.block == lane.block && isPart(lane: lane.lane, of: $0.lane) }
    }
  }

  private func counting(_ sends: Any, at state: State) -> [DailyKey]? {
    (sends as? SortedChunks<DailySend>)?.all.filter { $0.at + DailyLimit.length > state.now }
      .map(DailyKey.init)
  }

  private static func shape(_ graph: ChatflowGraph) -> String {
    "\(graph.reads) \(graph.nodes.map(\.targets))"
  }

  // MARK: Timers

  /// True where every deadline has its timer.
  static func hasCurrentTimers(_ state: State) -> Bool {
    let timers = Set(state.timers.all.map(TimerKey.init))
    let alarms = Set(state.alarms.all.map(AlarmKey.init))
    var isComplete = true
    for (space, project) in state.projects.rows.enumerated() {
      project.executions.forEach { counter, row in
        guard !row.status.isEnded, let wait = row.wait, wait.until > .zero else { return }
        let timer = CampaignEngine.Timer(
          due: wait.until, execution: ExecutionID(space: UInt32(space), counter: counter),
          generation: row.generation)
        if !timers.contains(TimerKey(timer)) { isComplete = false }
      }
      for (index, reminder) in project.reminders.rows.enumerated()
      where reminder.row.phase == .scheduled {
        let id = ReminderID(space: UInt32(space), counter: UInt32(index + 1))
        let alarm = Alarm(.reminder, id.rawValue, due: reminder.row.dueAt)
        if !alarms.contains(AlarmKey(alarm)) { isComplete = false }
      }
    }
    return isComplete
  }
}

/// A part of the state that is not compared property by property.
private protocol ComparedPart {
  func difference(from other: Any, at path: String) -> String?
}

/// Rows with their links, whether or not they are packed.
extension ChunkedTable: ComparedPart {
  fileprivate func difference(from other: Any, at path: String) -> String? {
    guard let other = other as? Self else { return path }
    if count != other.count { return "\(path): count" }
    var fault: String?
    forEach { counter, row in
      let twin = other[counter]
      if fault == nil, row.links != twin.links || Binary.encode(row) != Binary.encode(twin) {
        fault = "\(path) \(counter)"
      }
    }
    return fault
  }
}

/// Where its chunks end tells in which order it was filled.
extension SortedChunks: ComparedPart {
  fileprivate func difference(from other: Any, at path: String) -> String? {
    (other as? Self)?.all == all ? nil : path
  }
}

/// One that was emptied has its shards still.
extension ShardedIndex: ComparedPart {
  fileprivate func difference(from other: Any, at path: String) -> String? {
    guard let other = other as? Self, count == other.count else { return path }
    guard count > 0 else { return nil }
    let (mine, theirs) = (Mirror(reflecting: self).children, Mirror(reflecting: other).children)
    for (one, twin) in zip(mine, theirs) where one.label == "shards" {
      guard let shards = one.value as? any Equatable else { return "\(path): cannot be compared" }
      return shards.isSame(as: twin.value) ? nil : path
    }
    return "\(path): has no shards"
  }
}

extension Equatable {
  fileprivate func isSame(as other: Any) -> Bool { self == other as? Self }
}
private struct TimerKey: Hashable {
  let due: Timestamp, execution: ExecutionID, generation: UInt32

  init(_ timer: CampaignEngine.Timer) {
    (due, execution, generation) = (timer.due, timer.execution, timer.generation)
  }
}

private struct AlarmKey: Hashable {
  let due: Timestamp, kind: Alarm.Kind, id: UInt64

  init(_ alarm: Alarm) { (due, kind, id) = (alarm.due, alarm.kind, alarm.id) }
}

private struct DailyKey: Hashable {
  let at: Timestamp, person: UInt32

  init(_ send: DailySend) { (at, person) = (send.at, send.person) }
}

private struct LaneKey: Hashable {
  let readyAt: Timestamp, message: MessageID

  init(_ entry: LaneEntry) { (readyAt, message) = (entry.readyAt, entry.message) }
}

extension SortedChunks {
  /// All elements in order.
  var all: [Element] {
    var rest = self
    var found: [Element] = []
    while let next = rest.popFirst() { found.append(next) }
    return found
  }
}

extension ChunkedList {
  var all: [Value] { (0..<count).map { self[$0] } }
}
