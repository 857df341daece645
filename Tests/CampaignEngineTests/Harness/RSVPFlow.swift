/// The whole of an RSVP: invitation, answer, form, reminder. Everything that a flow can do at once.
let rsvpFlow = #"""
  {
    "nodes": [
      {"id": "start", "type": "trigger", "position": {"x": 0, "y": 0}, "width": 180, "data": {}},
      {"id": "invite", "type": "send_template", "data": {
        "template": "wedding_invite",
        "parameters": {"guest_name": "{{guest.name ?? \"friend\"}}", "day": "{{project.event_date}}"},
        "header": {"type": "image", "link": "{{guest.fields.card_url ?? project.fields.card_url}}"},
        "buttons": [{"handle": "yes"}, {"handle": "maybe"}, {"handle": "no"}],
        "session_text": {"*": "Dear {{guest.name}}, will you join us on {{project.event_date}}?",
                         "id": "Yth. {{guest.name}}, apakah berkenan hadir pada {{project.event_date}}?"},
        "send_by": "2026-12-05T15:00:00.000Z"}},
      {"id": "answer", "type": "wait_reply", "data": {
        "timeout": "48h", "save_as": "answer", "late_change": "until_event",
        "replies": [
          {"handle": "yes", "title": {"*": "Attending", "id": "Hadir"}, "keywords": ["yes", "ya", "hadir", "haan"]},
          {"handle": "maybe", "title": {"*": "Maybe", "id": "Mungkin"}, "keywords": ["maybe", "mungkin"]},
          {"handle": "no", "title": {"*": "Sorry", "id": "Maaf"}, "keywords": ["no", "tidak", "nahi"]}],
        "reprompt": {"text": {"*": "Please tap one of the buttons."}, "max": 2}}},
      {"id": "set_attending", "type": "update_guest", "data": {"set": {"rsvp": "attending"}, "add_tags": ["answered"], "remove_tags": []}},
      {"id": "details", "type": "guest_form", "data": {
        "timeout": "20h", "max_attempts": 3,
        "questions": [
          {"key": "count", "kind": "number", "min": 1, "max_from": "guest.party_size", "save_to": "guest.attending_count",
           "ask": {"*": "How many of you will come?", "id": "Berapa orang yang hadir?"},
           "on_invalid": {"*": "Please send a number from 1 to {{guest.party_size}}."}},
          {"key": "menu", "kind": "choice", "save_to": "guest.fields.menu", "ask": {"*": "Which menu?", "id": "Pilih menu:"},
           "choices": [{"value": "veg", "title": {"*": "Vegetarian"}}, {"value": "meat", "title": {"*": "With meat", "id": "Daging"}}]}]}},
      {"id": "thanks", "type": "send_message", "data": {
        "kind": "text", "text": {"*": "Thank you! See you on {{project.event_date}}.", "id": "Terima kasih, sampai jumpa!"},
        "outside_window": {"action": "template", "template": "rsvp_thanks"}}},
      {"id": "end_attending", "type": "end", "data": {"outcome": "attending"}},
      {"id": "set_maybe", "type": "update_guest", "data": {"set": {"rsvp": "maybe"}, "add_tags": [], "remove_tags": []}},
      {"id": "think", "type": "delay", "data": {"for": "3d"}},
      {"id": "remind", "type": "send_template", "data": {
        "template": "rsvp_reminder", "parameters": {"guest_name": "{{guest.name ?? \"friend\"}}"},
        "buttons": [{"handle": "yes"}, {"handle": "no"}]}},
      {"id": "answer_2", "type": "wait_reply", "data": {
        "timeout": "48h", "save_as": "answer", "late_change": "until_event",
        "replies": [{"handle": "yes", "title": {"*": "Attending"}, "keywords": ["yes", "ya"]},
                    {"handle": "no", "title": {"*": "Sorry"}, "keywords": ["no", "tidak"]}]}},
      {"id": "set_declined", "type": "update_guest", "data": {"set": {"rsvp": "declined"}, "add_tags": ["answered"], "remove_tags": []}},
      {"id": "end_declined", "type": "end", "data": {"outcome": "declined"}},
      {"id": "vip", "type": "condition", "data": {"cases": [{"handle": "vip", "when": {"categories": ["vip"]}}]}},
      {"id": "end_no_answer", "type": "end", "data": {"outcome": "no_answer"}},
      {"id": "end_person", "type": "end", "data": {"outcome": "needs_person"}}],
    "edges": [
      {"source": "start", "target": "invite"},
      {"source": "invite", "target": "answer"},
      {"source": "answer", "sourceHandle": "yes", "target": "set_attending"},
      {"source": "answer", "sourceHandle": "maybe", "target": "set_maybe"},
      {"source": "answer", "sourceHandle": "no", "target": "set_declined"},
      {"source": "answer", "sourceHandle": "timeout", "target": "vip"},
      {"source": "answer", "sourceHandle": "default", "target": "end_person"},
      {"source": "set_attending", "target": "details"},
      {"source": "details", "sourceHandle": "submitted", "target": "thanks"},
      {"source": "details", "sourceHandle": "timeout", "target": "thanks"},
      {"source": "details", "sourceHandle": "invalid", "target": "end_person"},
      {"source": "thanks", "target": "end_attending"},
      {"source": "set_maybe", "target": "think"},
      {"source": "think", "target": "remind"},
      {"source": "remind", "target": "answer_2"},
      {"source": "answer_2", "sourceHandle": "yes", "target": "set_attending"},
      {"source": "answer_2", "sourceHandle": "no", "target": "set_declined"},
      {"source": "answer_2", "sourceHandle": "timeout", "target": "end_no_answer"},
      {"source": "answer_2", "sourceHandle": "default", "target": "end_person"},
      {"source": "set_declined", "target": "end_declined"},
      {"source": "vip", "sourceHandle": "vip", "target": "remind"},
      {"source": "vip", "sourceHandle": "else", "target": "end_no_answer"}]
  }
  """#
