@testable import CampaignEngine

/// An end for each way out of the question below.
let replyEnds = ["yes", "no", "timeout", "default", "done"].map {
  #"{"id": "\#($0)", "type": "end", "data": {"outcome": "\#($0)"}}"#
}.joined(separator: ", ")

/// A template with two buttons and the wait for the answer, where a test may add to.
func asking(_ more: String = "", timeout: String = "20h") throws -> ChatflowDocument {
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
    start > ask, ask > wait,
    wait:yes > yes, wait:no > no, wait:timeout > timeout, wait:default > default
    """)
}
