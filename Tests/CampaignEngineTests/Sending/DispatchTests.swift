import Testing
import Wire

@testable import CampaignEngine

private let wait = #"{"id": "wait", "type": "wait_reply", "data": {"timeout": "7d"}}"#

private func sending(_ template: String = "rsvp_thanks", more: String = "") throws
  -> ChatflowDocument
{
  try flow(
    #"""
    {"id": "send", "type": "send_template", "data": {"template": "\#(template)"\#(more)}}, \#(wait)
    """#, "start > send, send > wait")
}

struct DispatchTests {
  @Test func `a throttled campaign sends at its pace`() throws {
    let harness = try EngineHarness.wedding()
    try harness.guests(5)
    try harness.started(try sending()) { row in
      row.settings.throttle = Throttle()
      row.settings.throttle?.perMinute = 6
    }
    let start = harness.now
    try harness.run(for: .minutes(2))
    #expect(
      harness.sent.map { $0.startedAt - start } == [0, 10, 20, 30, 40].map { TimeSpan.seconds($0) })
  }

  @Test func `a number sends no faster than it may, over all its campaigns`() throws {
    let harness = EngineHarness()
    try harness.makeSender { $0.messagesPerSecond = 10 }
    try harness.makeProject()
    try harness.makeTemplates()
    let guests = try harness.guests(40)
    harness.fullComparisonInterval = 50
    for half in [guests.prefix(20), guests.suffix(20)] {
      try harness.started(try sending()) { $0.settings.guestFilter.guestIDs = Array(half) }
    }
    let start = harness.now
    try harness.run(for: .seconds(10))
    #expect(harness.sent.count == 40)
    for second in 0..<4 {
      let from = start + .seconds(Int64(second))
      let count = harness.sent.count { $0.startedAt >= from && $0.startedAt < from + .seconds(1) }
      #expect(count <= 13, "second \(second)")
    }
    let last = try #require(harness.sent.last)
    #expect(last.startedAt - start >= .milliseconds(3600))
    #expect(last.startedAt - start <= .seconds(4))
  }

  @Test func `quiet hours postpone what we begin, on the guest's clock, but no reply`() throws {
    let harness = try EngineHarness(wedding: { project in
      project.quietHours = QuietHours(
        from: TimeOfDay(minutes: 21 * 60), to: TimeOfDay(minutes: 8 * 60))
    })
    let flow = try flow(
      #"""
      {"id": "send", "type": "send_template", "data": {"template": "rsvp_thanks"}}, \#(wait),
      {"id": "one", "type": "send_message", "data": {"text": {"*": "One"}}},
      {"id": "two", "type": "send_message", "data": {"text": {"*": "Two"}}}
      """#, "start > send, send > wait, wait:default > one, one > two")
    let kolkata = ZoneRules(name: "Asia/Kolkata", initialOffsetSeconds: 19_800, transitions: [])
    let near = try harness.guest("Ana", phone: "+6281230000011")
    var far = GuestRow()
    (far.name, far.phone, far.timeZone) = ("Raj", "+919812300045", "Asia/Kolkata")
    try harness.importRows([far], zones: [kolkata])
    // 21:30 in Jakarta, 20:00 in Kolkata.
    harness.now = time("2026-11-23T14:30:00Z")
    try harness.started(flow)
    try harness.settle()
    #expect(harness.sent.map(\.to.wireText) == ["+919812300045"])
    let execution = try harness.execution(of: near)
    #expect(harness.state[execution].wait?.kind == .delay)
    #expect(harness.state.nextDue == time("2026-11-24T01:00:00Z"))
    try harness.run(until: time("2026-11-24T01:00:00Z"))
    #expect(harness.node(of: execution) == "wait")
    // At night Ana answers, and gets all that follows in the same night.
    harness.now = time("2026-11-24T16:00:00Z")
    try harness.write("hello", from: near)
    try harness.settle()
    #expect(harness.sent.suffix(2).map(\.content) == [.text("One"), .text("Two")])
    #expect(harness.state[execution].status == .completed)
  }

  @Test func `what is too late is not sent, and its execution is skipped`() throws {
    let harness = try EngineHarness.wedding()
    let guest = try harness.guest("Ana", phone: "+6281230000011")
    let sendBy = harness.now + .hours(1)
    let campaign = try harness.started(
      try sending(more: #", "send_by": "\#(sendBy.wireText)""#))
    harness.now = sendBy + TimeSpan(milliseconds: 1)
    try harness.settle()
    let execution = try harness.execution(of: guest)
    #expect(harness.sent.isEmpty)
    #expect(harness.state[execution].status == .skipped)
    #expect(harness.reason(of: execution) == "too_late")
    #expect(harness.state[campaign].counters.messages[MessageStatus.suppressed.index] == 1)
  }

  @Test func `the campaign's own send_by counts too, and its last moment is in time`() throws {
    let harness = try EngineHarness.wedding()
    try harness.guests(1)
    let sendBy = harness.now + .hours(1)
    try harness.started(try sending()) { $0.settings.sendBy = sendBy }
    harness.now = sendBy
    try harness.settle()
    #expect(harness.sent.count == 1)
  }

  @Test func `an opt-out between planning and sending suppresses the message`() throws {
    let harness = try EngineHarness.wedding()
    let guest = try harness.guest("Ana", phone: "+6281230000011")
    let campaign = try harness.started(try sending())
    var row = GuestRow()
    (row.name, row.phone, row.subscription) = ("Ana", "+6281230000011", "opted_out")
    try harness.importRows([row])
    try harness.settle()
    #expect(harness.sent.isEmpty)
    #expect(harness.reason(of: try harness.execution(of: guest)) == "opted_out")
    #expect(harness.state[campaign].counters.messages[MessageStatus.suppressed.index] == 1)
  }

  @Test func `who wants no marketing gets utility messages only`() throws {
    let harness = try EngineHarness.wedding()
    let guest = try harness.guest("Ana", phone: "+6281230000011")
    try harness.template("offer")
    let utility = try harness.started(try sending())
    let marketing = try harness.started(try sending("offer"))
    var row = GuestRow()
    (row.name, row.phone, row.subscription) = ("Ana", "+6281230000011", "no_marketing")
    try harness.importRows([row])
    try harness.settle()
    #expect(harness.node(of: try harness.execution(of: guest, in: utility)) == "wait")
    try harness.write("ok", from: guest)
    try harness.settle()
    #expect(harness.reason(of: try harness.execution(of: guest, in: marketing)) == "opted_out")
    #expect(harness.sent.count == 1)
  }

  @Test func `a template that nobody approved in the guest's languages skips the execution`() throws
  {
    let harness = try EngineHarness(wedding: { $0.languages = [] })
    let guest = try harness.guest("Ana", phone: "+6281230000011") { $0.language = "en" }
    let template = try harness.template("offer", languages: ["en"])
    let late = try flow(
      #"""
      {"id": "rest", "type": "delay", "data": {"for": "1h"}},
      {"id": "send", "type": "send_template", "data": {"template": "offer"}}
      """#, "start > rest, rest > send")
    try harness.started(late)
    try harness.perform(
      ReportTemplateStatus(template: template, language: "en", status: .rejected))
    try harness.run(for: .hours(2))
    #expect(harness.reason(of: try harness.execution(of: guest)) == "no_template_language")
  }

  @Test func `a corrected number applies to what was not sent yet, and to what is learnt`() throws {
    let harness = try EngineHarness.wedding()
    let guest = try harness.guest("Ana", phone: "+6281230000011")
    try harness.started(try sending())
    var profile = GuestProfile()
    profile.phone = Phone(wireText: "+6281230000022")
    try harness.perform(
      UpdateGuest(
        guest: guest, profile: profile, rsvp: nil, attendingCount: nil, subscription: nil, zone: nil
      ))
    let request = try #require(try harness.dispatch().first)
    #expect(request.to.wireText == "+6281230000022")
    try harness.refuse(request, .optOut, code: 131_050)
    #expect(harness.state.person(of: guest).subscription == .noMarketing)
    let old = try #require(
      harness.state[harness.sender].personsByPhone[Phone(number: 6_281_230_000_011)])
    #expect(harness.state[harness.sender].persons[old].subscription == .subscribed)
  }

  @Test func `replies go before what a campaign begins`() throws {
    let harness = EngineHarness()
    try harness.makeSender { $0.messagesPerSecond = 1 }
    try harness.makeProject()
    try harness.makeTemplates()
    let guest = try harness.guest("Ana", phone: "+6281230000011")
    let chat = try flow(
      #"{"id": "wait", "type": "wait_reply", "data": {"timeout": "7d"}}, "#
        + #"{"id": "say", "type": "send_message", "data": {"text": {"*": "Reply"}}}"#,
      "start > wait, wait:default > say")
    try harness.started(chat) { $0.settings.guestFilter.guestIDs = [guest] }
    try harness.guests(5)
    try harness.started(try sending())
    try harness.write("hello", from: guest)
    #expect(try harness.dispatch().first?.content == .text("Reply"))
  }

  @Test func `one turn hands over at most its share`() throws {
    let harness = EngineHarness()
    try harness.makeSender { $0.messagesPerSecond = 1_000_000 }
    try harness.makeProject()
    try harness.makeTemplates()
    harness.fullComparisonInterval = 100
    try harness.guests(200)
    try harness.started(try sending())
    #expect(try harness.dispatch().count == Limits.sendsPerSlice)
    #expect(try harness.dispatch().count == 200 - Limits.sendsPerSlice)
  }

  @Test func `the rate of a campaign counts whole minutes`() {
    var counters = CampaignCounters()
    let start = time("2026-11-23T02:15:10Z")
    for second in 0..<4 { counters.countSent(at: start + .seconds(Int64(second))) }
    #expect(counters.sentLastMinute(at: start) == 0)
    #expect(counters.sentLastMinute(at: start + .minutes(1)) == 4)
    counters.countSent(at: start + .minutes(1))
    #expect(counters.sentLastMinute(at: start + .minutes(1)) == 4)
    #expect(counters.sentLastMinute(at: start + .minutes(2)) == 1)
    #expect(counters.sentLastMinute(at: start + .minutes(9)) == 0)
  }

  @Test(arguments: [(0, 0), (1, 0), (2, 1), (3, 2), (8192, 13), (8193, 14)] as [(Int64, Int)])
  func `dwell times fall into buckets by powers of two`(milliseconds: Int64, bucket: Int) {
    #expect(FunnelCount.bucket(of: TimeSpan(milliseconds: milliseconds)) == bucket)
  }
}

extension TimeSpan {
  fileprivate static func milliseconds(_ count: Int64) -> TimeSpan { TimeSpan(milliseconds: count) }
}
