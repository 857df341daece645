/// The part of an execution that its campaign and its project count.
struct ExecutionTally: Equatable {
  private let status: ExecutionStatus
  private let wait: WaitKind?
  private let phase: Phase?
  private let outcome: Symbol
  private let skipReason: Symbol
  private let enrolledAt: Timestamp
  private let endedAt: Timestamp

  init(_ row: Execution) {
    status = row.status
    wait = row.status == .waiting ? row.wait?.kind : nil
    phase = row.status == .completed ? .completion : row.status.isEnded ? nil : row.phase
    outcome = row.status == .completed ? row.outcome : .none
    skipReason = row.status == .skipped ? row.reason : .none
    (enrolledAt, endedAt) = (row.startedAt, row.endedAt)
  }

  /// A new row.
  func count(in counters: inout CampaignCounters) {
    count(1, in: &counters)
    counters.timeline.count(.enrolled, at: enrolledAt, 1)
    counters.timeline.count(.ended, at: endedAt, 1)
  }

  /// A row that was counted as `self` is now `new`.
  func change(to new: Self, in counters: inout CampaignCounters) {
    count(-1, in: &counters)
    new.count(1, in: &counters)
    counters.timeline.move(.enrolled, from: enrolledAt, to: new.enrolledAt)
    counters.timeline.move(.ended, from: endedAt, to: new.endedAt)
  }

  private func count(_ difference: Int, in counters: inout CampaignCounters) {
    counters.executions[status.index] += difference
    if let wait { counters.waitingFor[wait.index] += difference }
    if let phase { counters.phases[phase.index] += difference }
    if status == .completed { counters.outcomes.add(outcome, difference) }
    if status == .skipped { counters.skipped.add(skipReason, difference) }
  }
}

/// The part of a message that its campaign and its project count.
struct MessageTally: Equatable {
  private let direction: Direction
  let status: MessageStatus
  private let isRouted: Bool
  private let disposition: Disposition?
  private let duplicates: Int
  let cost: CountedCost
  private let group: MessageGroup
  private let error: MessageError?
  private let sentAt: Timestamp
  private let deliveredAt: Timestamp
  private let readAt: Timestamp
  private let failedAt: Timestamp
  private let receivedAt: Timestamp

  init(_ row: Message) {
    direction = row.direction
    status = row.status
    isRouted = row.routedBy != nil
    disposition = row.disposition
    cost = CountedCost(row)
    duplicates = max(0, row.takenAttempts - 1)
    group = MessageGroup(row)
    error = row.status == .failed || row.status == .outcomeUnknown ? row.error : nil
    let isOutbound = row.direction == .outbound
    // By our own clock, since WhatsApp takes a message before it can report on it.
    sentAt = isOutbound ? row.acceptedAt : .zero
    (deliveredAt, readAt) = isOutbound ? (row.deliveredAt, row.readAt) : (.zero, .zero)
    failedAt = row.status == .failed ? row.failedAt : .zero
    receivedAt = isOutbound ? .zero : row.createdAt
  }

  /// A new row.
  func count(in counters: inout CampaignCounters) {
    count(1, in: &counters)
    if direction == .outbound { count(1, in: &counters.cells[counters.cells.place(of: group)]) }
    for (fact, time) in times { counters.timeline.count(fact, at: time, 1) }
  }

  /// A row that was counted as `self` is now `new`.
  func change(to new: Self, in counters: inout CampaignCounters) {
    count(-1, in: &counters)
    new.count(1, in: &counters)
    if direction == .outbound {
      let place = counters.cells.place(of: new.group)
      new.count(1, in: &counters.cells[place])
      let old = new.group == group ? place : counters.cells.place(of: group)
      count(-1, in: &counters.cells[old])
      if counters.cells[old].isEmpty { counters.cells.remove(at: old) }
    }
    counters.timeline.move(.sent, from: sentAt, to: new.sentAt)
    counters.timeline.move(.delivered, from: deliveredAt, to: new.deliveredAt)
    counters.timeline.move(.read, from: readAt, to: new.readAt)
    counters.timeline.move(.failed, from: failedAt, to: new.failedAt)
    counters.timeline.move(.replies, from: receivedAt, to: new.receivedAt)
  }

  /// A row that is counted elsewhere from now on.
  func uncount(in counters: inout CampaignCounters) {
    count(-1, in: &counters)
    if direction == .outbound {
      let place = counters.cells.place(of: group)
      count(-1, in: &counters.cells[place])
      if counters.cells[place].isEmpty { counters.cells.remove(at: place) }
    }
    for (fact, time) in times { counters.timeline.count(fact, at: time, -1) }
  }

  private var times: [(TimelineFact, Timestamp)] {
    [
      (.sent, sentAt), (.delivered, deliveredAt), (.read, readAt), (.failed, failedAt),
      (.replies, receivedAt),
    ]
  }

  private func count(_ difference: Int, in counters: inout CampaignCounters) {
    guard direction == .outbound else {
      if let disposition { counters.inboundByDisposition[disposition.index] += difference }
      if isRouted {
        counters.inboundRouted += difference
      } else {
        counters.inboundUnrouted += difference
      }
      return
    }
    counters.messages[status.index] += difference
    counters.estimatedMicros += Int64(difference) * cost.estimatedMicros
    counters.billedMicros += Int64(difference) * cost.billedMicros
    counters.savedMicros += Int64(difference) * cost.savedMicros
    counters.unpricedMessages += difference * cost.unpriced
    counters.duplicateAccepted += difference * duplicates
    if let error { counters.errors.add(error, difference) }
  }

  private func count(_ difference: Int, in cell: inout MessageCell) {
    cell.statuses[status.index] += difference
    cell.estimatedMicros += Int64(difference) * cost.estimatedMicros
    cell.billedMicros += Int64(difference) * cost.billedMicros
    cell.savedMicros += Int64(difference) * cost.savedMicros
    cell.unpricedMessages += difference * cost.unpriced
  }
}

/// What a message counts for in sums of cost: each attempt that was taken is paid for.
struct CountedCost: Equatable {
  /// Of delivered messages and of those on their way.
  private(set) var estimatedMicros: Int64 = 0
  private(set) var billedMicros: Int64 = 0
  private(set) var savedMicros: Int64 = 0
  private(set) var unpriced = 0

  init(_ row: Message) {
    add(row.cost, row.status)
    for attempt in row.earlier where attempt.status.isWithWhatsApp {
      add(attempt.cost, attempt.status)
    }
  }

  private mutating func add(_ cost: MessageCost, _ status: MessageStatus) {
    let isDelivered = status == .delivered || status == .read
    guard isDelivered || status.isWithWhatsApp || status == .outcomeUnknown else { return }
    let price = isDelivered ? cost.billedMicros : cost.estimatedMicros
    estimatedMicros += price ?? 0
    if price == nil { unpriced += 1 }
    guard isDelivered else { return }
    billedMicros += price ?? 0
    savedMicros += cost.savedMicros
  }
}

/// The part of a guest that the project and each campaign with them count.
struct GuestTally: Equatable {
  private let category: Symbol
  private let invitedTo: Symbol
  private let partySize: Int64
  private let children: Int64
  private let answers: [AnsweredHeads]

  init(_ row: Guest) {
    (category, invitedTo, partySize) = (row.category, row.invitedTo, row.partySize)
    children = min(Int64(row.children), partySize)
    answers = row.answers.isEmpty ? [] : row.answers.map { AnsweredHeads($0, of: row) }
  }

  func count(_ difference: Int, in counters: inout CampaignCounters) {
    let main = answers.first { $0.event == 0 }
    counters.stored.guestsByRSVP[(main?.rsvp ?? .pending).index] += difference
    counters.stored.headsInvited += Int64(difference) * partySize
    counters.stored.headsAttending += Int64(difference) * (main?.attending ?? 0)
    counters.categories.change(category, invitedTo) { group in
      group.guests += difference
      group.headsInvited += Int64(difference) * partySize
      group.childrenInvited += Int64(difference) * children
      for answer in answers { group.events.add(answer, difference) }
    }
  }
}

extension CaseIterable where Self: Equatable {
  /// Position among the cases, which counters use.
  package var index: Int {
    Self.allCases.enumerated().first { $0.element == self }?.offset ?? 0
  }
}
