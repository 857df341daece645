import Testing
import Wire

import CampaignEngine

struct ChatflowIssueTests {
  private func issues(of item: IssueCase) throws -> [ChatflowIssue] {
    let harness = try EngineHarness.wedding()
    let project = harness.state.project(of: 0)
    return ChatflowCheck.issues(
      of: try flow(item.nodes, item.edges), project: project.row, templates: project.templates.rows,
      now: harness.now)
  }

  @Test(arguments: IssueFlows.errors)
  func `an error refuses the flow and says how to mend it`(item: IssueCase) throws {
    let found = try issues(of: item).filter { $0.severity == .error }
    let issue = try #require(found.first { $0.code == item.code }, "\(found.map(\.code))")
    #expect(issue.node == item.node)
    #expect(issue.path == item.path)
    #expect(issue.hint == item.hint)
    #expect(!issue.message.isEmpty)
    #expect(found.count == 1, "\(found.map(\.code))")
    let harness = try EngineHarness.wedding()
    let save = SaveChatflow(
      project: harness.project, chatflow: nil, name: "x",
      document: try flow(item.nodes, item.edges))
    let refusal = try #require(harness.refusal(of: save))
    #expect((refusal.code, refusal.reason) == (.invalidParams, item.code))
    #expect(refusal.field == "\(item.path)")
    #expect(refusal.issues.map(\.code) == [item.code])
  }

  @Test(arguments: IssueFlows.warnings)
  func `a warning does not refuse the flow`(item: IssueCase) throws {
    let found = try issues(of: item)
    let issue = try #require(found.first { $0.code == item.code }, "\(found.map(\.code))")
    #expect(issue.severity == .warning)
    #expect(issue.node == item.node)
    #expect(issue.path == item.path)
    #expect(issue.hint == item.hint)
    #expect(!found.contains { $0.severity == .error }, "\(found.map(\.code))")
  }

  /// An editor marks what stands there.
  @Test(arguments: IssueFlows.errors + IssueFlows.warnings)
  func `the path of an issue leads to a place in the document`(item: IssueCase) throws {
    let text = flowText(item.nodes, item.edges)
    let places = Self.places(in: try JSON.decode(JSONValue.self, from: bytes(text)), at: "")
    let found = try issues(of: item)
    #expect(found.contains { $0.code == item.code })
    for issue in found {
      // Or to what lacks the member.
      let parent = String(issue.path.reversed().drop { $0 != "." }.dropFirst().reversed())
      #expect(
        places.contains(issue.path) || places.contains(parent), "\(issue.code) at \(issue.path)")
    }
  }

  @Test(arguments: [
    (
      IssueFlows.update(#"{"set": {"vars.kept": "x", "name": "{{vars.kept}}"}}"#),
      IssueFlows.through
    ),
    (
      IssueFlows.form(
        #"{"key": "q", "kind": "text", "save_to": "vars.kept", "ask": {"*": "{{vars.kept}} {{vars.q}}?"}}"#
      ),
      IssueFlows.formEdges
    ),
  ])
  func `a variable counts as set whatever sets it`(nodes: String, edges: String) throws {
    let harness = try EngineHarness.wedding()
    let project = harness.state.project(of: 0)
    let issues = ChatflowCheck.issues(
      of: try flow(nodes, edges), project: project.row, templates: project.templates.rows,
      now: harness.now)
    #expect(!issues.contains { $0.code == "unknown_variable" }, "\(issues.map(\.message))")
  }

  private static func places(in value: JSONValue, at path: String) -> Set<String> {
    let inside =
      switch value {
      case .object(let members):
        members.map { places(in: $0.1, at: FieldPath.member($0.0, of: path)) }
      case .array(let elements):
        elements.enumerated().map { places(in: $1, at: "\(path)[\($0)]") }
      default: [Set<String>]()
      }
    return inside.reduce(into: [path]) { $0.formUnion($1) }
  }

  @Test func `a flow without trigger is refused`() throws {
    let harness = try EngineHarness.wedding()
    let text = #"{"nodes": [\#(IssueFlows.end)], "edges": []}"#
    let refusal = try #require(
      harness.refusal(
        of: SaveChatflow(
          project: harness.project, chatflow: nil, name: "x", document: try document(text))))
    #expect(refusal.issues.map(\.code) == ["no_trigger"])
    #expect(refusal.issues.map(\.hint) == ["Add one node of type trigger."])
    #expect(refusal.field == "nodes")
  }

  @Test func `a project without events, or without templates, says so`() throws {
    let harness = try EngineHarness(wedding: { $0.events = [] })
    let project = harness.state.project(of: 0).row
    let flow = try flow(
      IssueFlows.update(#"{"set": {"name": "{{project.event_date}}"}}"#), IssueFlows.through)
    let issue = try #require(
      ChatflowCheck.issues(of: flow, project: project, templates: [], now: harness.now).first)
    #expect((issue.code, issue.hint) == ("unknown_event", "Add one to the project's events."))
    let sends = try CampaignEngineTests.flow(
      IssueFlows.send(#"{"template": "x"}"#), IssueFlows.through)
    let unknown = try #require(
      ChatflowCheck.issues(of: sends, project: project, templates: [], now: harness.now).first)
    #expect(unknown.hint == "Create it first.")
  }

  @Test(arguments: [
    ("start > text", 1), ("start > wait, wait:yes > text, wait:timeout > end", 0),
    ("start > wait, wait:yes > end, wait:timeout > text", 1),
    ("start > wait, wait:yes > day, day > text, wait:timeout > end", 1),
    ("start > wait, wait:yes > hour, hour > text, wait:timeout > end", 0),
  ])
  func `free text needs a template where the window may be closed`(
    edges: String, count: Int
  ) throws {
    let harness = try EngineHarness.wedding()
    let nodes = """
      \(IssueFlows.wait), \(IssueFlows.end), {"id": "text", "type": "send_message", "data": {"text": {"*": "Hi"}}},
      {"id": "day", "type": "delay", "data": {"for": "24h"}},
      {"id": "hour", "type": "delay", "data": {"for": "1h"}}
      """
    let project = harness.state.project(of: 0)
    let issues = ChatflowCheck.issues(
      of: try flow(nodes, edges), project: project.row, templates: project.templates.rows,
      now: harness.now)
    #expect(issues.count { $0.code == "needs_template" } == count)
  }

  @Test(arguments: [
    // After the event, and where there is none, a long timeout is meant.
    ("2026-12-20T00:00:00.000Z", "30d", 0), ("2026-11-23T00:00:00.000Z", "19d", 0),
    ("2026-11-23T00:00:00.000Z", "20d", 1),
  ])
  func `a timeout is judged by the event and the present`(
    now: String, timeout: String, count: Int
  ) throws {
    let harness = try EngineHarness.wedding()
    let nodes = """
      {"id": "ask", "type": "send_template", "data": {"template": "rsvp_thanks"}},
      {"id": "wait", "type": "wait_reply", "data": {"timeout": "\(timeout)"}}, \(IssueFlows.end)
      """
    let flow = try flow(
      nodes, "start > ask, ask > wait, wait:timeout > end, wait:default > end")
    var project = harness.state.project(of: 0).row
    func found() -> Int {
      ChatflowCheck.issues(
        of: flow, project: project, templates: harness.state.project(of: 0).templates.rows,
        now: time(now)
      ).count { $0.code == "unreachable_timeout" }
    }
    #expect(found() == count)
    project.events = []
    #expect(found() == 0)
  }

  @Test func `a fallback makes an unknown field of the project harmless`() throws {
    let harness = try EngineHarness.wedding()
    let project = harness.state.project(of: 0)
    for text in [
      #"{{project.fields.hall ?? \"here\"}}"#, "{{guest.fields.hall ?? project.fields.hall}}",
      "{{project.fields.card_url}}",
    ] {
      let flow = try flow(IssueFlows.update(#"{"set": {"name": "\#(text)"}}"#), IssueFlows.through)
      let issues = ChatflowCheck.issues(
        of: flow, project: project.row, templates: [], now: harness.now)
      #expect(issues.isEmpty, "\(text)")
    }
  }

  @Test(arguments: [
    #"{"nodes": [], "edges": []}"#, #"{"nodes": [{"id": "a b", "type": "trigger"}], "edges": []}"#,
    #"{"nodes": [{"id": "a", "type": "jump"}], "edges": []}"#, #"{"edges": []}"#,
    #"{"nodes": [{"id": "a", "type": "end", "data": {}}], "edges": []}"#,
    #"{"nodes": [{"id": "a", "type": "end", "data": {"outcome": "Very Good"}}], "edges": []}"#,
  ])
  func `a document of another shape is refused when it is read`(text: String) {
    #expect(throws: WireError.self) { try document(text) }
  }

  @Test func `titles that are cut to the same refuse the flow that sends them as free text`() throws
  {
    let harness = try EngineHarness.wedding()
    func nodes(_ session: String, _ more: String = "") -> String {
      #"""
      {"id": "ask", "type": "send_template", "data": {"template": "rsvp_reminder", "parameters": {"guest_name": "x"},
        "buttons": [{"handle": "yes"}, {"handle": "no"}]\#(session)}},
      {"id": "wait", "type": "wait_reply", "data": {"timeout": "1h"\#(more), "replies": [
        {"handle": "yes", "title": {"*": "Friday dinner in hall A"}},
        {"handle": "no", "title": {"*": "Friday dinner in hall B"}}]}}, \#(IssueFlows.end)
      """#
    }
    let edges =
      "start > ask, ask > wait, wait:yes > end, wait:no > end, wait:timeout > end, wait:default > end"
    for (session, more, isRefused) in [
      (#", "session_text": {"*": "Where?"}"#, "", true),
      ("", #", "reprompt": {"text": {"*": "Tap."}}"#, true),
      ("", #", "late_change": "until_event""#, true), ("", "", false),
    ] {
      let save = SaveChatflow(
        project: harness.project, chatflow: nil, name: "x",
        document: try flow(nodes(session, more), edges))
      #expect((harness.refusal(of: save)?.reason == "equal_titles") == isRefused)
    }
  }
}
