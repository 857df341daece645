import Testing

import CampaignEngine

struct MovedEventTests {
  private let harness: EngineHarness
  private let guest: GuestID

  init() throws {
    harness = try EngineHarness.wedding()
    guest = try harness.guest("Ana", phone: "+6281230000011")
  }

  private func started(
    _ offset: String = #"{"offset": "-2d", "at": "10:00"}"#,
    _ configure: (inout Campaign) -> Void = { _ in }
  ) throws -> ExecutionID {
    let campaign = try harness.started(
      try flow(
        #"""
        {"id": "rest", "type": "delay", "data": {"relative_to_event": \#(offset)}},
        {"id": "end", "type": "end", "data": {"outcome": "x"}}
        """#, "start > rest, rest > end"), configure)
    return try harness.execution(of: guest, in: campaign)
  }

  private func move(_ wedding: String, dinner: String = "2026-12-12T12:00:00.000Z") throws {
    var change = ProjectChange()
    change.events = [
      ProjectEvent(key: "wedding", name: "Wedding", startsAt: time(wedding)),
      ProjectEvent(key: "dinner", name: "Dinner", startsAt: time(dinner)),
    ]
    try harness.perform(UpdateProject(project: harness.project, change: change))
  }

  private func until(_ execution: ExecutionID) -> Timestamp? {
    harness.state[execution].wait?.until
  }

  @Test(arguments: [
    ("2026-12-26T03:00:00.000Z", "2026-12-24T03:00:00.000Z"),
    ("2026-12-01T03:00:00.000Z", "2026-11-29T03:00:00.000Z"),
  ])
  func `a wait around an event moves with it, later and earlier`(event: String, end: String) throws
  {
    let execution = try started()
    #expect(until(execution) == time("2026-12-10T03:00:00.000Z"))
    try move(event)
    #expect(until(execution) == time(end))
    try harness.restart(fromSnapshot: true)
    try harness.run(until: time(end) + .seconds(-1))
    #expect(harness.status(execution) == .waiting)
    try harness.run(until: time(end))
    #expect(harness.outcome(of: execution) == "x")
  }

  @Test func `one whose time has passed by the move ends at once`() throws {
    let execution = try started()
    try move("2026-11-24T03:00:00.000Z")
    try harness.settle()
    #expect(harness.outcome(of: execution) == "x")
  }

  @Test func `another event, or another kind of wait, moves nothing`() throws {
    let other = try started(#"{"event": "dinner", "offset": "-1d"}"#)
    let before = until(other)
    let plain = try harness.started(
      try flow(
        #"{"id": "rest", "type": "delay", "data": {"until": "2026-12-10T00:00:00.000Z"}}"#,
        "start > rest"))
    try move("2026-12-26T03:00:00.000Z")
    #expect(until(other) == before)
    #expect(until(try harness.execution(of: guest, in: plain)) == time("2026-12-10T00:00:00.000Z"))
  }

  @Test(arguments: [true, false])
  func `a wait under a pause moves too, and no extension takes it from its event`(isExtended: Bool)
    throws
  {
    let execution = try started()
    try harness.pause(execution)
    harness.pass(.days(1))
    try move("2026-12-26T03:00:00.000Z")
    harness.pass(.days(1))
    try harness.resume(execution, extends: isExtended)
    #expect(until(execution) == time("2026-12-24T03:00:00.000Z"))
  }

  @Test func `a long campaign moves in slices, and an old timer that rings meanwhile waits on`()
    throws
  {
    try harness.guests(Limits.executionsPerSlice * 2)
    let first = try started()
    let campaign = harness.state[first].campaign
    let last = try #require(harness.members(of: campaign).last)
    harness.now = time("2026-12-10T02:59:59.000Z")
    try move("2026-12-26T03:00:00.000Z")
    #expect(harness.state[campaign].progress.review?.done == 0)
    #expect(until(last) == time("2026-12-10T03:00:00.000Z"))
    harness.pass(.seconds(2))
    for _ in 0..<8 { try harness.perform(FireTimers()) }
    #expect(harness.status(last) == .waiting)
    try harness.restart(fromSnapshot: true)
    try harness.enrol()
    #expect(harness.state[campaign].progress.review == nil)
    #expect(
      harness.members(of: campaign).allSatisfy { until($0) == time("2026-12-24T03:00:00.000Z") })
  }

  @Test func `another zone of the project moves them, and new rules of the same`() throws {
    let execution = try started()
    var change = ProjectChange()
    change.zone = ZoneRules(name: "Asia/Kolkata", initialOffsetSeconds: 19_800, transitions: [])
    try harness.perform(UpdateProject(project: harness.project, change: change))
    #expect(until(execution) == time("2026-12-10T04:30:00.000Z"))
    change.zone = ZoneRules(name: "Asia/Kolkata", initialOffsetSeconds: 21_600, transitions: [])
    try harness.perform(UpdateProject(project: harness.project, change: change))
    #expect(until(execution) == time("2026-12-10T04:00:00.000Z"))
  }
}
