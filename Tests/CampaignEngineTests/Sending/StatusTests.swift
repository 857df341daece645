import Testing
import Wire

@testable import CampaignEngine

private func sending() throws -> ChatflowDocument {
  try flow(
    #"""
    {"id": "send", "type": "send_template", "data": {"template": "rsvp_reminder",
      "parameters": {"guest_name": "{{guest.name}}"}, "session_text": {"*": "Free text"},
      "buttons": [{"handle": "yes"}, {"handle": "no"}]}},
    {"id": "wait", "type": "wait_reply", "data": {"timeout": "20h", "replies": [
      {"handle": "yes", "title": {"*": "Yes"}}, {"handle": "no", "title": {"*": "No"}}]}},
    {"id": "done", "type": "end", "data": {"outcome": "done"}}
    """#, "start > send, send > wait, wait:yes > done")
}

struct StatusTests {
  private let harness: EngineHarness
  private let guest: GuestID
  private let campaign: CampaignID
  private let execution: ExecutionID
  private let request: SendRequest

  init() throws {
    harness = try EngineHarness.wedding()
    guest = try harness.guest("Ana", phone: "+6281230000011")
    campaign = try harness.started(try sending())
    execution = try harness.execution(of: guest)
    request = try #require(try harness.dispatch().first)
  }

  private var message: Message { harness.state[request.attempt.message] }

  @Test func `statuses only move up, in whatever order reports come, and however often`() throws {
    let orders: [[ReportedStatus]] = [
      [.sent, .delivered, .read], [.read, .delivered, .sent], [.delivered, .sent, .read],
      [.sent, .sent, .delivered, .delivered, .read, .read], [.read],
      [.delivered, .read, .delivered],
    ]
    for order in orders {
      let other = try StatusTests()
      try other.harness.accept(other.request)
      var highest = other.message.status.rank
      for status in order {
        let isNews = status.messageStatus.rank > highest
        other.harness.pass(.seconds(1))
        #expect(try other.harness.report(other.request, status).isApplied == isNews)
        highest = max(highest, status.messageStatus.rank)
        #expect(other.message.status.rank == highest, "\(order)")
      }
      #expect(other.message.deliveredAt > .zero)
      #expect(other.harness.node(of: other.execution) == "wait")
    }
  }

  @Test func `a repeated report changes nothing at all`() throws {
    try harness.accept(request)
    try harness.report(request, .delivered)
    let before = harness.state
    harness.pass(.hours(1))
    try harness.report(request, .delivered)
    try harness.report(request, .sent)
    #expect(StateComparison.firstDifference(before, harness.state) == nil)
  }

  @Test func `a report may overtake the answer to the send`() throws {
    try harness.report(request, .delivered, gatewayID: "wamid.fast")
    #expect(message.status == .delivered)
    #expect(harness.node(of: execution) == "wait")
    #expect(message.gatewayID == "wamid.fast")
    try harness.perform(
      ReportAttempt(
        attempt: request.attempt,
        outcome: .accepted(gatewayID: "wamid.fast", isHeld: false, userID: "IN.1")))
    #expect(message.status == .delivered)
    #expect(harness.state.person(of: guest).userID == "IN.1")
    try harness.refuse(request, .transient)
    try harness.lose(request)
    #expect(message.status == .delivered)
  }

  @Test func `a failure may overtake the answer too, and the answer then says nothing`() throws {
    try harness.report(
      request, .failed, gatewayID: "w", error: MessageError(.transient, message: ""))
    #expect(message.status == .queued)
    try harness.accept(request)
    #expect(message.status == .queued)
    harness.now = try #require(harness.state.nextDue)
    #expect(try harness.dispatch().map(\.attempt.number) == [2])
  }

  @Test func `reports without our name for the attempt wait until their message is known`() throws {
    let early = try harness.report(gatewayID: "wamid.1", .read)
    #expect(early.isParked && early.message.isNone)
    try harness.report(gatewayID: "wamid.1", .sent)
    try harness.report(gatewayID: "wamid.1", .sent)
    #expect(harness.state[harness.sender].parkedReports.count == 2)
    #expect(try harness.accept(request) == "wamid.1")
    #expect(message.status == .read)
    #expect(harness.state[harness.sender].parkedReports.isEmpty)
    #expect(harness.node(of: execution) == "wait")
  }

  @Test func `a parked failure fails the message as soon as it is known`() throws {
    try harness.report(gatewayID: "wamid.1", .failed, error: MessageError(.recipient, message: ""))
    try harness.accept(request)
    #expect(message.status == .failed)
    #expect(harness.reason(of: execution) == "recipient")
  }

  @Test func `the oldest parked reports make room`() {
    var state = harness.state
    for number in 0..<(Limits.parkedReports + 2) {
      var report = ParkedReport()
      (report.gatewayID, report.report.at) = ("unknown.\(number)", state.now)
      ReportParked(sender: harness.sender, report: report).apply(to: &state)
    }
    let parked = state[harness.sender].parkedReports
    #expect(parked.count == Limits.parkedReports)
    #expect(parked.first?.gatewayID == "unknown.2")
  }

  @Test func `an unknown outcome is never sent again`() throws {
    try harness.lose(request)
    #expect(message.status == .outcomeUnknown)
    try harness.run(for: .days(10))
    #expect(harness.sent.count == 1)
    #expect(harness.node(of: execution) == "send")
    #expect(harness.state[campaign].status == .running)
  }

  @Test func `an unknown outcome is settled by a later report`() throws {
    try harness.lose(request)
    harness.pass(.hours(3))
    try harness.report(request, .sent, gatewayID: "wamid.late")
    #expect(message.status == .sent)
    #expect(harness.node(of: execution) == "wait")
    #expect(harness.state[execution].wait?.until == harness.now + .hours(20))
  }

  @Test func `an unknown outcome is settled by a late answer, good or bad`() throws {
    try harness.lose(request)
    try harness.accept(request)
    #expect(harness.node(of: execution) == "wait")
    let other = try StatusTests()
    try other.harness.lose(other.request)
    try other.harness.refuse(other.request, .transient)
    #expect(other.message.status == .queued)
  }

  @Test func `an unknown outcome is settled by a tap on its own button`() throws {
    try harness.lose(request)
    harness.pass(.minutes(5))
    let result = try harness.tap("yes", at: "wait", of: execution)
    #expect(harness.state[result.message].routedBy == .button)
    #expect(message.status == .sent)
    #expect(harness.path(of: execution) == ["start", "send", "wait", "done"])
    try harness.report(request, .delivered, gatewayID: "wamid.late")
    #expect(message.status == .delivered)
    #expect(harness.state[campaign].status == .completed)
  }

  @Test func `a restart makes what was under way unknown, and nothing else`() throws {
    try harness.guests(1)
    #expect(try harness.perform(RecoverAttempts()) == 1)
    #expect(message.status == .outcomeUnknown)
    #expect(try harness.perform(RecoverAttempts()) == 0)
    try harness.run(for: .days(2))
    #expect(harness.sent.count == 1)
  }

  @Test func `reports on an earlier attempt say nothing about a newer one`() throws {
    let old = try harness.accept(request)
    let error = MessageError(.transient, message: "")
    try harness.report(request, .failed, error: error)
    harness.now = try #require(harness.state.nextDue)
    let second = try #require(try harness.dispatch().first)
    for attempt in [request.attempt, nil] {
      #expect(
        try !harness.report(gatewayID: old, .failed, attempt: attempt, error: error).isApplied)
      // It was sent before it failed: that is no news.
      #expect(try !harness.report(gatewayID: old, .sent, attempt: attempt).isApplied)
    }
    try harness.lose(second)
    #expect(try !harness.report(gatewayID: old, .failed, error: error).isApplied)
    #expect(message.status == .outcomeUnknown)
    try harness.accept(request)
    #expect(message.status == .outcomeUnknown)
    try harness.report(second, .delivered, gatewayID: "wamid.new")
    #expect(message.status == .delivered)
  }

  @Test func `an id of the gateway belongs to the message that had it first`() throws {
    let id = try harness.accept(request)
    let other = try harness.guest("Budi", phone: "+6281230000022")
    try harness.started(try sending()) { $0.settings.guestFilter.guestIDs = [other] }
    let second = try #require(try harness.dispatch().first)
    try harness.perform(
      ReportAttempt(
        attempt: second.attempt, outcome: .accepted(gatewayID: id, isHeld: false, userID: nil)))
    #expect(harness.state[second.attempt.message].status == .accepted)
    #expect(harness.state.message(named: id, at: harness.sender) == request.attempt.message)
    #expect(
      harness.refusal(
        of: ReceiveMessage(
          sender: harness.sender, gatewayID: id, from: Phone(number: 6_281_230_000_011),
          userID: nil,
          sentAt: harness.now, content: MessageContent()))?.reason == "gateway_message_id_in_use")
  }

  @Test func `reports and answers about nothing are refused`() throws {
    let unknown = AttemptID(message: MessageID(space: 0, counter: 99), number: 1)
    #expect(
      harness.refusal(of: ReportAttempt(attempt: unknown, outcome: .unknown("")))?.code == .notFound
    )
    let report = DeliveryReport()
    let sender = harness.sender
    #expect(
      harness.refusal(
        of: ReportStatus(sender: sender, gatewayID: "x", attempt: unknown, report: report))?.code
        == .notFound)
    #expect(
      harness.refusal(
        of: ReportStatus(sender: sender, gatewayID: "", attempt: nil, report: report))?.code
        == .notFound)
    #expect(
      harness.refusal(
        of: ReportStatus(
          sender: SenderID(space: 0, counter: 9), gatewayID: "x", attempt: nil, report: report))?
        .code
        == .notFound)
  }

  // MARK: Cost

  @Test func `cost is estimated when sent, booked on delivery, and a reported price wins`() throws {
    func counters() -> CampaignCounters { harness.state[campaign].counters }
    #expect(counters().estimatedMicros == 0)
    try harness.accept(request)
    #expect((counters().estimatedMicros, counters().billedMicros) == (41_100, 0))
    try harness.report(request, .delivered, billed: 39_000)
    #expect((counters().estimatedMicros, counters().billedMicros) == (39_000, 39_000))
    try harness.report(request, .read, billed: 1)
    #expect((counters().estimatedMicros, counters().billedMicros) == (39_000, 39_000))
    #expect(counters().unpricedMessages == 0)
  }

  @Test func `free text saves the price of the template that it replaced`() throws {
    let other = try harness.guest("Budi", phone: "+6281230000022")
    try harness.write("hello", from: other)
    let campaign = try harness.started(try sending()) { $0.settings.guestFilter.guestIDs = [other] }
    try harness.settle()
    try harness.report(try #require(harness.sent.last), .delivered)
    let counters = harness.state[campaign].counters
    #expect((counters.billedMicros, counters.savedMicros) == (5_000, 36_100))
  }

  @Test func `a message without a price is counted as unpriced, never as free`() throws {
    let harness = EngineHarness()
    try harness.makeSender { $0.rates = [] }
    try harness.makeProject()
    try harness.makeTemplates()
    try harness.guests(1)
    let campaign = try harness.started(try sending())
    try harness.settle()
    #expect(harness.state[campaign].counters.unpricedMessages == 1)
    try harness.report(try #require(harness.sent.first), .delivered)
    #expect(harness.state[campaign].counters.unpricedMessages == 1)
    #expect(harness.state[campaign].counters.billedMicros == 0)
  }

  @Test func `the price is that of the closest market and the newest date`() {
    var sender = Sender()
    let october = time("2026-10-01T00:00:00Z")
    sender.rates = [
      Rate(from: .zero, market: "", category: .marketing, micros: 1),
      Rate(from: .zero, market: "62", category: .marketing, micros: 2),
      Rate(from: october, market: "62", category: .marketing, micros: 3),
      Rate(from: .zero, market: "628", category: .utility, micros: 4),
    ]
    let phone = Phone(number: 6_281_230_000_011)
    let before = time("2026-09-30T23:59:59Z")
    #expect(sender.price(of: .marketing, to: phone, at: before, inWindow: false) == 2)
    #expect(sender.price(of: .marketing, to: phone, at: october, inWindow: false) == 3)
    #expect(
      sender.price(of: .marketing, to: Phone(number: 919_812_300_045), at: october, inWindow: false)
        == 1)
    #expect(sender.price(of: .utility, to: phone, at: before, inWindow: false) == 4)
    #expect(sender.price(of: .service, to: phone, at: before, inWindow: false) == nil)
  }
}
