import Testing
import Wire

import CampaignEngine

private let done = #"{"id": "done", "type": "end", "data": {"outcome": "done"}}"#
private let other = #"{"id": "other", "type": "end", "data": {"outcome": "other"}}"#

/// Nodes that neither send nor ask.
struct SilentNodeTests {
  @Test func `an end gives the outcome, and a missing way out ends as completed without one`()
    throws
  {
    let harness = try EngineHarness.wedding()
    let guest = try harness.guest("Ana", phone: "+6281230000011")
    let campaign = try harness.started(try flow(done, "start > done"))
    let execution = try harness.execution(of: guest)
    #expect(harness.state[execution].status == .completed)
    #expect(harness.outcome(of: execution) == "done")
    #expect(harness.state[execution].progress == 100)
    #expect(harness.state[execution].phase == .completion)
    #expect(harness.state[campaign].status == .completed)
    try harness.started(try flow(done, ""))
    let next = try harness.execution(of: guest)
    #expect(harness.state[next].status == .completed)
    #expect(harness.outcome(of: next) == "")
  }

  @Test(arguments: [
    ("vip", "pending", "vip"), ("crew", "attending", "coming"), ("crew", "pending", "else"),
    ("vip", "attending", "vip"),
  ])
  func `a condition takes the first case that holds`(
    category: String, rsvp: String, handle: String
  ) throws {
    let harness = try EngineHarness.wedding()
    let guest = try harness.guest("Ana", phone: "+6281230000011") { row in
      (row.category, row.rsvp) = (category, rsvp)
    }
    let ends = ["vip", "coming", "else"].map {
      #"{"id": "\#($0)", "type": "end", "data": {"outcome": "\#($0)"}}"#
    }
    let node = #"""
      {"id": "node", "type": "condition", "data": {"cases": [
        {"handle": "vip", "when": {"categories": ["vip"]}},
        {"handle": "coming", "when": {"rsvp": ["attending"], "exclude_guest_ids": ["gst_9"]}}]}}
      """#
    try harness.started(
      try flow(
        "\(node), \(ends.joined(separator: ", "))",
        "start > node, node:vip > vip, node:coming > coming, node:else > else"))
    #expect(harness.outcome(of: try harness.execution(of: guest)) == handle)
  }

  @Test(arguments: [
    ("vars.count > 2", "held"), ("vars.count > 3", "else"), ("execution.node = node", "held"),
    ("vars.kind = Choir AND name ~ ana", "held"), ("vars.unset != x", "held"),
    ("execution.status = active", "held"), ("budi", "else"),
  ])
  func `a condition reads the variables and the execution that it stands in`(
    query: String, handle: String
  ) throws {
    let harness = try EngineHarness.wedding()
    let guest = try harness.guest("Ana", phone: "+6281230000011")
    let nodes = #"""
      {"id": "set", "type": "update_guest", "data": {"set": {"vars.count": 3, "vars.kind": "choir"}}},
      {"id": "node", "type": "condition", "data": {"cases": [
        {"handle": "held", "when": {"query": "\#(query)"}}]}},
      {"id": "held", "type": "end", "data": {"outcome": "held"}},
      {"id": "else", "type": "end", "data": {"outcome": "else"}}
      """#
    try harness.started(
      try flow(nodes, "start > set, set > node, node:held > held, node:else > else"))
    #expect(harness.outcome(of: try harness.execution(of: guest)) == handle)
  }

  @Test func `a split is weighted and sticky`() throws {
    let harness = try EngineHarness.wedding()
    try harness.guests(300)
    let split = #"""
      {"id": "node", "type": "split", "data": {"arms": [
        {"handle": "a", "weight": 2}, {"handle": "b", "weight": 1}, {"handle": "c", "weight": 0}]}}
      """#
    let document = try flow(
      "\(split), \(done), \(other)", "start > node, node:a > done, node:b > other, node:c > other")
    let campaigns = [try harness.started(document), try harness.started(document)]
    let symbols = harness.state.project(of: 0).symbols
    let counts = campaigns.map { campaign in
      Dictionary(
        uniqueKeysWithValues: harness.state[campaign].counters.outcomes.map {
          (symbols[$0.symbol], $0.count)
        })
    }
    #expect(counts[0] == counts[1])
    #expect((160...240).contains(try #require(counts[0]["done"])))
    #expect(counts[0].values.reduce(0, +) == 300)
  }

  @Test func `an update writes guest, tags, variables and subscription`() throws {
    let harness = try EngineHarness.wedding()
    let guest = try harness.guest("Ana", phone: "+6281230000011") { row in
      row.tags = ["old", "kept"]
      row.rsvp = "attending"
    }
    let node = #"""
      {"id": "node", "type": "update_guest", "data": {
        "set": {"name": "{{guest.name}} W.", "rsvp.dinner": "maybe", "rsvp": "declined",
          "category": "vip", "party_size": 4, "language": "id", "fields.menu": "veg",
          "vars.nick": "{{guest.name}}", "vars.count": 3, "subscription": "no_marketing"},
        "add_tags": ["new", "kept"], "remove_tags": ["old", "none"]}}
      """#
    try harness.started(try flow("\(node), \(done)", "start > node, node > done"))
    let execution = try harness.execution(of: guest)
    let row = harness.state[guest]
    let symbols = harness.state.project(of: 0).symbols
    #expect((row.name, row.language, row.partySize) == ("Ana W.", "id", 4))
    #expect((row.rsvp, row.attendingCount) == (.declined, 0))
    #expect(row.answer(toEvent: 1).rsvp == .maybe)
    #expect(symbols[row.category] == "vip")
    #expect(row.tags.map { symbols[$0] } == ["kept", "new"])
    #expect(row.values.map(\.value) == [.text("veg")])
    #expect(harness.variable("nick", of: execution) == "Ana")
    #expect(harness.state[execution].variables.map(\.value).contains(.integer(3)))
    #expect(harness.state.person(of: guest).subscription == .noMarketing)
    #expect(harness.outcome(of: execution) == "done")
  }

  @Test func `a value that an update needs and nobody has fails the execution`() throws {
    let harness = try EngineHarness.wedding()
    let guest = try harness.guest("Ana", phone: "+6281230000011")
    let node = #"""
      {"id": "node", "type": "update_guest", "data": {"set": {"name": "{{guest.fields.nick}}"}}}
      """#
    try harness.started(try flow("\(node), \(done)", "start > node, node > done"))
    let execution = try harness.execution(of: guest)
    #expect(harness.state[execution].status == .failed)
    #expect(harness.reason(of: execution) == "missing_variable")
    #expect(harness.state[execution].lastError?.errorClass == .missingVariable)
    #expect(harness.state[execution].lastError?.message == "guest.fields.nick has no value.")
  }

  @Test(arguments: [
    (#"{"for": "3d"}"#, "2026-11-26T02:15:00.000Z"),
    (#"{"until": "2026-12-01T00:00:00.000Z"}"#, "2026-12-01T00:00:00.000Z"),
    (#"{"relative_to_event": {"offset": "-7d"}}"#, "2026-12-05T03:00:00.000Z"),
    (#"{"relative_to_event": {"offset": "-1d", "at": "18:30"}}"#, "2026-12-11T11:30:00.000Z"),
    (#"{"relative_to_event": {"event": "dinner", "offset": "2h"}}"#, "2026-12-12T14:00:00.000Z"),
  ])
  func `a delay ends when it says`(data: String, end: String) throws {
    let harness = try EngineHarness.wedding()
    let guest = try harness.guest("Ana", phone: "+6281230000011")
    let node = #"{"id": "node", "type": "delay", "data": \#(data)}"#
    try harness.started(try flow("\(node), \(done)", "start > node, node > done"))
    let execution = try harness.execution(of: guest)
    #expect(harness.state[execution].wait?.kind == .delay)
    #expect(harness.state[execution].wait?.until == time(end))
    try harness.run(until: time(end) + TimeSpan(milliseconds: -1))
    #expect(harness.state[execution].status == .waiting)
    try harness.run(until: time(end))
    #expect(harness.outcome(of: execution) == "done")
  }

  @Test(arguments: [#"{"for": "0s"}"#, #"{"until": "2026-01-01T00:00:00.000Z"}"#])
  func `a delay that is over already holds nobody`(data: String) throws {
    let harness = try EngineHarness.wedding()
    let guest = try harness.guest("Ana", phone: "+6281230000011")
    let node = #"{"id": "node", "type": "delay", "data": \#(data)}"#
    try harness.started(try flow("\(node), \(done)", "start > node, node > done"))
    #expect(harness.outcome(of: try harness.execution(of: guest)) == "done")
  }

  @Test func `a delay ends outside quiet hours, on the guest's own clock`() throws {
    let harness = try EngineHarness(wedding: { project in
      project.quietHours = QuietHours(
        from: TimeOfDay(minutes: 21 * 60), to: TimeOfDay(minutes: 8 * 60))
    })
    let kolkata = ZoneRules(name: "Asia/Kolkata", initialOffsetSeconds: 19_800, transitions: [])
    let near = try harness.guest("Ana", phone: "+6281230000011")
    var far = GuestRow()
    (far.name, far.phone, far.timeZone) = ("Raj", "+919812300045", "Asia/Kolkata")
    let raj = try #require(try harness.importRows([far], zones: [kolkata]).first).guest
    // 22:15 in Jakarta, 20:45 in Kolkata.
    let node = #"{"id": "node", "type": "delay", "data": {"for": "13h"}}"#
    try harness.started(try flow("\(node), \(done)", "start > node, node > done"))
    let local = harness.state[try harness.execution(of: near)].wait?.until
    #expect(local == time("2026-11-24T01:00:00Z"))
    let distant = harness.state[try harness.execution(of: raj)].wait?.until
    #expect(distant == time("2026-11-23T15:15:00Z"))
  }

  @Test func `a walk is stopped after 100 nodes`() throws {
    let harness = try EngineHarness.wedding()
    let guest = try harness.guest("Ana", phone: "+6281230000011")
    let nodes = (0...100).map { #"{"id": "n\#($0)", "type": "update_guest", "data": {}}"# }
    let edges = ["start > n0"] + (0..<100).map { "n\($0) > n\($0 + 1)" }
    let campaign = try harness.started(
      try flow(nodes.joined(separator: ", "), edges.joined(separator: ", ")))
    let execution = try harness.execution(of: guest)
    #expect(harness.state[execution].status == .failed)
    #expect(harness.reason(of: execution) == "too_many_nodes")
    #expect(harness.state[execution].steps.count == Limits.nodesPerSprint + 1)
    #expect(harness.state[campaign].status == .completed)
  }

  @Test func `an execution that is set going too often fails`() throws {
    let harness = try EngineHarness.wedding()
    harness.fullComparisonInterval = 200
    let guest = try harness.guest("Ana", phone: "+6281230000011")
    let node = #"{"id": "node", "type": "delay", "data": {"for": "1m"}}"#
    try harness.started(try flow(node, "start > node, node > node"))
    try harness.run(for: .minutes(1100))
    let execution = try harness.execution(of: guest)
    #expect(harness.reason(of: execution) == "too_many_sprints")
    #expect(harness.state[execution].sprints == Limits.sprintsPerExecution + 1)
    harness.verify(isFull: true)
  }
}
