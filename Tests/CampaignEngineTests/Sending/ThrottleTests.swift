import Testing
import Wire

import CampaignEngine

/// Throttles of the number and of the pair, and the cap on templates for one person.
struct ThrottleTests {
  private let harness: EngineHarness

  init() throws { harness = try EngineHarness.wedding() }

  private func note(_ template: String = "rsvp_thanks") throws -> ChatflowDocument {
    try flow(
      #"""
      {"id": "send", "type": "send_template", "data": {"template": "\#(template)"}},
      {"id": "wait", "type": "delay", "data": {"for": "7d"}}
      """#, "start > send, send > wait")
  }

  /// The next send, whenever it is.
  private func next() throws -> SendRequest {
    for _ in 0..<50 {
      if let request = try harness.dispatch().first { return request }
      harness.now = try #require(harness.state.nextDue)
      try harness.perform(FireTimers())
    }
    throw NothingDue()
  }

  private struct NothingDue: Error {}

  @Test func `a throttle of the number holds everybody, uses up nobody's attempts, and passes`()
    throws
  {
    try harness.guests(3)
    let campaign = try harness.started(try note()) { $0.settings.retry.maxAttempts = 1 }
    let requests = try harness.dispatch()
    #expect(requests.count == 3)
    // The second was under way already: one lesson, not two.
    for request in requests.prefix(2) { try harness.refuse(request, .throttle, code: 130_429) }
    try harness.accept(requests[2])
    let row = harness.state[harness.sender].row
    #expect((row.slowness, row.throttledUntil) == (2, harness.now + .seconds(2)))
    #expect(row.throughput(at: row.throttledUntil) == 40)
    #expect(row.throughput(at: row.throttledUntil + .minutes(1)) == 80)
    try harness.guests(1)
    try harness.started(try note())
    #expect(try harness.dispatch().isEmpty)
    #expect(harness.state.nextDue == row.throttledUntil)
    try harness.restart(fromSnapshot: true)
    for _ in 0..<30 {
      harness.now = max(harness.now, try #require(harness.state.nextDue))
      for request in try harness.dispatch() {
        try harness.refuse(request, .throttle, code: 130_429)
      }
    }
    #expect(harness.state[harness.sender].row.slowness == Slowing.most)
    #expect(harness.state[campaign].counters.messages[MessageStatus.failed.index] == 0)
    #expect(harness.state[campaign].failureRate.failures == 0)
    try harness.run(for: .hours(1))
    #expect(harness.state[campaign].counters.messages[MessageStatus.accepted.index] == 3)
  }

  @Test func `a throttle of one pair holds that person alone, for four times as long each time`()
    throws
  {
    let guests = try harness.guests(2)
    try harness.started(try note()) { $0.settings.retry.maxAttempts = 1 }
    let requests = try harness.dispatch()
    try harness.accept(requests[1])
    try harness.refuse(requests[0], .pairThrottle, code: 131_056)
    #expect(harness.state.nextDue == harness.now + .seconds(1))
    let again = try next()
    #expect(again.guest == guests[0])
    try harness.refuse(again, .pairThrottle, code: 131_056)
    let wait = harness.now + .seconds(4)
    try harness.started(try note())
    #expect(try harness.dispatch().map(\.guest) == [guests[1]])
    #expect(harness.state.nextDue == wait)
    #expect(harness.state[harness.sender].row.slowness == 1)
  }

  @Test
  func `a capped template is tried twice more, a day apart each, then the guest is unreached`()
    throws
  {
    let guest = try harness.guests(1)[0]
    try harness.template("one")
    try harness.started(try note("one")) { $0.settings.retry.maxAttempts = 9 }
    let execution = try harness.execution(of: guest)
    var times: [Timestamp] = []
    for _ in 0..<3 {
      let request = try next()
      times.append(harness.now)
      try harness.accept(request)
      try harness.report(request, .failed, error: MessageError(.defer, code: 131_049, message: ""))
    }
    #expect(times[1] == times[0] + .hours(24) && times[2] == times[1] + .hours(24))
    #expect(harness.state[execution].status == .failed)
    #expect(harness.reason(of: execution) == "unreached")
  }

  @Test func `within that day no other template of the category goes to them, another does`() throws
  {
    let guest = try harness.guests(1)[0]
    try harness.template("one")
    try harness.template("two")
    try harness.started(try note("one")) { $0.settings.retry.maxAttempts = 1 }
    try harness.refuse(try next(), .defer, code: 130_472)
    let start = harness.now
    try harness.started(try note("two"))
    try harness.started(try note("rsvp_thanks"))
    #expect(try harness.dispatch().map(\.content.template?.name) == ["rsvp_thanks"])
    try harness.restart(fromSnapshot: true)
    let late = try next()
    #expect((harness.now, late.content.template?.name) == (start + .hours(24), "two"))
    #expect(harness.state.person(of: guest).cappedUntil(.utility) == .zero)
  }
}
