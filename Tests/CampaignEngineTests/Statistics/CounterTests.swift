import Testing
import Wire

@testable import CampaignEngine

/// What the counters say. That they equal a recount is checked after every command of every test.
struct CounterTests {
  static func flow() throws -> ChatflowDocument {
    try CampaignEngineTests.flow(
      #"""
      {"id": "invite", "type": "send_template", "data": {"template": "rsvp_reminder",
        "parameters": {"guest_name": "{{guest.name}}"}, "session_text": {"*": "Will you come?"},
        "buttons": [{"handle": "yes"}, {"handle": "no"}]}},
      {"id": "answer", "type": "wait_reply", "data": {"timeout": "48h", "replies": [
        {"handle": "yes", "title": {"*": "Yes"}}, {"handle": "no", "title": {"*": "No"}}]}},
      {"id": "set", "type": "update_guest", "data": {"set": {"rsvp": "attending", "rsvp.dinner": "declined"}}},
      {"id": "thanks", "type": "send_message", "data": {"text": {"*": "Thank you!"},
        "outside_window": {"action": "fail"}}},
      {"id": "done", "type": "end", "data": {"outcome": "done"}}
      """#,
      "start > invite, invite > answer, answer:yes > set, answer:no > done, set > thanks, thanks > done"
    )
  }

  private func counters(_ harness: EngineHarness, _ campaign: CampaignID) -> CampaignCounters {
    harness.state[campaign].counters
  }

  private func totals(_ harness: EngineHarness) -> CampaignCounters {
    harness.state.project(of: 0).counters.totals
  }

  @Test func `messages are counted by template, category, purpose and market`() throws {
    let harness = EngineHarness()
    try harness.makeSender { row in
      row.rates.append(Rate(from: .zero, market: "62", category: .marketing, micros: 50_000))
    }
    try harness.makeProject()
    try harness.makeTemplates()
    try harness.guest("Local", phone: "+6281230000100")
    try harness.guest("Abroad", phone: "+491512345678")
    let campaign = try harness.started(try Self.flow())
    try harness.settle()
    let cells = counters(harness, campaign).cells
    #expect(cells.map(\.group.market) == [0, 62])
    #expect(cells.map(\.group.category) == [.marketing, .marketing])
    #expect(cells.map(\.group.template).allSatisfy { !$0.isNone })
    #expect(cells.map { $0.statuses[MessageStatus.accepted.index] } == [1, 1])
    #expect(cells.map(\.estimatedMicros) == [41_100, 50_000])
    #expect(totals(harness).cells == cells)
  }

  @Test func `what was not sent yet has no category, and moves when it is`() throws {
    let harness = try EngineHarness.wedding()
    let guest = try harness.guest("Ana", phone: "+6281230000100")
    let campaign = try harness.started(try Self.flow())
    #expect(counters(harness, campaign).cells.map(\.group.category) == [nil])
    try harness.settle()
    #expect(counters(harness, campaign).cells.map(\.group.category) == [.marketing])
    try harness.tap("yes", at: "answer", of: try harness.execution(of: guest))
    try harness.settle()
    #expect(counters(harness, campaign).cells.map(\.group.category) == [.service, .marketing])
    #expect(counters(harness, campaign).cells.map(\.group.purpose) == [.node, .node])
  }

  @Test func `failures are counted by class and code`() throws {
    let harness = try EngineHarness.wedding()
    try harness.guests(3)
    let campaign = try harness.started(try Self.flow())
    let requests = try harness.dispatch()
    try harness.refuse(requests[0], .recipient, code: 131_026)
    try harness.refuse(requests[1], .recipient, code: 131_026)
    try harness.lose(requests[2])
    let errors = counters(harness, campaign).errors
    #expect(errors.map(\.errorClass) == [.recipient, .unknown])
    #expect(errors.map(\.code) == [131_026, nil])
    #expect(errors.map(\.count) == [2, 1])
    // The lost one arrived after all: what is known of it is no error.
    try harness.report(requests[2], .sent, gatewayID: "wamid.late")
    #expect(counters(harness, campaign).errors.map(\.count) == [2])
  }

  @Test func `the funnel tells how many took each way out`() throws {
    let harness = try EngineHarness.wedding()
    let guests = try harness.guests(3)
    let campaign = try harness.started(try Self.flow())
    try harness.settle()
    for (guest, handle) in zip(guests, ["yes", "yes", "no"]) {
      try harness.tap(handle, at: "answer", of: try harness.execution(of: guest, in: campaign))
    }
    let graph = harness.state.graph(of: campaign)
    let node = try #require(graph.index(of: "answer"))
    let funnel = counters(harness, campaign).funnel[node]
    let ways = graph.nodes[node].handles.enumerated().map { ($1, funnel.passed(by: $0)) }
    #expect(
      Dictionary(ways, uniquingKeysWith: +) == ["yes": 2, "no": 1, "timeout": 0, "default": 0])
    #expect(funnel.passed == 3)
  }

  @Test func `answers are counted by event and category, for the campaign and for the list`() throws
  {
    let harness = try EngineHarness.wedding()
    let vip = try harness.guest("Ana", phone: "+6281230000100") {
      ($0.category, $0.partySize) = ("vip", .integer(3))
    }
    try harness.guest("Budi", phone: "+6281230000101") { $0.category = "crew" }
    let campaign = try harness.started(try Self.flow()) {
      $0.settings.guestFilter.categories = ["vip"]
    }
    try harness.settle()
    try harness.tap("yes", at: "answer", of: try harness.execution(of: vip))
    let categories = counters(harness, campaign).categories
    #expect(categories.map(\.guests) == [1])
    #expect(categories.map(\.headsInvited) == [3])
    #expect(categories[0].answers(toEvent: 0).attending == 1)
    #expect(categories[0].answers(toEvent: 0).headsAttending == 1)
    #expect(categories[0].answers(toEvent: 1).declined == 1)
    #expect(harness.state.project(of: 0).counters.guests == 2)
    #expect(totals(harness).categories.map(\.guests) == [1, 1])
    #expect(totals(harness).categories[0] == categories[0])
    var profile = GuestProfile()
    profile.category = "crew"
    try harness.perform(
      UpdateGuest(
        guest: vip, profile: profile, rsvp: .pending, attendingCount: nil, subscription: nil,
        zone: nil))
    #expect(totals(harness).categories.map(\.guests) == [2])
    #expect(totals(harness).categories[0].answers(toEvent: 0) == EventCount(event: 0))
    #expect(totals(harness).categories[0].answers(toEvent: 1).declined == 1)
  }

  @Test func `a project counts its campaigns by status and all that they send`() throws {
    let harness = try EngineHarness.wedding()
    try harness.guests(2)
    let flow = try harness.flow(try Self.flow())
    let first = try harness.campaign(flow)
    let second = try harness.campaign(flow)
    func byStatus(_ status: CampaignStatus) -> Int {
      harness.state.project(of: 0).counters.campaigns[status.index]
    }
    #expect(byStatus(.draft) == 2)
    try harness.start(first)
    try harness.settle()
    try harness.perform(PauseCampaign(campaign: first))
    #expect(byStatus(.draft) == 1)
    #expect(byStatus(.paused) == 1)
    try harness.start(second)
    try harness.settle()
    #expect(byStatus(.draft) == 0)
    #expect(totals(harness).audience == 4)
    // Guests are in both campaigns and on the list once.
    #expect(totals(harness).categories.map(\.guests).reduce(0, +) == 2)
    let sent = [first, second].map { counters(harness, $0).messages.reduce(0, +) }
    #expect(totals(harness).messages.reduce(0, +) == sent[0] + sent[1])
  }

  @Test func `the timeline follows what is reported`() throws {
    let harness = try EngineHarness.wedding()
    let guest = try harness.guest("Ana", phone: "+6281230000100")
    let campaign = try harness.started(try Self.flow())
    try harness.settle()
    harness.pass(.hours(1))
    try harness.report(try #require(harness.sent.first), .read)
    harness.pass(.hours(1))
    try harness.tap("no", at: "answer", of: try harness.execution(of: guest))
    let timeline = counters(harness, campaign).timeline
    let facts = timeline.buckets.map { bucket in
      TimelineFact.allCases.filter { bucket[$0] > 0 }
    }
    #expect(facts == [[.enrolled, .sent], [.delivered, .read], [.replies, .ended]])
    #expect(totals(harness).timeline == timeline)
  }

  @Test func `a snapshot without the counters of projects is counted anew`() throws {
    let harness = try EngineHarness.wedding()
    try harness.guests(3)
    try harness.started(try Self.flow())
    try harness.settle()
    var restored = State()
    try harness.state.encodeSnapshot { tag, payload in
      if tag != .projectCounters { try restored.restore(tag: tag.rawValue, payload: payload) }
    }
    try restored.rebuildIndexes()
    #expect(restored.checkInvariants() == [])
    #expect(restored.projects[0].counters.guests == 3)
  }
}
