import Testing
import Wire

import CampaignEngine

private let millisecond = TimeSpan(milliseconds: 1)

private func before(_ span: TimeSpan) -> TimeSpan { TimeSpan(milliseconds: -span.milliseconds) }

/// The session window, at its edges, and what is held until it opens.
struct SessionWindowTests {
  private let harness: EngineHarness
  private let guest: GuestID

  init() throws {
    harness = try EngineHarness.wedding()
    guest = try harness.guest("Ana", phone: "+6281230000011")
  }

  private func held(
    _ text: String = "Hello", for duration: TimeSpan = .hours(24)
  ) throws -> ExecutionID {
    let note = try flow(
      #"""
      {"id": "send", "type": "send_template", "data": {"template": "rsvp_thanks",
        "session_text": {"*": "\#(text)"}}}
      """#, "start > send")
    let campaign = try harness.started(note) { row in
      row.settings.sessionPolicy.mode = .holdFor
      row.settings.sessionPolicy.duration = duration
    }
    return try harness.execution(of: guest, in: campaign)
  }

  private var person: Person { harness.state.person(of: guest) }

  @Test func `the window closes at exactly 24 hours, and is not used in its last two minutes`()
    throws
  {
    try harness.write("hello", from: guest)
    let closes = harness.now + .hours(24)
    #expect(person.windowClosesAt == closes)
    #expect(person.isWindowOpen(at: closes + before(millisecond)))
    #expect(!person.isWindowOpen(at: closes))
    let margin = closes + before(SessionWindow.safetyMargin)
    #expect(person.isWindowSafelyOpen(at: margin + before(millisecond)))
    #expect(!person.isWindowSafelyOpen(at: margin))
    #expect(!person.isWindowSafelyOpen(at: margin + millisecond))
  }

  @Test(arguments: [(-1, true), (0, false), (1, false)])
  func `what is sent is decided at the moment of sending`(offset: Int64, isText: Bool) throws {
    try harness.write("hello", from: guest)
    let margin = harness.now + .hours(24) + before(SessionWindow.safetyMargin)
    let late = try flow(
      #"""
      {"id": "send", "type": "send_template", "data": {"template": "rsvp_thanks",
        "session_text": {"*": "Text"}}}
      """#, "start > send")
    try harness.started(late)
    harness.now = margin + TimeSpan(milliseconds: offset)
    let content = try #require(try harness.dispatch().first).content
    #expect((content == .text("Text")) == isText)
  }

  @Test func `only what the guest sends opens the window, and by its own time`() throws {
    let execution = try held()
    try harness.settle()
    #expect(person.windowClosesAt == .zero)
    // A message that is a day old opens nothing and releases nothing.
    #expect(
      try harness.write("old", from: guest, at: harness.now + before(.hours(24))).released == [])
    #expect(!person.isWindowOpen(at: harness.now))
    // An older one never moves it back, and one from the future is taken as of now.
    try harness.write("hi", from: guest, at: harness.now + before(.hours(3)))
    let closes = person.windowClosesAt
    #expect(closes == harness.now + .hours(21))
    try harness.write("earlier", from: guest, at: harness.now + before(.hours(9)))
    #expect(person.windowClosesAt == closes)
    try harness.settle()
    #expect(harness.sent.map(\.content) == [.text("Hello")])
    for status in [ReportedStatus.sent, .delivered, .read] {
      harness.pass(.hours(1))
      try harness.report(try #require(harness.sent.first), status)
    }
    #expect(person.windowClosesAt == closes)
    #expect(harness.state[execution].status == .completed)
    try harness.write("soon", from: guest, at: harness.now + .days(9))
    #expect(person.windowClosesAt == harness.now + .hours(24))
  }

  @Test(arguments: [false, true])
  func `a reply at the very moment of the deadline sends exactly one of text and template`(
    replyFirst: Bool
  ) throws {
    let execution = try held()
    try harness.settle()
    harness.now = try #require(harness.state.nextDue)
    if replyFirst {
      #expect(try harness.write("hello", from: guest).released.count == 1)
      try harness.settle()
      #expect(harness.sent.map(\.content) == [.text("Hello")])
    } else {
      let request = try #require(try harness.dispatch().first)
      #expect(try harness.write("hello", from: guest).released == [])
      try harness.accept(request)
      guard case .template = request.content else {
        Issue.record("\(request.content)")
        return
      }
    }
    try harness.run(for: .days(3))
    #expect(harness.sent.count == 1)
    #expect(harness.state[execution].status == .completed)
  }

  @Test func `several invitations for one guest go in their order, over all campaigns`() throws {
    for number in 1...4 { _ = try held("\(number)") }
    // A large campaign whose turn it is must not come in between.
    try harness.settle()
    let released = try harness.write("hello", from: guest).released
    #expect(released.count == 4)
    #expect(released == released.sorted())
    try harness.settle()
    #expect(harness.sent.map(\.content) == ["1", "2", "3", "4"].map { .text($0) })
  }

  @Test func `a guest who writes at night gets the invitation at once`() throws {
    let harness = try EngineHarness(wedding: { project in
      project.quietHours = QuietHours(
        from: TimeOfDay(minutes: 21 * 60), to: TimeOfDay(minutes: 8 * 60))
    })
    let guest = try harness.guest("Ana", phone: "+6281230000011")
    try harness.started(try document(rsvpFlow)) { row in
      row.settings.sessionPolicy.mode = .holdFor
      row.settings.sessionPolicy.duration = .hours(24)
    }
    try harness.settle()
    // 23:00 in Jakarta.
    harness.now = time("2026-11-23T16:00:00Z")
    try harness.write("hello", from: guest)
    try harness.settle()
    #expect(harness.sent.count == 1)
  }

  // MARK: Flush

  private func flush(
    campaign: CampaignID? = nil, guest: GuestID? = nil, messages: [MessageID]? = nil,
    after: UInt32 = 0
  ) throws -> FlushPending.Result {
    try harness.perform(
      FlushPending(
        project: harness.project, campaign: campaign, guest: guest, messages: messages, after: after
      ))
  }

  @Test func `a flush sends the template now, and nothing else goes later`() throws {
    let execution = try held()
    let other = try held("Other")
    try harness.settle()
    let result = try flush(campaign: harness.state[execution].campaign)
    #expect(result.released.count == 1)
    #expect(result.next == nil)
    try harness.settle()
    #expect(harness.sent.count == 1)
    #expect(harness.state[execution].status == .completed)
    #expect(harness.state[other].wait?.kind == .session)
    #expect(try flush(guest: guest).released.count == 1)
    #expect(try flush(guest: guest).released == [])
    try harness.write("hello", from: guest)
    try harness.run(for: .days(2))
    #expect(harness.sent.count == 2)
  }

  @Test func `a free text that waits for the window is no invitation`() throws {
    let ask = try flow(
      #"""
      {"id": "ask", "type": "send_message", "data": {"text": {"*": "Well?"},
        "outside_window": {"action": "wait", "timeout": "5h"}}}
      """#, "start > ask")
    try harness.started(ask)
    try harness.settle()
    let execution = try harness.execution(of: guest)
    #expect(harness.state[execution].wait?.kind == .session)
    #expect(try flush().released == [])
    let message = harness.state[execution].awaitedMessage
    let command = FlushPending(
      project: harness.project, campaign: nil, guest: nil, messages: [message], after: 0)
    #expect(harness.refusal(of: command)?.code == .invalidState)
    let unknown = FlushPending(
      project: harness.project, campaign: nil, guest: nil,
      messages: [MessageID(space: 0, counter: 99)], after: 0)
    #expect(harness.refusal(of: unknown)?.code == .notFound)
    let nowhere = FlushPending(
      project: ProjectID(space: 0, counter: 9), campaign: nil, guest: nil, messages: nil, after: 0)
    #expect(harness.refusal(of: nowhere)?.code == .notFound)
  }

  @Test func `a flush of very many goes on where it stopped`() throws {
    harness.fullComparisonInterval = 1000
    for _ in 0..<3 { try harness.guests(400) }
    _ = try held()
    let first = try flush()
    #expect(first.released.count == Limits.releasesPerFlush)
    let second = try flush(after: try #require(first.next))
    #expect(second.released.count == 201)
    #expect(second.next == nil)
    #expect(Set(first.released + second.released).count == 1201)
  }
}
