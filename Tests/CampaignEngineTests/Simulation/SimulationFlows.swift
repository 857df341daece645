import CampaignEngine

enum SimulationFlows {
  private static let ends = ["done", "failed", "gone"].map {
    #"{"id": "\#($0)", "type": "end", "data": {"outcome": "\#($0)"}}"#
  }.joined(separator: ", ")

  /// Free messages, a form with two choices, a split, a held message and several waits in a row.
  static func mixed() throws -> ChatflowDocument {
    try flow(
      #"""
      {"id": "split", "type": "split", "data": {"arms": [
        {"handle": "a", "weight": 1}, {"handle": "b", "weight": 1}]}},
      {"id": "open", "type": "wait_reply", "data": {"timeout": "30h", "late_change": "until_event",
        "replies": [{"handle": "yes", "title": {"*": "Yes"}}]}},
      {"id": "ask", "type": "send_message", "data": {"kind": "buttons", "text": {"*": "Well?"},
        "outside_window": {"action": "wait", "timeout": "5h"},
        "buttons": [{"handle": "yes", "title": {"*": "Yes"}}, {"handle": "no", "title": {"*": "No"}}]}},
      {"id": "hear", "type": "wait_reply", "data": {"timeout": "9h", "save_as": "heard",
        "late_change": "until_event", "reprompt": {"text": {"*": "Pardon?"}, "max": 2},
        "replies": [{"handle": "yes", "title": {"*": "Yes"}}, {"handle": "no", "title": {"*": "No"}}]}},
      {"id": "form", "type": "guest_form", "data": {"timeout": "6h", "max_attempts": 2, "questions": [
        {"key": "menu", "kind": "choice", "save_to": "guest.fields.menu", "ask": {"*": "Menu?"},
         "choices": [{"value": "veg", "title": {"*": "Vegetarian"}}, {"value": "meat", "title": {"*": "Meat"}}]},
        {"key": "side", "kind": "choice", "ask": {"*": "Side?"},
         "choices": [{"value": "rice", "title": {"*": "Rice"}}, {"value": "naan", "title": {"*": "Naan"}}]},
        {"key": "who", "kind": "members", "save_to": "guest.rsvp.dinner",
         "ask": {"*": "Who of {{household.names}}?"}}]}},
      {"id": "sheet", "type": "send_flow", "data": {"flow": {"name": "rsvp", "cta": {"*": "Open"}},
        "text": {"*": "Please fill this in."}}},
      {"id": "each", "type": "guest_form", "data": {"timeout": "6h", "max_attempts": 2, "questions": [
        {"key": "come", "kind": "event_rsvp", "for": "household", "ask": {"*": "To {{guest.invited_to}}?"},
         "choose": {"*": "To which?"}, "choices": [{"value": "all", "title": {"*": "All"}},
          {"value": "choose", "title": {"*": "Some"}}, {"value": "none", "title": {"*": "None"}}]},
        {"key": "dish", "kind": "choice", "for_each": ["member", "event"], "save_to": "guest.fields.dish",
         "ask": {"*": "What does {{member.name}} eat at {{event.name}}?"},
         "choices": [{"value": "veg", "title": {"*": "Vegetarian"}}, {"value": "meat", "title": {"*": "Meat"}}]},
        {"key": "count", "kind": "number", "for_each": ["event"], "max_from": "guest.party_size",
         "save_to": "guest.attending_count", "ask": {"*": "How many at {{event.name}}?"}}]}},
      {"id": "set", "type": "update_guest", "data": {"for": "household", "set": {"rsvp": "declined", "vars.menu": "{{vars.menu ?? \"-\"}}"},
        "add_tags": ["asked"]}},
      {"id": "eve", "type": "delay", "data": {
        "relative_to_event": {"offset": "-1d", "at": "09:00"}}}, \#(ends)
      """#,
      """
      start > split, split:a > open, split:b > ask, open:yes > form, open:default > ask,
      open:timeout > eve, eve > gone, ask > hear, ask:failed > failed, hear:yes > form, hear:no > set,
      hear:default > set, hear:timeout > gone, form:submitted > sheet, sheet > each, sheet:failed > each, each:submitted > set, each:timeout > gone, each:invalid > set, form:timeout > gone,
      form:invalid > set, set > done
      """)
  }

  /// Templates only, one after the other.
  static func plain() throws -> ChatflowDocument {
    try flow(
      #"""
      {"id": "one", "type": "send_template", "data": {"template": "rsvp_thanks"}},
      {"id": "rest", "type": "delay", "data": {"for": "5h"}},
      {"id": "two", "type": "send_template", "data": {"template": "rsvp_reminder",
        "parameters": {"guest_name": "{{guest.name}}"}, "session_text": {"*": "Will you?"},
        "buttons": [{"handle": "yes"}, {"handle": "no"}]}},
      {"id": "wait", "type": "wait_reply", "data": {"timeout": "8h", "late_change": "until_event",
        "replies": [{"handle": "yes", "title": {"*": "Yes"}}, {"handle": "no", "title": {"*": "No"}}]}},
      {"id": "all", "type": "update_guest", "data": {"for": "household", "set": {"rsvp": "attending"}}},
      {"id": "perhaps", "type": "update_guest", "data": {"for": "household", "set": {"rsvp": "maybe"}}},
      \#(ends)
      """#,
      """
      start > perhaps, perhaps > one, one > rest, rest > two, two > wait, two:failed > failed, wait:yes > all, all > done,
      wait:no > all, wait:timeout > gone, wait:default > done
      """)
  }
}
