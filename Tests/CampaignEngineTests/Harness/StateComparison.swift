import Wire

@testable import CampaignEngine

/// Where a live state and one that was replayed from the journal differ; nil where they do not.
/// Rows are compared in their binary form, with the links and indexes that snapshots leave out.
struct StateComparison {
  let live: State
  let replayed: State

  static func firstDifference(_ live: State, _ replayed: State) -> String? {
    let comparison = StateComparison(live: live, replayed: replayed)
    return comparison.differenceOfWhole() ?? comparison.differenceOfSenders()
      ?? comparison.differenceOfProjects()
  }

  /// The cheap part: what goes wrong first when anything does.
  static func firstQuickDifference(_ live: State, _ replayed: State) -> String? {
    if live.now != replayed.now { return "now" }
    for (index, (one, other)) in zip(live.projects.rows, replayed.projects.rows).enumerated() {
      if one.executions.count != other.executions.count { return "executions of \(index)" }
      if one.messages.count != other.messages.count { return "messages of \(index)" }
      if one.campaigns.rows.map(\.counters) != other.campaigns.rows.map(\.counters) {
        return "counters of \(index)"
      }
      if one.counters != other.counters { return "counters of project \(index)" }
    }
    return nil
  }

  /// True where every deadline has its timer.
  static func hasCurrentTimers(_ state: State) -> Bool {
    let timers = Set(state.timers.all.map(TimerKey.init))
    var isComplete = true
    for (space, project) in state.projects.rows.enumerated() {
      project.executions.forEach { counter, row in
        guard !row.status.isEnded, let wait = row.wait, wait.until > .zero else { return }
        let timer = CampaignEngine.Timer(
          due: wait.until, execution: ExecutionID(space: UInt32(space), counter: counter),
          generation: row.generation)
        if !timers.contains(TimerKey(timer)) { isComplete = false }
      }
    }
    let alarms = Set(state.alarms.all.map(AlarmKey.init))
    for (space, project) in state.projects.rows.enumerated() {
      for (index, reminder) in project.reminders.rows.enumerated()
      where reminder.row.phase == .scheduled {
        let id = ReminderID(space: UInt32(space), counter: UInt32(index + 1))
        let alarm = Alarm(.reminder, id.rawValue, due: reminder.row.dueAt)
        if !alarms.contains(AlarmKey(alarm)) { isComplete = false }
      }
    }
    return isComplete
  }

  private func differenceOfWhole() -> String? {
    if live.now != replayed.now { return "now" }
    if live.cause != replayed.cause { return "cause" }
    if live.zones != replayed.zones { return "zones" }
    if live.idempotency.all != replayed.idempotency.all { return "remembered results" }
    if !same(live.webhooks.tally, replayed.webhooks.tally) { return "tally of webhooks" }
    if live.webhooks.byteCount != replayed.webhooks.byteCount { return "bytes of webhooks" }
    if Binary.encode(live.webhooks.waiting) != Binary.encode(replayed.webhooks.waiting) {
      return "webhooks"
    }
    if live.senders.count != replayed.senders.count { return "count of senders" }
    if live.projects.count != replayed.projects.count { return "count of projects" }
    if live.busyCampaigns.all != replayed.busyCampaigns.all { return "busy campaigns" }
    if live.busyReminders.all != replayed.busyReminders.all { return "busy reminders" }
    // A timer that was looked at and found outdated is gone live; a replayed one does nothing.
    if !Set(live.timers.all.map(TimerKey.init)).isSubset(of: replayed.timers.all.map(TimerKey.init))
    {
      return "timers"
    }
    if !Set(live.alarms.all.map(AlarmKey.init)).isSubset(of: replayed.alarms.all.map(AlarmKey.init))
    {
      return "alarms"
    }
    return nil
  }

  private func differenceOfSenders() -> String? {
    for (index, (one, other)) in zip(live.senders.rows, replayed.senders.rows).enumerated() {
      if !same(one.row, other.row) { return "sender \(index)" }
      if one.parkedReports != other.parkedReports { return "parked reports of \(index)" }
      if one.erasedMessages != other.erasedMessages { return "erased messages of \(index)" }
      if one.needsAttention.all != other.needsAttention.all {
        return "attention of sender \(index)"
      }
      if one.runningCampaigns != other.runningCampaigns { return "running campaigns of \(index)" }
      if let fault = differenceOfGatewayIDs(one, other) { return "\(fault) of \(index)" }
      // What no longer counts goes when somebody else enters; a snapshot leaves it out.
      let counts = { (sender: SenderState, state: State) in
        sender.dailySends.all.filter { $0.at + DailyLimit.length > state.now }.map(DailyKey.init)
      }
      if counts(one, live) != counts(other, replayed) { return "daily sends of \(index)" }
      if !isPart(one.priorityLane, of: other.priorityLane) { return "priority lane of \(index)" }
      if !isPart(one.looseLane, of: other.looseLane) { return "loose lane of \(index)" }
      if !isPart(one.looseBlocked, of: other.looseBlocked) { return "blocked loose of \(index)" }
      let messages = difference(
        one.messages, other.messages, "message of sender \(index)", { UInt64($0.previousInChain) })
      if let messages { return messages }
      if let fault = difference(
        one.persons, other.persons, "person",
        { $0.lastGuest.rawValue ^ UInt64($0.lastLooseMessage) << 31 })
      {
        return fault
      }
      var fault: String?
      one.persons.forEach { row, person in
        if one.personsByPhone[person.phone] != other.personsByPhone[person.phone] {
          fault = "phone of person \(row)"
        }
        if one.personsByUserID[person.userID] != other.personsByUserID[person.userID] {
          fault = "user id of person \(row)"
        }
        for phone in person.otherPhones
        where one.personsByPhone[phone] != other.personsByPhone[phone] {
          fault = "another phone of person \(row)"
        }
        for id in person.otherUserIDs
        where one.personsByUserID[id] != other.personsByUserID[id] {
          fault = "another user id of person \(row)"
        }
      }
      if let fault { return fault }
    }
    return nil
  }

  /// Reports find their message by every id that one of its attempts had.
  private func differenceOfGatewayIDs(_ one: SenderState, _ other: SenderState) -> String? {
    var fault: String?
    for project in live.projects.rows where project.row.sender.counter >= 1 {
      guard live[project.row.sender].row.phone == one.row.phone else { continue }
      project.messages.forEach { _, row in
        for id in row.gatewayIDs
        where live.message(named: id, at: project.row.sender)
          != replayed.message(named: id, at: project.row.sender)
        {
          fault = "gateway id \(id)"
        }
      }
    }
    return fault
  }

  private func differenceOfProjects() -> String? {
    for (index, (one, other)) in zip(live.projects.rows, replayed.projects.rows).enumerated() {
      if !same(one.row, other.row) { return "project \(index)" }
      if !same(one.counters, other.counters) { return "counters of project \(index)" }
      if one.joinableCampaigns != other.joinableCampaigns { return "joinable campaigns" }
      if one.bulks.rows.map({ Binary.encode($0.row) })
        != other.bulks.rows.map({ Binary.encode($0.row) })
      {
        return "bulk operations of \(index)"
      }
      for (bulk, twin) in zip(one.bulks.rows, other.bulks.rows) {
        if let fault = difference(bulk.items, twin.items, "bulk item") { return fault }
      }
      if one.symbols.texts != other.symbols.texts { return "symbols of \(index)" }
      if one.templates != other.templates { return "templates of \(index)" }
      if one.templatesByName != other.templatesByName { return "template names of \(index)" }
      if one.needsAttention.all != other.needsAttention.all { return "attention of \(index)" }
      if one.reminders.count != other.reminders.count { return "count of reminders of \(index)" }
      for (reminder, twin) in zip(one.reminders.rows, other.reminders.rows) {
        if !same(reminder.row, twin.row) || reminder.messages.all != twin.messages.all
          || difference(reminder.skips, twin.skips, "skip") != nil
        {
          return "reminder of \(index)"
        }
      }
      if one.pending.all != other.pending.all { return "pending messages of \(index)" }
      if one.deletedGuestCount != other.deletedGuestCount { return "deleted guests of \(index)" }
      if one.answerCounts != other.answerCounts { return "answer counts of \(index)" }
      if one.chatflows.count != other.chatflows.count { return "count of chatflows of \(index)" }
      for (flow, twin) in zip(one.chatflows.rows, other.chatflows.rows) where !same(flow, twin) {
        return "chatflow \(flow.name) of \(index)"
      }
      if one.campaigns.rows.map(Binary.encode) != other.campaigns.rows.map(Binary.encode) {
        return "campaigns of \(index)"
      }
      for (lane, twin) in zip(one.campaignIndexes.rows, other.campaignIndexes.rows) {
        if lane.ready.all != twin.ready.all { return "ready executions of \(index)" }
        if lane.runningBulks != twin.runningBulks { return "bulk operations of \(index)" }
        if lane.members.all != twin.members.all { return "members of a campaign of \(index)" }
        for counter in lane.members.all {
          let execution = one.executions[counter]
          for person in [execution.writtenTo] + execution.alsoWrittenTo
          where lane.written[person] != twin.written[person] {
            return "who was written to in a campaign of \(index)"
          }
        }
        if lane.reminders != twin.reminders
          || lane.sendingReminders.all != twin.sendingReminders.all
        {
          return "reminders of a campaign of \(index)"
        }
        if !isPart(lane.lane, of: twin.lane) { return "lane of a campaign of \(index)" }
        if !isPart(lane.blocked, of: twin.blocked) {
          return "blocked messages of a campaign of \(index)"
        }
      }
      let fault =
        difference(
          one.guests, other.guests, "guest",
          { guest in
            guest.previousOfPerson.rawValue ^ UInt64(guest.person) << 32
              ^ UInt64(guest.lastExecution) ^ UInt64(guest.lastLooseMessage) << 40
          })
        ?? difference(
          one.executions, other.executions, "execution",
          { UInt64($0.lastMessage) << 32 | UInt64($0.previousOfGuest) })
        ?? difference(
          one.messages, other.messages, "message", { UInt64($0.previousInChain) })
        ?? difference(one.erasures, other.erasures, "erasure")
      if let fault { return "\(fault) of \(index)" }
    }
    return nil
  }

  private func difference<Kind, Row: WireObject>(
    _ live: ChunkedTable<Kind, Row>, _ replayed: ChunkedTable<Kind, Row>, _ what: String,
    _ links: (Row) -> UInt64 = { _ in 0 }
  ) -> String? {
    if live.count != replayed.count { return "count of \(what)" }
    var fault: String?
    live.forEach { counter, row in
      let twin = replayed[counter]
      if fault == nil, !same(row, twin) || links(row) != links(twin) {
        fault = "\(what) \(counter)"
      }
    }
    return fault
  }

  private func same(_ one: some WireObject, _ other: some WireObject) -> Bool {
    Binary.encode(one) == Binary.encode(other)
  }

  private func same(_ one: Chatflow, _ other: Chatflow) -> Bool {
    one.name == other.name && one.createdAt == other.createdAt && one.isDeleted == other.isDeleted
      && one.versions.count == other.versions.count
      && zip(one.versions, other.versions).allSatisfy { left, right in
        // Versions never change, so a shared graph is the same version.
        left.graph === right.graph
          || same(left.document, right.document) && left.graph.reads == right.graph.reads
            && left.graph.nodes.map(\.targets) == right.graph.nodes.map(\.targets)
            && left.createdAt == right.createdAt
            && left.issues.map(Binary.encode) == right.issues.map(Binary.encode)
      }
  }

  private func isPart(_ blocked: BlockedLanes, of other: BlockedLanes) -> Bool {
    blocked.lanes.allSatisfy { lane in
      other.lanes.contains { $0.block == lane.block && isPart(lane.lane, of: $0.lane) }
    }
  }

  /// A message that was set aside during a pause is out of its lane live; replayed it is there, and
  /// is set aside again when its turn comes.
  private func isPart(_ lane: SortedChunks<LaneEntry>, of other: SortedChunks<LaneEntry>) -> Bool {
    let known = Set(other.all.map(LaneKey.init))
    return lane.all.allSatisfy { known.contains(LaneKey($0)) }
  }
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
