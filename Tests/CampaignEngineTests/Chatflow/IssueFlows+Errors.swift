import CampaignEngine

/// Flows that cannot be saved.
extension IssueFlows {
  static let errors = [
    IssueCase(
      "too_large", nil, at: "nodes",
      hint: "Shorten texts, or leave out what only the editor needs.",
      #"""
      {"id": "end", "type": "end", "note": "\#(String(repeating: "x", count: Limits.chatflowBytes))",
       "data": {"outcome": "done"}}
      """#, "start > end"),
    IssueCase(
      "unknown_event", "node", at: #"nodes[1].data.set["attending_count.brunch"]"#,
      hint: "Use one of wedding, dinner.", update(#"{"set": {"attending_count.brunch": 1}}"#),
      through),
    IssueCase(
      "unknown_event", "node", at: "nodes[1].data.questions[0].save_to",
      hint: "Use one of wedding, dinner.",
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
      "unknown_event", "node", at: #"nodes[1].data.set["rsvp.brunch"]"#,
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
      "unknown_template", "node", at: "nodes[1].data.outside_window.template",
      hint: "Use one of rsvp_reminder, rsvp_thanks, wedding_invite.",
      text(
        #"{"text": {"*": "Hi"}, "outside_window": {"action": "template", "template": "other"}}"#),
      through),
    IssueCase(
      "missing_parameter", "node", at: "nodes[1].data.outside_window.parameters",
      hint: "Add it to parameters.",
      text(
        #"{"text": {"*": "Hi"}, "outside_window": {"action": "template", "template": "rsvp_reminder"}}"#
      ), through),
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
      "out_of_range", "node", at: "nodes[1].data.questions[0].min", hint: "Swap them.",
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
      "missing_choices", "node", at: "nodes[1].data.questions[0]", hint: "Add one to ten.",
      form(#"{"key": "a", "kind": "choice", "ask": {"*": "?"}}"#), formEdges),
    IssueCase(
      "duplicate_handle", "node", at: "nodes[1].data.questions[0].choices",
      hint: "Give one of them another name.",
      form(
        #"""
        {"key": "a", "kind": "choice", "ask": {"*": "?"}, "choices": [
          {"value": "x", "title": {"*": "X"}}, {"value": "x", "title": {"*": "Y"}}]}
        """#), formEdges),
    IssueCase(
      "unknown_variable", "node", at: "nodes[1].data.questions[0].max_from",
      hint: "Use guest.party_size, say.",
      form(#"{"key": "a", "kind": "number", "max_from": "party", "ask": {"*": "?"}}"#), formEdges),
    IssueCase(
      "unknown_target", "node", at: "nodes[1].data.questions[0].save_to",
      hint:
        "Use guest.name, guest.attending_count, guest.party_size, guest.language, guest.category, guest.fields.NAME or vars.NAME.",
      form(#"{"key": "a", "kind": "text", "save_to": "guest.phone", "ask": {"*": "?"}}"#), formEdges
    ),
    IssueCase(
      "unknown_target", "node", at: "nodes[1].data.set.phone",
      hint:
        "Use name, rsvp, rsvp.EVENT, attending_count, attending_children, category, party_size, children, language, subscription, fields.NAME or vars.NAME.",
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
    IssueCase(
      "equal_titles", "node", at: "nodes[1].data.buttons",
      hint: "Give them titles that differ in their first 20 characters.",
      text(
        #"""
        {"kind": "buttons", "text": {"*": "?"}, "outside_window": {"action": "wait"},
         "buttons": [{"handle": "yes", "title": {"*": "Yes", "id": "Ya"}},
                     {"handle": "no", "title": {"*": "No", "id": "Ya"}}]}
        """#,
        then: #"""
          {"id": "wait", "type": "wait_reply", "data": {"timeout": "20h", "replies": [
            {"handle": "yes", "title": {"*": "Yes"}}, {"handle": "no", "title": {"*": "No"}}]}},
          """#),
      "start > node, node > wait, wait:yes > end, wait:no > end, wait:timeout > end, wait:default > end"
    ),
    IssueCase(
      "equal_titles", "node", at: "nodes[1].data.questions[0].choices",
      hint: "Give them titles that differ in their first 20 characters.",
      form(
        #"""
        {"key": "menu", "kind": "choice", "ask": {"*": "?"}, "choices": [
          {"value": "a", "title": {"*": "Friday dinner in hall A"}},
          {"value": "b", "title": {"*": "Friday dinner in hall B"}}]}
        """#), formEdges),
    IssueCase(
      "equal_titles", "node", at: "nodes[1].data.replies",
      hint: "Give them titles that differ in their first 25 characters.",
      #"""
      {"id": "node", "type": "wait_reply", "data": {"timeout": "1h", "replies": [
        {"handle": "a", "title": {"*": "Yes"}}, {"handle": "b", "title": {"*": "Yes"}}]}}, \#(end)
      """#, "start > node, node:a > end, node:b > end, node:timeout > end, node:default > end"),
    IssueCase(
      "missing_header", "node", at: "nodes[1].data.header",
      hint: #"Give it in header: {"type": "image", "link": "https://…"}."#,
      send(
        #"""
        {"template": "wedding_invite", "parameters": {"guest_name": "x", "day": "y"},
         "buttons": [{"handle": "yes"}, {"handle": "maybe"}, {"handle": "no"}]}
        """#), through),
    IssueCase(
      "wrong_header", "node", at: "nodes[1].data.header",
      hint: #"Give it in header: {"type": "image", "link": "https://…"}."#,
      send(
        #"""
        {"template": "wedding_invite", "parameters": {"guest_name": "x", "day": "y"},
         "header": {"type": "video", "link": "https://example.com/v.mp4"},
         "buttons": [{"handle": "yes"}, {"handle": "maybe"}, {"handle": "no"}]}
        """#), through),
    IssueCase(
      "missing_header", "node", at: "nodes[1].data.outside_window.template",
      hint: "Name a template without a medium here.",
      text(
        #"""
        {"text": {"*": "Hi"}, "outside_window": {"action": "template", "template": "wedding_invite",
          "parameters": {"guest_name": "x", "day": "y"}}}
        """#), through),
  ]
}
