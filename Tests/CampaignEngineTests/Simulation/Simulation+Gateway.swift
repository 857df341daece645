import TestRandom
import Testing
import Wire

import CampaignEngine

/// What the gateway does with what it is handed, and what it must never see.
extension Simulation {
  func dispatch() throws {
    let paused = campaigns.filter {
      !harness.state[$0].isActing && (!isCompleted($0) || harness.state[$0].isDeleted)
    }
    for request in try harness.dispatch() {
      let message = harness.state[request.attempt.message]
      let person = harness.state.person(of: request.guest)
      check(person.subscription != .optedOut, "sends to a person who opted out")
      check(
        message.purpose == .operator || !paused.contains(message.campaign),
        "sends for a campaign that does not act")
      check(
        message.purpose == .operator || message.purpose == .reminder
          || harness.state[message.execution].status != .paused, "sends for a paused execution")
      checkReminder(message)
      check(maySend(request.attempt.message), "sends what may have been taken")
      if message.content.kind != .template {
        check(person.isWindowOpen(at: harness.now), "sends free text into a closed window")
      }
      fates[request.attempt.message] = .open
      underWay.append(request)
    }
  }

  func maySend(_ id: MessageID) -> Bool {
    let campaign = harness.state[id].campaign
    return switch fates[id] ?? .failed {
    case .failed: true
    case .open:
      resends.contains(id)
        || !campaign.isNone && harness.state[campaign].settings.retry.unknown?.policy == .resend
    case .taken: false
    }
  }

  func isCompleted(_ campaign: CampaignID) -> Bool {
    harness.state[campaign].status == .completed
  }

  func check(_ holds: Bool, _ what: String) {
    #expect(holds, "\(harness.note) \(what)")
  }

  func answer() throws {
    guard let request = random.pick(underWay) else { return }
    // Some answers come twice, and some attempts get two different ones.
    if !random.chance(8) { underWay.removeAll { $0.attempt == request.attempt } }
    switch random.below(8) {
    case 0...4: try accept(request)
    case 5: try harness.lose(request)
    default:
      let status = harness.state[request.attempt.message].status
      let isOpen = status == .sending || status == .outcomeUnknown
      try harness.refuse(
        request, random.pick(ErrorClass.allCases) ?? .transient, code: 131_000,
        after: random.chance(3) ? .minutes(Int64(random.below(90))) : nil)
      if isOpen { fail(request) }
    }
  }

  func accept(_ request: SendRequest) throws {
    try harness.accept(request, isHeld: random.chance(6), userID: random.chance(4) ? "IN.1" : nil)
    if isNewest(request), fates[request.attempt.message] == .open {
      fates[request.attempt.message] = .taken
    }
    settleFate(request)
  }

  func isNewest(_ request: SendRequest) -> Bool {
    harness.state[request.attempt.message].attempts == request.attempt.number
  }

  func fail(_ request: SendRequest) {
    if isNewest(request), fates[request.attempt.message] == .open {
      fates[request.attempt.message] = .failed
    }
  }

  /// A parked report may have told of the failure before, and an earlier attempt of a success.
  func settleFate(_ request: SendRequest) {
    let message = harness.state[request.attempt.message]
    if message.status.isWithWhatsApp {
      fates[request.attempt.message] = .taken
    } else if isNewest(request), message.unknownSince == .zero,
      message.status == .failed || message.status == .queued
    {
      fates[request.attempt.message] = .failed
    }
  }

  /// The attempt that the message tells of now.
  func isCurrent(_ request: SendRequest) -> Bool {
    harness.state[request.attempt.message].currentAttempt == request.attempt.number
  }

  /// Any attempt, but more often one of which there is more to hear.
  func reported() -> SendRequest? {
    switch random.below(7) {
    case 0: random.pick(underWay) ?? random.pick(harness.sent)
    case 1, 5, 6: random.pick(harness.sent.filter { !isNewest($0) }) ?? random.pick(harness.sent)
    // Those are the ones that executions still stand by.
    case 2: random.pick(Array(harness.sent.suffix(4)))
    default: random.pick(harness.sent)
    }
  }

  func reportStatus() throws {
    guard let request = reported() else { return }
    let before = harness.state[request.attempt.message]
    let known = before.gatewayID
    let gatewayID = known.isEmpty || random.chance(9) ? "wamid.early.\(random.below(9))" : known
    let status = random.pick(ReportedStatus.allCases) ?? .sent
    let error = MessageError(random.pick(ErrorClass.allCases) ?? .transient, message: "late")
    let attempt = random.chance(3) ? nil : request.attempt
    let result: ReportStatus.Result
    do {
      result = try harness.report(
        gatewayID: gatewayID, status, attempt: attempt,
        error: status == .failed ? error : nil, billed: random.chance(3) ? 7 : nil)
    } catch let rejection as Rejection where rejection.code == .notFound {
      // Of an erased message an unknown id tells nothing.
      return
    }
    guard result.isApplied else { return }
    if harness.state[result.message].status.isWithWhatsApp {
      fates[result.message] = .taken
    } else if status == .failed, attempt.map({ $0.number == before.currentAttempt }) ?? true {
      fates[result.message] = .failed
    }
    // What was parked under the id that this one taught may tell of more.
    if result.message == request.attempt.message { settleFate(request) }
  }

  /// A message that an execution still stands by fails after it was taken.
  func failLate() throws {
    let standing = harness.sent.filter { request in
      let message = harness.state[request.attempt.message]
      return isNewest(request) && message.purpose == .node
        && [.accepted, .sent].contains(message.status)
        && Int(message.step) == harness.state[message.execution].steps.count - 2
    }
    guard let request = random.pick(standing) else { return }
    let error = MessageError(random.pick(ErrorClass.allCases) ?? .transient, message: "late")
    let result = try harness.report(request, .failed, error: error)
    if result.isApplied { fates[result.message] = .failed }
  }
}
