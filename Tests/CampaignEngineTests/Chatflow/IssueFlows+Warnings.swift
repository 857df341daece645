import CampaignEngine

/// Flows that can be saved, though something in them is odd.
extension IssueFlows {
  static let warnings = [
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
      hint: "Give the project this field, or a text after ??.",
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
    IssueCase(
      "unexpected_header", "node", at: "nodes[1].data.header",
      hint: "Remove header; it is not sent.",
      send(
        #"{"template": "rsvp_thanks", "header": {"type": "image", "link": "https://example.com/c.jpg"}}"#
      ), through),
  ]
}
