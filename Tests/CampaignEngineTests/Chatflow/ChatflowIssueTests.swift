import Testing
import Wire

@testable import CampaignEngine

/// A flow with one fault, and what is said about it.
struct IssueCase: CustomTestStringConvertible, Sendable {
  let code: String
  let node: String?
  let path: String
  let hint: String
  let nodes: String
  let edges: String
  var testDescription: String { "\(code) at \(path)" }

  init(
    _ code: String, _ node: String?, at path: String, hint: String, _ nodes: String, _ edges: String
  ) {
    (self.code, self.node, self.path) = (code, node, path)
    (self.hint, self.nodes, self.edges) = (hint, nodes, edges)
  }
}

private let end = #"{"id": "end", "type": "end", "data": {"outcome": "done"}}"#
private let wait = """
  {"id": "wait", "type": "wait_reply", "data": {"timeout": "20h", "replies": [
    {"handle": "yes", "title": {"*": "Yes"}}]}}
  """
private let waitEdges = "wait:yes > end, wait:timeout > end, wait:default > end"

private func update(_ data: String) -> String {
  #"{"id": "node", "type": "update_guest", "data": \#(data)}, \#(end)"#
}

private func form(_ question: String, timeout: String = "20h") -> String {
  """
  {"id": "node", "type": "guest_form", "data": {"timeout": "\(timeout)", "questions": [\(question)]}},
  \(end)
  """
}

private let formEdges =
  "start > node, node:submitted > end, node:timeout > end, node:invalid > end"
private func condition(_ first: String, _ second: String) -> String {
  """
  {"id": "node", "type": "condition", "data": {"cases": [
    {"handle": "a", "when": \(first)}, {"handle": "b", "when": \(second)}]}}, \(end)
  """
}

private let conditionEdges = "start > node, node:a > end, node:b > end, node:else > end"
private let through = "start > node, node > end"

private func send(_ data: String, then rest: String = "") -> String {
  #"{"id": "node", "type": "send_template", "data": \#(data)}, \#(rest)\#(end)"#
}

private func text(_ data: String, then rest: String = "") -> String {
  #"{"id": "node", "type": "send_message", "data": \#(data)}, \#(rest)\#(end)"#
}

struct ChatflowIssueTests {
  private static let errors = [
    IssueCase(
      "too_large", nil, at: "nodes",
      hint: "Shorten texts, or leave out what only the editor needs.",
      #"""
      {"id": "end", "type": "end", "note": "\#(String(repeating: "x", count: Limits.chatflowBytes))",
       "data": {"outcome": "done"}}
      """#, "start > end"),
    IssueCase(
      "unknown_event", "node", at: "nodes[1].data.set.attending_count.brunch",
      hint: "Use one of wedding, dinner.", update(#"{"set": {"attending_count.brunch": 1}}"#),
      through),
    IssueCase(
      "unknown_event", "node", at: "nodes[1].data.questions", hint: "Use one of wedding, dinner.",
      form(
        #"{"key": "a", "kind": "number", "save_to": "guest.attending_count.brunch", "ask": {"*": "?"}}"#
      ), formEdges),
    IssueCase(
      "duplicate_node", "end", at: "nodes[2].id", hint: "Rename one of them and its edges.",
      "\(end), \(end)", "start > end"),
    IssueCase(
      "two_triggers", "other", at: "nodes[1].type", hint: "Keep one trigger.",
      #"{"id": "other", "type": "trigger"}, \#(end)"#, "start > end, other > end"),
    IssueCase(
      "dangling_edge", nil, at: "edges[1].target",
      hint: "Draw it to a node of the flow, or delete it.", end, "start > end, start > nowhere"),
    IssueCase(
      "dangling_edge", nil, at: "edges[1].source",
      hint: "Draw it to a node of the flow, or delete it.", end, "start > end, nowhere > end"),
    IssueCase(
      "unknown_handle", "start", at: "edges[1].sourceHandle", hint: "Use one of default.", end,
      "start > end, start:perhaps > end"),
    IssueCase(
      "unknown_handle", "end", at: "edges[1].sourceHandle",
      hint: "A node of type end has no way out.", end, "start > end, end > end"),
    IssueCase(
      "duplicate_edge", "start", at: "edges[1].sourceHandle", hint: "Keep one of them.", end,
      "start > end, start > end"),
    IssueCase(
      "edge_to_trigger", "start", at: "edges[1].target",
      hint: "Draw it to the node after the trigger.", "\(wait), \(end)",
      "start > wait, wait:yes > start, wait:timeout > end, wait:default > end"),
    IssueCase(
      "cycle_without_wait", "node", at: "nodes[1]",
      hint: "Put a wait_reply or a delay into the circle.", update("{}"),
      "start > node, node > node"),
    IssueCase(
      "duplicate_handle", "node", at: "nodes[1].data.arms",
      hint: "Give one of them another name.",
      #"""
      {"id": "node", "type": "split", "data": {"arms": [
        {"handle": "a", "weight": 1}, {"handle": "a", "weight": 1}]}}, \#(end)
      """#, "start > node, node:a > end"),
    IssueCase(
      "unknown_event", "node", at: "nodes[1].data.set.rsvp.brunch",
      hint: "Use one of wedding, dinner.", update(#"{"set": {"rsvp.brunch": "maybe"}}"#), through),
    IssueCase(
      "unknown_event", "node", at: "nodes[1].data.relative_to_event.event",
      hint: "Use one of wedding, dinner.",
      #"""
      {"id": "node", "type": "delay", "data": {"relative_to_event": {"event": "brunch"}}}, \#(end)
      """#, through),
    IssueCase(
      "invalid_text", "node", at: "nodes[1].data.set.name",
      hint: "Write {{guest.name ?? \"friend\"}}, say.", update(#"{"set": {"name": "{{guest"}}"#),
      through),
    IssueCase(
      "unknown_template", "node", at: "nodes[1].data.template",
      hint: "Use one of rsvp_reminder, rsvp_thanks, wedding_invite.",
      send(#"{"template": "other"}"#), through),
    IssueCase(
      "missing_parameter", "node", at: "nodes[1].data.parameters", hint: "Add it to parameters.",
      send(#"{"template": "rsvp_reminder", "buttons": [{"handle": "yes"}, {"handle": "no"}]}"#),
      through),
    IssueCase(
      "unknown_parameter", "node", at: "nodes[1].data.parameters", hint: "Remove it.",
      send(#"{"template": "rsvp_thanks", "parameters": {"x": "y"}}"#), through),
    IssueCase(
      "button_mismatch", "node", at: "nodes[1].data.buttons",
      hint: "List the same handles in the same order.",
      send(#"{"template": "rsvp_thanks", "buttons": [{"handle": "yes"}]}"#, then: wait + ", "),
      "start > node, node > wait, \(waitEdges)"),
    IssueCase(
      "unknown_handle", "node", at: "nodes[1].data.buttons",
      hint: "Add a reply with this handle there.",
      text(
        #"""
        {"kind": "buttons", "text": {"*": "?"}, "outside_window": {"action": "wait"},
         "buttons": [{"handle": "perhaps", "title": {"*": "Perhaps"}}]}
        """#, then: wait + ", "), "start > node, node > wait, \(waitEdges)"),
    IssueCase(
      "one_of", "node", at: "nodes[1].data", hint: "Keep the one that is meant.",
      #"{"id": "node", "type": "delay", "data": {}}, \#(end)"#, through),
    IssueCase(
      "one_of", "node", at: "nodes[1].data", hint: "Keep the one that is meant.",
      #"""
      {"id": "node", "type": "delay", "data": {"for": "1d", "until": "2026-12-01T00:00:00Z"}}, \#(end)
      """#, through),
    IssueCase(
      "out_of_range", "node", at: "nodes[1].data.for", hint: "Use 3d, say.",
      #"{"id": "node", "type": "delay", "data": {"for": "-1d"}}, \#(end)"#, through),
    IssueCase(
      "out_of_range", "node", at: "nodes[1].data.timeout", hint: "Use 20h, say.",
      form(#"{"key": "a", "kind": "text", "ask": {"*": "?"}}"#, timeout: "0s"), formEdges),
    IssueCase(
      "out_of_range", "node", at: "nodes[1].data.timeout", hint: "Use 48h, say.",
      #"{"id": "node", "type": "wait_reply", "data": {"timeout": "0s"}}, \#(end)"#,
      "start > node, node:timeout > end, node:default > end"),
    IssueCase(
      "out_of_range", "node", at: "nodes[1].data.arms", hint: "Give one arm a weight.",
      #"""
      {"id": "node", "type": "split", "data": {"arms": [
        {"handle": "a", "weight": 0}, {"handle": "b", "weight": 0}]}}, \#(end)
      """#, "start > node, node:a > end, node:b > end"),
    IssueCase(
      "out_of_range", "node", at: "nodes[1].data.questions", hint: "Swap them.",
      form(#"{"key": "a", "kind": "number", "min": 5, "max": 1, "ask": {"*": "?"}}"#), formEdges),
    IssueCase(
      "reserved_handle", "node", at: "nodes[1].data.cases", hint: "Give the case another handle.",
      #"""
      {"id": "node", "type": "condition", "data": {"cases": [{"handle": "else", "when": {}}]}}, \#(end)
      """#, "start > node, node:else > end"),
    IssueCase(
      "bad_condition", "node", at: "nodes[1].data.cases[1].when.query",
      hint: "Write category = vip AND NOT party_size > 4, say.",
      condition(#"{}"#, #"{"query": "category = vip AND"}"#), conditionEdges),
    IssueCase(
      "bad_condition", "node", at: "nodes[1].data.cases[0].when.query",
      hint: "Write there what was expected.",
      condition(#"{"query": "rsvp.brunch = pending"}"#, "{}"), conditionEdges),
    IssueCase(
      "bad_condition", "node", at: "nodes[1].data.cases[0].when.events.brunch",
      hint: "Write there what was expected.",
      condition(#"{"events": {"brunch": ["pending"]}}"#, "{}"),
      conditionEdges),
    IssueCase(
      "bad_condition", "node", at: "nodes[1].data.cases[0].when.query",
      hint: "Ask about the guest, execution.…, last_error.… or vars.….",
      condition(#"{"query": "message.status = read"}"#, "{}"), conditionEdges),
    IssueCase(
      "reserved_handle", "node", at: "nodes[1].data.replies",
      hint: "Give the reply another handle.",
      #"""
      {"id": "node", "type": "wait_reply", "data": {"timeout": "1h", "replies": [
        {"handle": "timeout", "title": {"*": "Later"}}]}}, \#(end)
      """#, "start > node, node:timeout > end, node:default > end"),
    IssueCase(
      "missing_choices", "node", at: "nodes[1].data.questions", hint: "Add one to ten.",
      form(#"{"key": "a", "kind": "choice", "ask": {"*": "?"}}"#), formEdges),
    IssueCase(
      "duplicate_handle", "node", at: "nodes[1].data.questions.a.choices",
      hint: "Give one of them another name.",
      form(
        #"""
        {"key": "a", "kind": "choice", "ask": {"*": "?"}, "choices": [
          {"value": "x", "title": {"*": "X"}}, {"value": "x", "title": {"*": "Y"}}]}
        """#), formEdges),
    IssueCase(
      "unknown_variable", "node", at: "nodes[1].data.questions", hint: "Use guest.party_size, say.",
      form(#"{"key": "a", "kind": "number", "max_from": "party", "ask": {"*": "?"}}"#), formEdges),
    IssueCase(
      "unknown_target", "node", at: "nodes[1].data.questions",
      hint:
        "Use guest.name, guest.attending_count, guest.party_size, guest.language, guest.category, guest.fields.NAME or vars.NAME.",
      form(#"{"key": "a", "kind": "text", "save_to": "guest.phone", "ask": {"*": "?"}}"#), formEdges
    ),
    IssueCase(
      "unknown_target", "node", at: "nodes[1].data.set.phone",
      hint:
        "Use name, rsvp, rsvp.EVENT, attending_count, category, party_size, language, subscription, fields.NAME or vars.NAME.",
      update(#"{"set": {"phone": "1"}}"#), through),
    IssueCase(
      "invalid_value", "node", at: "nodes[1].data.set.rsvp", hint: "Correct the value.",
      update(#"{"set": {"rsvp": "perhaps"}}"#), through),
    IssueCase(
      "invalid_value", "node", at: "nodes[1].data.set.party_size", hint: "Correct the value.",
      update(#"{"set": {"party_size": 0}}"#), through),
    IssueCase(
      "unexpected_buttons", "node", at: "nodes[1].data.kind", hint: "Set kind to buttons.",
      text(
        #"""
        {"kind": "text", "text": {"*": "?"}, "outside_window": {"action": "wait"},
         "buttons": [{"handle": "yes", "title": {"*": "Yes"}}]}
        """#, then: wait + ", "), "start > node, node > wait, \(waitEdges)"),
    IssueCase(
      "missing_buttons", "node", at: "nodes[1].data.buttons", hint: "Add one to three buttons.",
      text(#"{"kind": "buttons", "text": {"*": "?"}, "outside_window": {"action": "wait"}}"#),
      through),
    IssueCase(
      "too_long", "node", at: "nodes[1].data.text", hint: "Shorten the text.",
      text(
        #"""
        {"kind": "buttons", "text": {"*": "\#(String(repeating: "x", count: 1025))"},
         "outside_window": {"action": "wait"},
         "buttons": [{"handle": "yes", "title": {"*": "Yes"}}]}
        """#, then: wait + ", "), "start > node, node > wait, \(waitEdges)"),
  ]

  private static let warnings = [
    IssueCase(
      "wait_without_prompt", "wait", at: "nodes[1]",
      hint: "Put a send_template or a send_message before it.", "\(wait), \(end)",
      "start > wait, \(waitEdges)"),
    IssueCase(
      "unreachable_timeout", "wait", at: "nodes[1].data.timeout",
      hint: "Shorten the timeout, or begin earlier.",
      #"{"id": "wait", "type": "wait_reply", "data": {"timeout": "30d"}}, \#(end)"#,
      "start > wait, wait:timeout > end, wait:default > end"),
    IssueCase(
      "unreachable_timeout", "node", at: "nodes[1].data.timeout",
      hint: "Shorten the timeout, or begin earlier.",
      #"""
      {"id": "node", "type": "guest_form", "data": {"timeout": "2d", "questions": [
        {"key": "a", "kind": "text", "ask": {"*": "?"}}]}},
      {"id": "rest", "type": "delay", "data": {"relative_to_event": {"offset": "-1d"}}}, \#(end)
      """#,
      "start > rest, rest > node, node:submitted > end, node:timeout > end, node:invalid > end"),
    IssueCase(
      "unreachable_timeout", "node", at: "nodes[1].data.outside_window.timeout",
      hint: "Shorten outside_window.timeout, or set send_by to a later time.",
      text(
        #"""
        {"text": {"*": "?"}, "send_by": "2026-11-23T12:00:00.000Z",
         "outside_window": {"action": "wait", "timeout": "20h"}}
        """#), through),
    IssueCase(
      "expired_send_by", "node", at: "nodes[1].data.send_by",
      hint: "Set send_by to a later time, or leave it out.",
      send(
        #"{"template": "rsvp_thanks", "send_by": "2026-11-23T12:00:00.000Z"}"#,
        then: #"{"id": "rest", "type": "delay", "data": {"for": "1d"}}, "#),
      "start > rest, rest > node, node > end"),
    IssueCase(
      "unknown_variable", "node", at: "nodes[1].data.set.name",
      hint: "Set it by project.update, or give a text after ??.",
      update(#"{"set": {"name": "{{project.fields.hall}}"}}"#), through),
    IssueCase(
      "unreachable_node", "node", at: "nodes[1]", hint: "Draw an edge to it, or delete it.",
      update("{}"), "start > end, node > end"),
    IssueCase(
      "missing_handle", "node", at: "nodes[1]",
      hint: "Draw an edge from \"default\", perhaps to an end node.", update("{}"), "start > node"),
    IssueCase(
      "unhandled_failure", "node", at: "nodes[1]",
      hint: "Draw an edge from the handle \"failed\" if another way should be tried.",
      send(#"{"template": "rsvp_thanks"}"#), through),
    IssueCase(
      "unknown_variable", "node", at: "nodes[1].data.set.name",
      hint: "Set it by save_as, a form question or update_guest, or give a text after ??.",
      update(#"{"set": {"name": "{{vars.nick}}"}}"#), through),
    IssueCase(
      "unknown_variable", "node", at: "nodes[1].data.cases[0].when.query",
      hint: "Set it by save_as, a form question or update_guest.",
      condition(#"{"query": "vars.nick = x"}"#, "{}"), conditionEdges),
    IssueCase(
      "buttons_without_wait", "node", at: "nodes[1].data.buttons",
      hint: "Let the way out default lead to a wait_reply.",
      send(
        #"""
        {"template": "rsvp_reminder", "parameters": {"guest_name": "x"},
         "buttons": [{"handle": "yes"}, {"handle": "no"}]}
        """#), through),
    IssueCase(
      "long_title", "node", at: "nodes[1].data.replies",
      hint: "Shorten it, or it will be cut.",
      #"""
      {"id": "node", "type": "wait_reply", "data": {"timeout": "1h", "replies": [
        {"handle": "a", "title": {"*": "One letter too many!!"}}]}}, \#(end)
      """#, "start > node, node:a > end, node:timeout > end, node:default > end"),
    IssueCase(
      "needs_template", "node", at: "nodes[1].data",
      hint: "Send a template first, or say in outside_window what to do.",
      text(#"{"text": {"*": "Hello"}}"#), through),
    IssueCase(
      "needs_template", "node", at: "nodes[1].data",
      hint: "Send a template first, or say in outside_window what to do.",
      form(#"{"key": "a", "kind": "text", "ask": {"*": "?"}}"#), formEdges),
    IssueCase(
      "unknown_key", "node", at: "nodes[1].data.tags", hint: "Check the spelling.",
      update(#"{"tags": ["x"], "label": "Ours to show"}"#), through),
  ]

  private func issues(of item: IssueCase) throws -> [ChatflowIssue] {
    let harness = try EngineHarness.wedding()
    let project = harness.state.project(of: 0)
    return ChatflowCheck.issues(
      of: try flow(item.nodes, item.edges), project: project.row, templates: project.templates,
      now: harness.now)
  }

  @Test(arguments: errors)
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
    #expect(refusal.path == "params.\(item.path)")
    #expect(refusal.issues.map(\.code) == [item.code])
  }

  @Test(arguments: warnings)
  func `a warning does not refuse the flow`(item: IssueCase) throws {
    let found = try issues(of: item)
    let issue = try #require(found.first { $0.code == item.code }, "\(found.map(\.code))")
    #expect(issue.severity == .warning)
    #expect(issue.node == item.node)
    #expect(issue.path == item.path)
    #expect(issue.hint == item.hint)
    #expect(!found.contains { $0.severity == .error }, "\(found.map(\.code))")
  }

  @Test func `a flow without trigger is refused`() throws {
    let harness = try EngineHarness.wedding()
    let text = #"{"nodes": [\#(end)], "edges": []}"#
    let refusal = try #require(
      harness.refusal(
        of: SaveChatflow(
          project: harness.project, chatflow: nil, name: "x", document: try document(text))))
    #expect(refusal.issues.map(\.code) == ["no_trigger"])
    #expect(refusal.issues.map(\.hint) == ["Add one node of type trigger."])
    #expect(refusal.path == "params.nodes")
  }

  @Test func `a project without events, or without templates, says so`() throws {
    let harness = try EngineHarness(wedding: { $0.events = [] })
    let project = harness.state.project(of: 0).row
    let flow = try flow(
      update(#"{"set": {"name": "{{project.event_date}}"}}"#), through)
    let issue = try #require(
      ChatflowCheck.issues(of: flow, project: project, templates: [], now: harness.now).first)
    #expect((issue.code, issue.hint) == ("unknown_event", "Add one to the project's events."))
    let sends = try CampaignEngineTests.flow(send(#"{"template": "x"}"#), through)
    let unknown = try #require(
      ChatflowCheck.issues(of: sends, project: project, templates: [], now: harness.now).first)
    #expect(unknown.hint == "Create it with template.create first.")
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
      \(wait), \(end), {"id": "text", "type": "send_message", "data": {"text": {"*": "Hi"}}},
      {"id": "day", "type": "delay", "data": {"for": "24h"}},
      {"id": "hour", "type": "delay", "data": {"for": "1h"}}
      """
    let project = harness.state.project(of: 0)
    let issues = ChatflowCheck.issues(
      of: try flow(nodes, edges), project: project.row, templates: project.templates,
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
      {"id": "wait", "type": "wait_reply", "data": {"timeout": "\(timeout)"}}, \(end)
      """
    let flow = try flow(
      nodes, "start > ask, ask > wait, wait:timeout > end, wait:default > end")
    var project = harness.state.project(of: 0).row
    func found() -> Int {
      ChatflowCheck.issues(
        of: flow, project: project, templates: harness.state.project(of: 0).templates,
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
      let flow = try flow(update(#"{"set": {"name": "\#(text)"}}"#), through)
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
}
