import CampaignEngine

/// An end for each way out of the flows below.
let replyEnds = ["yes", "no", "timeout", "default", "failed", "done"].map {
  #"{"id": "\#($0)", "type": "end", "data": {"outcome": "\#($0)"}}"#
}.joined(separator: ", ")

/// A template with two buttons and the wait for the answer, whose data and edges a test may add to.
func asking(
  _ more: String = "", timeout: String = "20h", edges: String = ""
) throws -> ChatflowDocument {
  try flow(
    #"""
    {"id": "ask", "type": "send_template", "data": {"template": "rsvp_reminder",
      "parameters": {"guest_name": "{{guest.name}}"},
      "buttons": [{"handle": "yes"}, {"handle": "no"}]}},
    {"id": "wait", "type": "wait_reply", "data": {"timeout": "\#(timeout)", "save_as": "answer",
      "replies": [{"handle": "yes", "title": {"*": "Yes"}}, {"handle": "no", "title": {"*": "No"}}]
      \#(more)}}, \#(replyEnds)
    """#,
    """
    start > ask, ask > wait, wait:yes > yes, wait:no > no, wait:timeout > timeout,
    wait:default > default\(edges)
    """)
}

/// The same, where a late button counts. The failure of its message fails the execution.
func askFlow(reply more: String = "") throws -> ChatflowDocument {
  try asking(#", "late_change": "until_event""# + more)
}

/// A question, and after the answer a form.
func formFlow() throws -> ChatflowDocument {
  try flow(
    #"""
    {"id": "wait", "type": "wait_reply", "data": {"timeout": "20h", "save_as": "answer",
      "replies": [{"handle": "yes", "title": {"*": "Yes"}}]}},
    {"id": "form", "type": "guest_form", "data": {"timeout": "6h", "max_attempts": 2, "questions": [
      {"key": "menu", "kind": "choice", "ask": {"*": "Menu?"},
       "choices": [{"value": "veg", "title": {"*": "Vegetarian"}}]}]}}, \#(replyEnds)
    """#,
    """
    start > wait, wait:yes > form, wait:timeout > timeout, wait:default > default,
    form:submitted > done, form:timeout > timeout, form:invalid > failed
    """)
}

/// Goes on at once, without asking anybody.
func shortFlow() throws -> ChatflowDocument {
  try flow(
    #"""
    {"id": "vip", "type": "condition", "data": {"cases": [{"handle": "vip", "when": {"categories": ["vip"]}}]}},
    {"id": "rest", "type": "delay", "data": {"for": "5h"}}, \#(replyEnds)
    """#,
    "start > vip, vip:vip > rest, vip:else > done, rest > done")
}
