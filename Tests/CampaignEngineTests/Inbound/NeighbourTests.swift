import Testing
import Wire

import CampaignEngine

/// What went wrong in other systems of this kind.
struct NeighbourTests {
  private static let quiet = QuietHours(
    from: TimeOfDay(minutes: 21 * 60), to: TimeOfDay(minutes: 8 * 60))

  private let ask = #"""
    {"id": "send", "type": "send_template", "data": {
      "template": "rsvp_reminder", "parameters": {"guest_name": "{{guest.name}}"},
      "buttons": [{"handle": "yes"}, {"handle": "no"}]}},
    {"id": "wait", "type": "wait_reply", "data": {"timeout": "7d", "replies": [
      {"handle": "yes", "title": {"*": "Of course"}}, {"handle": "no", "title": {"*": "Sorry"}}]}},
    {"id": "come", "type": "update_guest", "data": {"set": {"rsvp": "attending"}}},
    {"id": "rest", "type": "end", "data": {"outcome": "rest"}}
    """#
  private let edges =
    "start > send, send > wait, wait:yes > come, wait:no > rest, wait:default > rest"

  @Test func `a button's title counts where no payload comes back, in the guest's language`() throws
  {
    let harness = try EngineHarness.wedding()
    let guest = try harness.guest("Sari", phone: "+6281230000011") { $0.language = "id" }
    try harness.started(try flow(ask, edges))
    try harness.settle()
    // The template calls it "yes id"; the reply of the flow has another title.
    try harness.write("YES  ID", from: guest, kind: .button)
    #expect(harness.path(of: try harness.execution(of: guest)).last == "come")
  }

  @Test func `a template's buttons carry a payload where the node lists none`() throws {
    let harness = try EngineHarness.wedding()
    try harness.guests(1)
    let nodes = #"""
      {"id": "send", "type": "send_message", "data": {"text": {"*": "Hi"}, "outside_window": {
        "action": "template", "template": "rsvp_reminder", "parameters": {"guest_name": "you"}}}},
      {"id": "wait", "type": "wait_reply", "data": {"timeout": "7d"}}
      """#
    try harness.started(try flow(nodes, "start > send, send > wait"))
    try harness.settle()
    let sent = try #require(harness.sent.first)
    let buttons = harness.state[sent.attempt.message].content.buttons
    #expect(buttons.map { ButtonPayload($0.payload)?.handle } == ["yes", "no"])
    #expect(buttons.allSatisfy { ButtonPayload($0.payload)?.node == "wait" })
  }

  @Test func `the same button tapped again keeps the count that was told in detail`() throws {
    let harness = try EngineHarness.wedding()
    let guest = try harness.guest("Sari", phone: "+6281230000011") { $0.partySize = .integer(4) }
    try harness.started(try flow(ask, edges))
    try harness.settle()
    let execution = try harness.execution(of: guest)
    try harness.tap("yes", at: "wait", of: execution)
    var row = GuestRow()
    (row.name, row.phone, row.attendingCount) = ("Sari", "+6281230000011", .integer(3))
    try harness.importRows([row], overwritesRSVP: true)
    try harness.tap("yes", at: "wait", of: execution)
    #expect(harness.state[guest].attendingCount == 3)
  }

  @Test func `an answer that was put off into the night waits for the morning`() throws {
    let harness = try EngineHarness(
      startingAt: time("2026-11-23T13:30:00.000Z"), wedding: { $0.quietHours = Self.quiet })
    let guest = try harness.guest("Sari", phone: "+6281230000011")
    let nodes = #"""
      {"id": "wait", "type": "wait_reply", "data": {"timeout": "7d"}},
      {"id": "rest", "type": "delay", "data": {"for": "1m"}},
      {"id": "form", "type": "guest_form", "data": {"timeout": "2h", "questions": [
        {"key": "n", "kind": "number", "ask": {"*": "How many?"}}]}}
      """#
    let campaign = try harness.started(
      try flow(nodes, "start > wait, wait:default > rest, rest > form"))
    // 20:30 in Jakarta, and half an hour later it is quiet.
    try harness.write("hello", from: guest)
    try harness.perform(PauseCampaign(campaign: campaign))
    try harness.run(for: .hours(3))
    try harness.perform(ResumeCampaign(campaign: campaign))
    try harness.run(for: .hours(9))
    let sent = harness.sent.map(\.startedAt)
    #expect(sent == [time("2026-11-24T01:00:00.000Z")])
    // The question was held for longer than it waits, and still waits for its answer.
    #expect(harness.node(of: try harness.execution(of: guest)) == "form")
  }

  @Test func `a thank-you after an event late in the evening comes in the morning`() throws {
    let harness = try EngineHarness(wedding: { row in
      row.quietHours = Self.quiet
      row.events = [
        ProjectEvent(key: "party", name: "Party", startsAt: time("2026-12-12T16:00:00.000Z"))
      ]
    })
    try harness.guests(1)
    let nodes = #"""
      {"id": "day", "type": "delay", "data": {"relative_to_event": {"offset": "0s"}}},
      {"id": "send", "type": "send_template", "data": {"template": "rsvp_thanks"}}
      """#
    try harness.started(try flow(nodes, "start > day, day > send"))
    try harness.run(until: time("2026-12-14T00:00:00.000Z"))
    #expect(harness.sent.map(\.startedAt) == [time("2026-12-13T01:00:00.000Z")])
  }

  @Test func `a corrected number is asked, and nobody is told apart by the old one`() throws {
    let harness = try EngineHarness.wedding()
    let guest = try harness.guest("Sari", phone: "+6281230000011") { $0.externalID = "A" }
    try harness.started(try flow(ask, edges))
    try harness.settle()
    var row = GuestRow()
    (row.externalID, row.phone) = ("A", "+6281230000012")
    try harness.importRows([row])
    try harness.settle()
    #expect(harness.sent.map(\.to.wireText) == ["+6281230000011", "+6281230000012"])
    let first = try #require(harness.sent.first?.attempt.message)
    #expect(harness.state.number(of: harness.state[first]).wireText == "+6281230000011")
    try harness.tap("yes", at: "wait", of: try harness.execution(of: guest))
    row.phone = "+6281230000013"
    try harness.importRows([row])
    try harness.settle()
    #expect(harness.sent.count == 2)
  }

  @Test func `one claim a second fills a throttle of 600 a minute`() throws {
    let harness = EngineHarness()
    try harness.makeSender { $0.gateway = .client }
    try harness.makeProject()
    try harness.makeTemplates()
    harness.fullComparisonInterval = 100
    try harness.guests(700)
    try harness.started(
      try flow(
        #"{"id": "send", "type": "send_template", "data": {"template": "rsvp_thanks"}}"#,
        "start > send")
    ) { row in
      row.settings.throttle = Throttle()
      row.settings.throttle?.perMinute = 600
    }
    for _ in 0..<60 {
      for request in try harness.dispatch() { try harness.accept(request) }
      harness.pass(.seconds(1))
    }
    #expect((600...611).contains(harness.sent.count))
  }

  @Test func `the throttle of a running campaign can be changed, and its chatflow cannot`() throws {
    let harness = try EngineHarness.wedding()
    try harness.guests(3)
    let campaign = try harness.started(
      try flow(
        #"{"id": "send", "type": "send_template", "data": {"template": "rsvp_thanks"}}"#,
        "start > send")
    ) { row in
      row.settings.throttle = Throttle()
      row.settings.throttle?.perMinute = 1
    }
    try harness.settle()
    var settings = harness.state[campaign].settings
    settings.throttle = nil
    settings.sendBy = harness.now + .hours(1)
    try harness.perform(UpdateCampaign(campaign: campaign, settings: settings, zone: nil))
    try harness.settle()
    #expect(harness.sent.count == 3)
    settings.name = "Other"
    let refusal = harness.refusal(
      of: UpdateCampaign(campaign: campaign, settings: settings, zone: nil))
    #expect(refusal?.code == .invalidState)
  }

  @Test func `a key that comes twice in a list refuses the second row`() throws {
    let harness = try EngineHarness.wedding()
    var (one, other) = (GuestRow(), GuestRow())
    (one.externalID, one.name, one.phone) = ("A1", "Jose Rao", "+919812300001")
    (other.externalID, other.name, other.phone) = (" A1", "Ravi Wijaya", "+919812300002")
    let items = try harness.importRows([one, other])
    #expect(items.map(\.result) == [.created, .refused])
    #expect(items[1].error?.reason == "repeated")
    #expect(harness.state[items[0].guest].name == "Jose Rao")
  }

  @Test func `more who come than are invited are warned of`() throws {
    let harness = try EngineHarness.wedding()
    var row = GuestRow()
    (row.name, row.phone, row.partySize) = ("Sari", "+6281230000011", .integer(2))
    (row.rsvp, row.attendingCount) = ("attending", .integer(5))
    let item = try #require(try harness.importRows([row]).first)
    #expect(item.warnings.map(\.code) == ["above_party"])
    #expect(harness.state[item.guest].attendingCount == 5)
  }
}
