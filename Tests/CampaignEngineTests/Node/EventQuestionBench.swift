import Testing

import CampaignEngine

/// A wedding of three functions, whose guests are asked to which of them they come.
protocol EventQuestionBench {
  var harness: EngineHarness { get }
}

extension EventQuestionBench {
  static func wedding() throws -> EngineHarness {
    try EngineHarness(wedding: { project in
      project.events.append(
        ProjectEvent(key: "brunch", name: "Brunch", startsAt: time("2026-12-13T03:00:00.000Z")))
    })
  }

  static var choices: String {
    #""choices": [{"value": "all", "title": {"*": "All"}}, {"value": "choose", "title": {"*": "Some"}}, {"value": "none", "title": {"*": "None"}}]"#
  }

  static func eventQuestion(_ more: String = "") -> String {
    #"{"key": "come", "kind": "event_rsvp", "ask": {"*": "Will you come to {{guest.invited_to}}?"}, "choose": {"*": "To which?"}, "on_invalid": {"*": "Please tap."}, \#(choices) \#(more)}"#
  }

  static var dish: String {
    #"{"key": "dish", "kind": "choice", "for_each": ["member", "event"], "save_to": "guest.fields.dish", "ask": {"*": "What does {{member.name}} eat at {{event.name}}?"}, "choices": [{"value": "veg", "title": {"*": "Veg"}}, {"value": "fish", "title": {"*": "Fish"}}]}"#
  }

  func document(_ questions: [String]) throws -> ChatflowDocument {
    try flow(
      #"""
      {"id": "ask", "type": "send_template", "data": {"template": "rsvp_reminder",
        "parameters": {"guest_name": "{{household.names}}"}, "buttons": [{"handle": "yes"}, {"handle": "no"}]}},
      {"id": "wait", "type": "wait_reply", "data": {"timeout": "20h", "replies": [
        {"handle": "yes", "title": {"*": "Go on"}}, {"handle": "no", "title": {"*": "No"}}]}},
      {"id": "form", "type": "guest_form", "data": {"timeout": "20h", "max_attempts": 3,
        "questions": [\#(questions.joined(separator: ", "))]}},
      {"id": "done", "type": "end", "data": {"outcome": "done"}},
      {"id": "other", "type": "end", "data": {"outcome": "other"}}
      """#,
      """
      start > ask, ask > wait, wait:yes > form, wait:no > other, wait:timeout > other, wait:default > other,
      form:submitted > done, form:timeout > other, form:invalid > other
      """)
  }

  /// Everybody is asked what the questions ask first.
  func asked(_ guest: GuestID, _ questions: String...) throws -> ExecutionID {
    let campaign = try harness.started(
      try document(questions)
    ) { $0.settings.household = .together }
    try harness.settle()
    let execution = try harness.execution(of: guest, in: campaign)
    try harness.tap("yes", at: "wait", of: execution)
    try harness.settle()
    return execution
  }

  func guest(_ name: String, _ keys: [String]?, household: String = "") throws -> GuestID {
    let phone = household.isEmpty || name == "Ana" ? "+62812300001\(10 + name.count)" : ""
    return try harness.member(name, phone, household: household) {
      $0.invitedTo = keys
      $0.partySize = .integer(2)
    }
  }

  var newest: MessageContent {
    harness.state[harness.sent.last?.attempt.message ?? .none].content
  }

  func say(_ text: String, _ guest: GuestID) throws {
    try harness.write(text, from: guest)
    try harness.settle()
  }

  func answers(_ guest: GuestID) -> [RSVP?] {
    (0...2).map { harness.state.rsvp(of: guest, toEventAt: $0) }
  }

  func dish(_ guest: GuestID, _ event: Int) -> String? {
    harness.state.project(of: 0).symbols.symbol(of: "dish")
      .flatMap { harness.state[guest].value(of: $0, ofEvent: event)?.text }
  }

  func rename(_ place: Int, _ name: String) throws {
    var change = ProjectChange()
    change.events = harness.state.project(of: 0).row.events
    change.events?[place].name = name
    try harness.perform(UpdateProject(project: harness.project, change: change))
  }

  /// Asked which of the three events.
  func choosing() throws -> (GuestID, ExecutionID) {
    let ana = try guest("Ana", nil)
    let execution = try asked(ana, Self.eventQuestion())
    try harness.tap("come.choose", at: "form", of: execution)
    try harness.settle()
    return (ana, execution)
  }
}
