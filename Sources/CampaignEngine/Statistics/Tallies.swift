/// The part of an execution that its campaign counts.
struct ExecutionTally: Equatable {
  private let status: ExecutionStatus
  private let wait: WaitKind?
  private let phase: Phase?
  private let outcome: Symbol
  private let skipReason: Symbol

  init(_ row: Execution) {
    status = row.status
    wait = row.status == .waiting ? row.wait?.kind : nil
    phase = row.status == .completed ? .completion : row.status.isEnded ? nil : row.phase
    outcome = row.status == .completed ? row.outcome : .none
    skipReason = row.status == .skipped ? row.reason : .none
  }

  func count(_ difference: Int, in counters: inout CampaignCounters) {
    counters.executions[status.index] += difference
    if let wait { counters.waitingFor[wait.index] += difference }
    if let phase { counters.phases[phase.index] += difference }
    if status == .completed { counters.outcomes.add(outcome, difference) }
    if status == .skipped { counters.skipped.add(skipReason, difference) }
  }
}

/// The part of a message that its campaign counts.
struct MessageTally: Equatable {
  private let direction: Direction
  private let status: MessageStatus
  private let isRouted: Bool
  private let estimated: Int64
  private let billed: Int64
  private let saved: Int64
  private let isUnpriced: Bool

  init(_ row: Message) {
    direction = row.direction
    status = row.status
    isRouted = row.routedBy != nil
    let isDelivered = row.status == .delivered || row.status == .read
    let isOnItsWay = !isDelivered && (row.status.isWithWhatsApp || row.status == .outcomeUnknown)
    billed = isDelivered ? row.cost.billedMicros ?? 0 : 0
    estimated = isDelivered ? billed : isOnItsWay ? row.cost.estimatedMicros ?? 0 : 0
    saved = isDelivered ? row.cost.savedMicros : 0
    isUnpriced =
      isDelivered ? row.cost.billedMicros == nil : isOnItsWay && row.cost.estimatedMicros == nil
  }

  func count(_ difference: Int, in counters: inout CampaignCounters) {
    guard direction == .outbound else {
      if isRouted {
        counters.inboundRouted += difference
      } else {
        counters.inboundUnrouted += difference
      }
      return
    }
    counters.messages[status.index] += difference
    counters.estimatedMicros += Int64(difference) * estimated
    counters.billedMicros += Int64(difference) * billed
    counters.savedMicros += Int64(difference) * saved
    if isUnpriced { counters.unpricedMessages += difference }
  }
}

/// The part of a guest that each campaign with them counts.
struct GuestTally: Equatable {
  private let rsvp: RSVP
  private let invited: Int64
  private let attending: Int64

  init(_ row: Guest) {
    (rsvp, invited, attending) = (row.rsvp, row.partySize, row.attendingCount)
  }

  func count(_ difference: Int, in counters: inout CampaignCounters) {
    counters.guestsByRSVP[rsvp.index] += difference
    counters.headsInvited += Int64(difference) * invited
    counters.headsAttending += Int64(difference) * attending
  }
}

extension CaseIterable where Self: Equatable {
  /// Position among the cases, which counters use.
  package var index: Int {
    Self.allCases.enumerated().first { $0.element == self }?.offset ?? 0
  }
}
