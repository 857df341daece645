import TestRandom
import Testing
import Wire

import CampaignEngine

/// A random life of an outbox, and a model of what is known of each attempt that never looks at the
/// engine's rows. Whatever is heard, in whatever order: nothing goes out again while an attempt is
/// known to be taken, or may have been and nobody allowed a repeat; and all that was taken is paid.
final class OutboxModel {
  let harness: EngineHarness
  private var random: Random
  private let campaign: CampaignID
  private let resendsAfter: TimeSpan?
  private var requests: [SendRequest] = []
  private var known: [AttemptID: Knowledge] = [:]
  private(set) var repeats = 0

  /// Everything that was said of one attempt; the order does not matter.
  struct Knowledge {
    let startedAt: Timestamp
    var wasAccepted = false
    var wasDelivered = false
    var hasFailed = false
    var wasRefused = false
    /// An operator has allowed another beside it.
    var isExcused = false

    var isTaken: Bool { wasDelivered || wasAccepted && !hasFailed }
    var isOpen: Bool { !isTaken && !hasFailed && !wasRefused }

    mutating func hear(_ status: ReportedStatus) {
      switch status {
      case .held, .sent: wasAccepted = true
      case .delivered, .read: wasDelivered = true
      // Of what it never took WhatsApp has nothing to say.
      case .failed: if !wasRefused || wasAccepted { hasFailed = true }
      }
    }
  }

  init(seed: UInt64) throws {
    random = Random(seed: seed)
    harness = try EngineHarness.wedding()
    harness.note = "seed \(seed):"
    harness.fullComparisonInterval = 20
    try harness.guests(4)
    let after: TimeSpan? = random.chance(3) ? .minutes(20) : nil
    resendsAfter = after
    let document = try flow(
      #"""
      {"id": "send", "type": "send_template", "data": {"template": "rsvp_reminder",
        "parameters": {"guest_name": "{{guest.name}}"}, "buttons": [{"handle": "yes"}, {"handle": "no"}]}},
      {"id": "wait", "type": "delay", "data": {"for": "30d"}}
      """#, "start > send, send > wait")
    campaign = try harness.started(document) { row in
      row.settings.retry.maxAttempts = 8
      guard let after else { return }
      var unknown = UnknownOutcomePolicy()
      (unknown.policy, unknown.after) = (.resend, after)
      row.settings.retry.unknown = unknown
    }
  }

  func run(steps: Int) throws {
    for _ in 0..<steps where !harness.hasFault {
      try step()
      check()
    }
    harness.verify(isFull: true)
  }

  private func step() throws {
    switch random.below(16) {
    case 0...2: try dispatch()
    case 3...5: try answer()
    case 6...10: try report()
    case 11, 12: try jump()
    case 13: try resolve()
    case 14: try control()
    default:
      try harness.restart(fromSnapshot: random.chance(2))
      if random.chance(2) { try harness.perform(RecoverAttempts()) }
    }
  }

  private func dispatch() throws {
    try harness.perform(FireTimers())
    for request in try harness.dispatch() {
      for (name, one) in known where name.message == request.attempt.message {
        repeats += 1
        expect(!one.isTaken, "\(request.attempt) goes out though \(name) was taken")
        let isAllowed =
          one.isExcused || resendsAfter.map { one.startedAt + $0 <= harness.now } ?? false
        expect(!one.isOpen || isAllowed, "\(request.attempt) goes out while \(name) is open")
      }
      known[request.attempt] = Knowledge(startedAt: harness.now)
      requests.append(request)
    }
  }

  /// Mostly of the newest, now and then of any, and some twice.
  private func some() -> SendRequest? {
    random.chance(2) ? random.pick(Array(requests.suffix(4))) : random.pick(requests)
  }

  private func gatewayID(_ request: SendRequest) -> String { "wamid.\(request.attempt)" }

  private var failure: MessageError {
    let classes: [ErrorClass] = [
      .transient, .transient, .transient, .throttle, .pairThrottle, .defer, .recipient,
    ]
    return MessageError(random.pick(classes) ?? .transient, message: "no")
  }

  private func answer() throws {
    guard let request = some() else { return }
    let error = failure
    switch random.below(7) {
    case 0...2:
      let isHeld = random.chance(6)
      try harness.perform(
        ReportAttempt(
          attempt: request.attempt,
          outcome: .accepted(gatewayID: gatewayID(request), isHeld: isHeld, userID: nil)))
      known[request.attempt]?.wasAccepted = true
    case 3: try harness.lose(request)
    default:
      try harness.perform(
        ReportAttempt(attempt: request.attempt, outcome: .refused(error, retryAfter: nil)))
      known[request.attempt]?.wasRefused = true
    }
  }

  private func report() throws {
    guard let request = some() else { return }
    let id = gatewayID(request)
    let isKnown = harness.state.message(named: id, at: harness.sender) != nil
    let statuses: [ReportedStatus] = [
      .sent, .held, .delivered, .read, .failed, .failed, .failed, .failed,
    ]
    let status = random.pick(statuses) ?? .sent
    // Without our name it is known by its id alone.
    try harness.report(
      gatewayID: id, status, attempt: isKnown && random.chance(2) ? nil : request.attempt,
      error: status == .failed ? failure : nil)
    known[request.attempt]?.hear(status)
  }

  private func jump() throws {
    if random.chance(3) {
      harness.pass(.minutes(Int64(random.below(60))))
    } else if let due = harness.state.nextDue, due <= harness.now + .hours(48) {
      harness.now = max(harness.now, due)
    }
    try harness.perform(FireTimers())
  }

  private func resolve() throws {
    let ids = requests.map(\.attempt.message).filter {
      harness.state[$0].status == .outcomeUnknown
    }
    guard let id = random.pick(ids) else { return }
    let current = AttemptID(message: id, number: harness.state[id].currentAttempt)
    switch random.below(4) {
    case 0:
      try harness.perform(ResolveMessage(message: id, outcome: .sent(gatewayID: "")))
      known[current]?.wasAccepted = true
    case 1: try harness.perform(ResolveMessage(message: id, outcome: .failed))
    default:
      try harness.perform(ResolveMessage(message: id, outcome: .resend))
      for name in Array(known.keys) where name.message == id { known[name]?.isExcused = true }
    }
  }

  /// The breaker may have paused it, too.
  private func control() throws {
    if harness.state[campaign].status == .paused {
      try harness.perform(ResumeCampaign(campaign: campaign))
      try harness.enrol()
    } else if random.chance(4), harness.state[campaign].status == .running {
      try harness.perform(PauseCampaign(campaign: campaign))
    }
  }

  // MARK: What must hold

  private func check() {
    var (duplicates, delivered) = (0, 0)
    for id in Set(requests.map(\.attempt.message)) {
      let taken = known.filter { $0.key.message == id && $0.value.isTaken }
      duplicates += max(0, taken.count - 1)
      delivered += taken.count { $0.value.wasDelivered }
      let status = harness.state[id].status
      expect(
        status.isWithWhatsApp == !taken.isEmpty,
        "\(id.wireText) is \(status), taken: \(taken.count)")
    }
    let counters = harness.state[campaign].counters
    expect(counters.duplicateAccepted == duplicates, "\(duplicates) are twice with a guest")
    expect(counters.billedMicros == Int64(delivered) * 41_100, "\(delivered) were delivered")
  }

  private func expect(_ holds: Bool, _ what: String) { #expect(holds, "\(harness.note) \(what)") }
}
