import Testing
import Wire

@testable import CampaignEngine

/// Every walk over a graph ends, and its steps are counted, not timed.
struct GraphBoundTests {
  /// Waits that lead on by each of their ways out, also back to the first.
  private func waits(_ count: Int, timeout: String = "1h") throws -> ChatflowDocument {
    let nodes = (0..<count).map {
      #"{"id": "w\#($0)", "type": "wait_reply", "data": {"timeout": "\#(timeout)"}}"#
    }
    let edges = (0..<count).flatMap {
      ["w\($0):timeout > w\(($0 + 1) % count)", "w\($0):default > w\(($0 + 7) % count)"]
    }
    return try flow(
      nodes.joined(separator: ", "), (["start > w0"] + edges).joined(separator: ", "))
  }

  @Test(arguments: ["-1ms", "0s", "-10d"])
  func `a timeout that is not positive is refused, in a circle too`(timeout: String) throws {
    let harness = try EngineHarness.wedding()
    let document = try waits(2, timeout: timeout)
    let issues = ChatflowCheck.issues(
      of: document, project: harness.state.project(of: 0).row, templates: [], now: harness.now)
    #expect(
      issues.filter { $0.severity == .error }.map(\.path)
        == ["nodes[1].data.timeout", "nodes[2].data.timeout"])
    let forecast = ArrivalForecast(
      document, GraphOutline(document), project: harness.state.project(of: 0).row,
      now: harness.now)
    #expect(forecast.arrivals == [harness.now, harness.now, harness.now])
    #expect(forecast.looks == 1 + 2 * 2)
  }

  @Test func `the largest flow of waits is looked through in so many looks`() throws {
    let document = try waits(490)
    let outline = GraphOutline(document)
    let ways = LongestWays(document.nodes.indices.map(outline.successors))
    #expect(ways.looks <= Limits.looksForLongestWays)
    let harness = try EngineHarness.wedding()
    let forecast = ArrivalForecast(
      document, outline, project: harness.state.project(of: 0).row, now: harness.now)
    #expect(forecast.looks == outline.handles.reduce(0) { $0 + $1.count })
  }

  @Test(arguments: [
    #"{"for": "0s"}"#, #"{"until": "2026-12-01T00:00:00Z"}"#,
    #"{"relative_to_event": {"offset": "-1d"}}"#,
  ])
  func `a delay that is over when somebody comes again holds up no circle`(data: String) throws {
    let harness = try EngineHarness.wedding()
    let document = try flow(
      #"{"id": "node", "type": "delay", "data": \#(data)}"#, "start > node, node > node")
    let refusal = try #require(
      harness.refusal(
        of: SaveChatflow(project: harness.project, chatflow: nil, name: "x", document: document)))
    #expect(refusal.issues.map(\.code) == ["cycle_without_wait"])
  }

  @Test func `a message waits for the window for some time`() throws {
    let harness = try EngineHarness.wedding()
    let document = try flow(
      #"""
      {"id": "node", "type": "send_message", "data": {
        "text": {"*": "Hi"}, "outside_window": {"action": "wait", "timeout": "-1h"}}}
      """#, "start > node")
    let refusal = try #require(
      harness.refusal(
        of: SaveChatflow(project: harness.project, chatflow: nil, name: "x", document: document)))
    #expect(refusal.issues.map(\.path) == ["nodes[1].data.outside_window.timeout"])
  }

  /// The same answers as walking from each node anew.
  @Test func `the wait that buttons lead to is found past other nodes, and not past a circle`()
    throws
  {
    let nodes = (0..<3).map { #"{"id": "u\#($0)", "type": "update_guest", "data": {}}"# }
    let sends = ["a", "b", "c"].map {
      #"{"id": "\#($0)", "type": "send_template", "data": {"template": "rsvp_thanks"}}"#
    }
    let wait = #"{"id": "wait", "type": "wait_reply", "data": {"timeout": "1h"}}"#
    let outline = GraphOutline(
      try flow(
        (nodes + sends + [wait]).joined(separator: ", "),
        "start > a, a > u0, u0 > wait, b > a, c > u1, u1 > u2, u2 > u1, wait:default > c"))
    let found = ["a", "b", "c", "wait"].map { outline.indexByID[$0].flatMap(outline.answeringWait) }
    #expect(found == [outline.indexByID["wait"], nil, nil, nil])
  }
}
