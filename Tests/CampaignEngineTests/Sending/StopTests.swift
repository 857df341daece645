import Testing
import Wire

import CampaignEngine

private func sending(_ template: String = "rsvp_thanks") throws -> ChatflowDocument {
  try flow(
    #"""
    {"id": "send", "type": "send_template", "data": {"template": "\#(template)"}},
    {"id": "wait", "type": "delay", "data": {"for": "7d"}}
    """#, "start > send, send > wait")
}

/// Failures that hold others: a stopped template, a stopped number, a rate of failures.
struct StopTests {
  private let harness: EngineHarness

  init() throws { harness = try EngineHarness.wedding() }

  private func guests(_ languages: [String]) throws -> [GuestID] {
    var rest = languages[...]
    return try harness.guests(languages.count) { $0.language = rest.removeFirst() }
  }

  /// Everything that is due within a minute, with no answers yet.
  private func dispatchAll() throws -> [SendRequest] {
    let first = harness.sent.count
    for _ in 0..<60 {
      try harness.dispatch()
      harness.pass(.seconds(1))
    }
    return Array(harness.sent[first...])
  }

  private func template(_ name: String) throws -> TemplateID {
    try #require(harness.state.template(named: name, space: harness.project.counter - 1)).id
  }

  @Test func `a stopped template holds its own language only`() throws {
    let guests = try guests(["en", "id", "en", "id"])
    let campaign = try harness.started(try sending())
    let first = try harness.dispatch()
    #expect(first.map(\.guest) == guests)
    try harness.refuse(first[0], .templateStop, code: 132_015)
    for request in first.dropFirst() { try harness.accept(request) }
    let id = try template("rsvp_thanks")
    #expect(harness.state.template(id).variants.map(\.status) == [.paused, .approved])
    #expect(harness.state[campaign].status == .running)
    let held = try harness.execution(of: guests[0])
    #expect(harness.state[held].wait?.kind == .capacity)
    #expect(harness.state[first[0].attempt.message].status == .queued)
    #expect(harness.state[first[0].attempt.message].error?.code == 132_015)
    // Those who come later wait too, in that language; nobody gets the other language instead.
    let late = try harness.started(try sending())
    try harness.settle()
    #expect(harness.sent.dropFirst(4).map(\.guest) == [guests[1], guests[3]])
    #expect(harness.state[late].counters.waitingFor[WaitKind.capacity.index] == 2)
    #expect((harness.state.nextDue ?? .distantFuture) > harness.now + .days(6))
    try harness.restart(fromSnapshot: true)
    try harness.perform(ReportTemplateStatus(template: id, language: "en", status: .approved))
    #expect(harness.state.nextDue == harness.now)
    try harness.settle()
    #expect(harness.sent.dropFirst(6).map(\.guest) == [guests[0], guests[0], guests[2]])
    #expect(harness.node(of: held) == "wait")
    #expect(harness.state.template(id).stops.isEmpty)
  }

  @Test func `a template that is disabled says so, and one that is rejected is passed over`() throws
  {
    let guests = try guests(["en"])
    try harness.started(try sending())
    try harness.refuse(try #require(try harness.dispatch().first), .templateStop, code: 132_016)
    let id = try template("rsvp_thanks")
    #expect(harness.state.template(id).variants[0].status == .disabled)
    try harness.settle()
    #expect(harness.sent.count == 1)
    try harness.perform(ReportTemplateStatus(template: id, language: "en", status: .rejected))
    try harness.settle()
    #expect(harness.sent.last?.content.template?.language == "id")
    #expect(harness.sent.map(\.guest) == [guests[0], guests[0]])
  }

  @Test func `messages dropped by pacing wait like those that were refused`() throws {
    let guests = try guests(["en"])
    let campaign = try harness.started(try sending())
    let request = try #require(try harness.dispatch().first)
    try harness.accept(request, isHeld: true)
    try harness.report(
      request, .failed, error: MessageError(.templateStop, code: 132_015, message: "Paused."))
    #expect(harness.state[campaign].counters.messages[MessageStatus.queued.index] == 1)
    #expect(harness.node(of: try harness.execution(of: guests[0])) == "send")
    try harness.perform(
      ReportTemplateStatus(
        template: try template("rsvp_thanks"), language: "en", status: .approved))
    try harness.settle()
    #expect(harness.node(of: try harness.execution(of: guests[0])) == "wait")
  }

  @Test func `what WhatsApp says of an unknown template or language is refused`() throws {
    let unknown = TemplateID(space: 0, counter: 99)
    #expect(
      harness.refusal(of: ReportTemplateStatus(template: unknown, language: "en", status: .paused))?
        .code == .notFound)
    let refusal = harness.refusal(
      of: ReportTemplateStatus(
        template: try template("rsvp_thanks"), language: "xx", status: .paused))
    #expect(refusal?.field == "language")
  }

  @Test func `a stopped sender pauses all its campaigns, and the resume tries again`() throws {
    _ = try guests(["en", "en"])
    let one = try harness.started(try sending())
    let other = try harness.started(try sending())
    let requests = try harness.dispatch()
    #expect(requests.count == 4)
    for request in requests { try harness.refuse(request, .senderStop, code: 131_031) }
    for campaign in [one, other] {
      #expect(harness.state[campaign].status == .paused)
      #expect(harness.state[campaign].pauseReason == "sender_stop:131031")
      #expect(harness.state[campaign].counters.open == 2)
      try harness.perform(ResumeCampaign(campaign: campaign))
    }
    try harness.settle()
    #expect(harness.sent.count == 8)
  }

  @Test func `a sender that stops by a late report pauses its campaigns as well`() throws {
    _ = try guests(["en"])
    let campaign = try harness.started(try sending())
    try harness.settle()
    try harness.report(
      try #require(harness.sent.first), .failed,
      error: MessageError(.senderStop, code: 131_042, message: "Unpaid."))
    #expect(harness.state[campaign].pauseReason == "sender_stop:131042")
  }

  // MARK: The breaker

  @Test func `half of the newest outcomes as failures of ours pause the campaign`() throws {
    harness.fullComparisonInterval = 20
    try harness.guests(60)
    let campaign = try harness.started(try sending()) { $0.settings.retry.maxAttempts = 1 }
    var done = 0
    for request in try harness.dispatch() {
      if done % 2 == 0 {
        try harness.accept(request)
      } else {
        try harness.refuse(request, .payload, code: 131_009)
      }
      done += 1
      if harness.state[campaign].status == .paused { break }
    }
    #expect(done == Limits.breakerLeastOutcomes)
    #expect(harness.state[campaign].pauseReason == "failure_rate")
    #expect(harness.state[campaign].counters.open == 50)
    try harness.restart(fromSnapshot: true)
    try harness.perform(ResumeCampaign(campaign: campaign))
    #expect(harness.state[campaign].failureRate.count == 0)
    try harness.settle()
    #expect(harness.state[campaign].status == .running)
  }

  @Test(arguments: [ErrorClass.recipient, .defer, .optOut, .window])
  func `failures of the recipients' own never pause it`(errorClass: ErrorClass) throws {
    harness.fullComparisonInterval = 20
    try harness.guests(30)
    let campaign = try harness.started(try sending()) { $0.settings.retry.maxAttempts = 1 }
    // What the window refuses goes once more, as a template.
    for _ in 0..<2 {
      for request in try dispatchAll() { try harness.refuse(request, errorClass) }
    }
    #expect(harness.state[campaign].status == .completed)
    #expect(harness.state[campaign].failureRate.count == 0)
  }

  @Test func `answers that are lost count, a stop of the service does not`() throws {
    harness.fullComparisonInterval = 20
    try harness.guests(30)
    let campaign = try harness.started(try sending())
    #expect(try dispatchAll().count == 30)
    try harness.perform(RecoverAttempts())
    #expect(harness.state[campaign].failureRate.count == 0)
    #expect(harness.state[campaign].status == .running)
    let other = try harness.started(try sending())
    for request in try dispatchAll() { try harness.lose(request) }
    #expect(harness.state[other].pauseReason == "failure_rate")
    #expect(harness.state[campaign].status == .running)
  }

  @Test func `only the newest hundred outcomes are remembered`() {
    var rate = FailureRate()
    for number in 0..<300 {
      rate.add(isFailure: number < 200)
      #expect(rate.count == min(number + 1, 100))
      #expect(rate.failures == min(number + 1, 100) - min(max(number - 199, 0), 100))
    }
    for _ in 0..<49 { rate.add(isFailure: true) }
    #expect(!rate.isTooHigh)
    rate.add(isFailure: true)
    #expect(rate.isTooHigh)
    for _ in 0..<51 { rate.add(isFailure: false) }
    #expect(!rate.isTooHigh)
  }
}
