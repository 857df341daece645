import Testing
import Wire

@testable import CampaignEngine

/// What one number may send to one person, and to how many people a day.
struct RateTests {
  private func world(
    guests count: Int, _ configure: (inout Sender) -> Void
  ) throws -> (EngineHarness, [GuestID]) {
    let harness = EngineHarness()
    try harness.makeSender(configure)
    try harness.makeProject()
    try harness.makeTemplates()
    return (harness, try harness.guests(count))
  }

  private func note() throws -> ChatflowDocument {
    try flow(
      #"{"id": "send", "type": "send_template", "data": {"template": "rsvp_thanks"}}"#,
      "start > send")
  }

  // MARK: Pairs

  @Test func `a pair may take 45 messages at once, and then one every six seconds`() throws {
    let (harness, _) = try world(guests: 1) { $0.messagesPerSecond = 1000 }
    let nodes = (1...50).map {
      #"{"id": "n\#($0)", "type": "send_template", "data": {"template": "rsvp_thanks"}}"#
    }.joined(separator: ", ")
    let edges = (2...50).map { "n\($0 - 1) > n\($0)" }.joined(separator: ", ")
    harness.fullComparisonInterval = 20
    let start = harness.now
    let campaign = try harness.started(try flow(nodes, "start > n1, " + edges))
    try harness.settle()
    #expect(harness.sent.count == 45)
    let id = try #require(harness.state.members(of: campaign).first)
    #expect(harness.state[id].wait?.kind == .capacity)
    let sender = harness.state[harness.sender]
    #expect(sender.persons[1].pairTokens(at: harness.now) == 0)
    #expect(harness.state.nextDue == start + .seconds(6))
    try harness.run(for: .minutes(1))
    let late = harness.sent.dropFirst(45).map { $0.startedAt - start }
    #expect(late == (1...5).map { TimeSpan.seconds(6 * $0) })
    let row = harness.state[harness.sender].persons[1]
    #expect(row.pairTokens(at: start + .seconds(29)) == 0)
    #expect(row.pairTokens(at: start + .seconds(36)) == 1)
    #expect(row.pairTokens(at: start + .minutes(10)) == 45)
  }

  @Test func `one person's limit holds nobody else`() throws {
    let (harness, guests) = try world(guests: 2) { _ in }
    var state = harness.state
    for _ in 0..<45 { state.countSend(to: 1, of: harness.sender, isOutsideWindow: false) }
    let loaded = EngineHarness(
      after: EngineHarness.Scene(
        state: state, sender: harness.sender, project: harness.project, kinds: harness.kinds),
      fullComparisonInterval: 1)
    try loaded.started(try note())
    try loaded.settle()
    #expect(loaded.sent.map(\.guest) == [guests[1]])
    try loaded.run(for: .seconds(6))
    #expect(loaded.sent.map(\.guest) == [guests[1], guests[0]])
  }

  // MARK: The daily limit

  @Test func `when the day is used up, the rest waits for the oldest to leave`() throws {
    let (harness, guests) = try world(guests: 5) { row in
      row.dailyLimit = 2
      row.messagesPerSecond = 1
    }
    let start = harness.now
    let campaign = try harness.started(try note())
    try harness.run(for: .minutes(1))
    #expect(harness.sent.map(\.guest) == Array(guests.prefix(2)))
    let times = harness.sent.map(\.startedAt)
    #expect(harness.state[campaign].counters.waitingFor[WaitKind.capacity.index] == 3)
    #expect(harness.state.nextDue == times[0] + .hours(24))
    #expect(harness.state[harness.sender].dailyCount(at: harness.now) == 2)
    #expect(harness.state[harness.sender].nextDailyRoom(at: harness.now) == times[0] + .hours(24))
    // Looking again changes nothing: nobody waits in a busy loop.
    let before = harness.state
    for _ in 0..<3 { #expect(try harness.dispatch().isEmpty) }
    #expect(StateComparison.firstDifference(before, harness.state) == nil)
    try harness.restart(fromSnapshot: true)
    try harness.run(until: times[0] + .hours(24) + TimeSpan(milliseconds: -1))
    #expect(harness.sent.count == 2)
    try harness.run(until: start + .days(4))
    #expect(harness.sent.map(\.guest) == guests)
    for (index, request) in harness.sent.enumerated() {
      let lastDay = harness.sent[..<index].filter { $0.startedAt + .hours(24) > request.startedAt }
      #expect(lastDay.count < 2)
    }
    #expect(harness.state[campaign].status == .completed)
  }

  @Test func `who counts already may be written to again, and so may who wrote`() throws {
    let (harness, guests) = try world(guests: 3) { $0.dailyLimit = 1 }
    try harness.started(try note()) { $0.settings.guestFilter.guestIDs = [guests[0]] }
    try harness.settle()
    try harness.started(try note())
    try harness.settle()
    #expect(harness.sent.map(\.guest) == [guests[0], guests[0]])
    let released = try harness.write("hello", from: guests[2]).released
    #expect(released.count == 1)
    try harness.settle()
    #expect(harness.sent.map(\.guest) == [guests[0], guests[0], guests[2]])
    #expect(harness.state[harness.sender].dailyCount(at: harness.now) == 1)
  }

  @Test func `free text is no template, and never waits for the daily limit`() throws {
    let (harness, guests) = try world(guests: 2) { $0.dailyLimit = 1 }
    let text = try flow(
      #"""
      {"id": "send", "type": "send_template", "data": {"template": "rsvp_thanks",
        "session_text": {"*": "Thanks!"}}}
      """#, "start > send")
    for guest in guests { try harness.write("hello", from: guest) }
    try harness.started(text)
    try harness.settle()
    #expect(harness.sent.map(\.content) == [.text("Thanks!"), .text("Thanks!")])
    #expect(harness.state[harness.sender].dailyCount(at: harness.now) == 0)
  }

  @Test func `a campaign that waits for the day holds up no other, and a cancel ends the wait`()
    throws
  {
    let (harness, guests) = try world(guests: 4) { $0.dailyLimit = 1 }
    try harness.write("hello", from: guests[3])
    let waiting = try harness.started(try note()) {
      $0.settings.guestFilter.guestIDs = Array(guests[..<3])
    }
    try harness.settle()
    try harness.started(try note()) { $0.settings.guestFilter.guestIDs = [guests[3]] }
    try harness.settle()
    #expect(harness.sent.map(\.guest) == [guests[0], guests[3]])
    try harness.perform(PauseCampaign(campaign: waiting))
    #expect(harness.state.nextDue == nil)
    try harness.perform(ResumeCampaign(campaign: waiting))
    try harness.settle()
    #expect(harness.state.nextDue == harness.now + .hours(24))
    try harness.perform(CancelCampaign(campaign: waiting))
    try harness.settle()
    #expect(harness.state.nextDue == nil)
    try harness.run(for: .days(3))
    #expect(harness.sent.count == 2)
    #expect(harness.state[waiting].counters.messages[MessageStatus.cancelled.index] == 2)
  }

  @Test func `ranks in an ordered set say how many come before`() {
    var set = SortedChunks<UInt32>()
    for number in 0..<2000 { set.insert(UInt32(number * 2)) }
    for number in [0, 1, 511, 512, 513, 1024, 1999] {
      #expect(set.rank(of: UInt32(number * 2)) == number)
      #expect(set.rank(of: UInt32(number * 2 + 1)) == number + 1)
      #expect(set.element(atRank: number) == UInt32(number * 2))
    }
    #expect(set.element(atRank: 2000) == nil)
    #expect(set.element(atRank: -1) == nil)
    #expect(SortedChunks<UInt32>().rank(of: 7) == 0)
  }
}
