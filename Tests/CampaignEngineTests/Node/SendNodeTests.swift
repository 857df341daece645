import Testing
import Wire

import CampaignEngine

private let ends = ["done", "failed"].map {
  #"{"id": "\#($0)", "type": "end", "data": {"outcome": "\#($0)"}}"#
}.joined(separator: ", ")

private func message(_ outside: String, buttons: Bool = false) throws -> ChatflowDocument {
  let more =
    buttons
    ? #""kind": "buttons", "buttons": [{"handle": "yes", "title": {"*": "Yes", "id": "Ya"}}], "#
    : ""
  let wait = #"""
    {"id": "wait", "type": "wait_reply", "data": {"timeout": "1h", "replies": [
      {"handle": "yes", "title": {"*": "Yes"}}]}}
    """#
  return try flow(
    #"""
    {"id": "say", "type": "send_message", "data": {\#(more)
      "text": {"*": "Hi {{guest.name}}", "id": "Halo {{guest.name}}"}, "outside_window": \#(outside)}},
    \#(wait), \#(ends)
    """#,
    buttons
      ? "start > say, say > wait, wait:yes > done, say:failed > failed"
      : "start > say, say > done, say:failed > failed")
}

struct SendNodeTests {
  private let harness: EngineHarness
  private let guest: GuestID

  init() throws {
    harness = try EngineHarness.wedding()
    guest = try harness.guest("Ana", phone: "+6281230000011") { $0.language = "id" }
  }

  private func invitation() throws -> ExecutionID {
    try harness.started(try document(rsvpFlow))
    return try harness.execution(of: guest)
  }

  @Test func `a closed window means the template, in the guest's language`() throws {
    let execution = try invitation()
    #expect(harness.state[execution].wait?.kind == .capacity)
    let request = try #require(try harness.dispatch().first)
    let template = try #require(request.content.template)
    #expect((template.name, template.language) == ("wedding_invite", "id"))
    #expect(template.header?.link == "https://example.com/card.jpg")
    #expect(template.parameters.map(\.name) == ["guest_name", "day"])
    #expect(template.parameters.map(\.value) == ["Ana", "2026-12-12"])
    let buttons = template.buttons
    #expect(template.components.map(\.value) == buttons.map(\.payload))
    #expect(template.components.map(\.index) == [0, 1, 2])
    #expect(
      buttons.map(\.payload) == ["exe_1:answer:yes", "exe_1:answer:maybe", "exe_1:answer:no"])
    #expect(buttons.map(\.title) == ["yes id", "maybe id", "no id"])
    #expect(request.expectation == .button(handles: ["yes", "maybe", "no"]))
    #expect(
      (request.to, request.from) == (
        Phone(number: 6_281_230_000_011), Phone(number: 6_281_100_000_001)
      ))
    #expect(harness.state[execution].wait?.kind == .delivery)
    #expect(harness.state[request.attempt.message].status == .sending)
  }

  @Test func `an open window means the session text, with the titles of the wait`() throws {
    try harness.write("hello", from: guest)
    _ = try invitation()
    let request = try #require(try harness.dispatch().first)
    guard case .buttons(let text, let buttons) = request.content else {
      Issue.record("\(request.content)")
      return
    }
    #expect(text == "Yth. Ana, apakah berkenan hadir pada 2026-12-12?")
    #expect(buttons.map(\.title) == ["Hadir", "Mungkin", "Maaf"])
    #expect(harness.state[request.attempt.message].replacedTemplate.wireText == "tpl_1")
  }

  @Test func `the window counts at the moment of sending, and its last minutes do not`() throws {
    try harness.write("hello", from: guest)
    _ = try invitation()
    harness.pass(.minutes(24 * 60 - 2))
    let request = try #require(try harness.dispatch().first)
    guard case .template = request.content else {
      Issue.record("\(request.content)")
      return
    }
  }

  @Test func `the node goes on when the message was accepted, not while it is held`() throws {
    let execution = try invitation()
    let request = try #require(try harness.dispatch().first)
    try harness.accept(request, isHeld: true)
    #expect(harness.node(of: execution) == "invite")
    #expect(harness.state[request.attempt.message].status == .held)
    harness.pass(.minutes(5))
    try harness.report(request, .sent)
    #expect(harness.node(of: execution) == "answer")
    #expect(harness.state[execution].wait?.until == harness.now + .hours(48))
  }

  @Test func `free text outside the window fails, and takes the way out failed`() throws {
    try harness.started(try message(#"{"action": "fail"}"#))
    try harness.settle()
    let execution = try harness.execution(of: guest)
    #expect(harness.outcome(of: execution) == "failed")
    #expect(harness.state[execution].lastError?.errorClass == .window)
    #expect(harness.sent.isEmpty)
  }

  @Test func `free text outside the window falls back to the template it names`() throws {
    try harness.started(try message(#"{"action": "template", "template": "rsvp_thanks"}"#))
    try harness.settle()
    let template = try #require(harness.sent.first?.content.template)
    #expect((template.name, template.language) == ("rsvp_thanks", "id"))
    #expect(harness.outcome(of: try harness.execution(of: guest)) == "done")
  }

  @Test func `free text outside the window waits for the guest, and fails when they stay silent`()
    throws
  {
    let silent = try harness.guest("Budi", phone: "+6281230000022")
    try harness.started(try message(#"{"action": "wait", "timeout": "6h"}"#))
    try harness.settle()
    let execution = try harness.execution(of: guest)
    #expect(harness.state[execution].wait?.kind == .session)
    #expect(harness.sent.isEmpty)
    try harness.run(for: .hours(1))
    let result = try harness.write("hello", from: guest)
    #expect(result.released.count == 1)
    try harness.settle()
    #expect(harness.sent.map(\.content) == [.text("Halo Ana")])
    #expect(harness.outcome(of: execution) == "done")
    try harness.run(for: .hours(5))
    #expect(harness.outcome(of: try harness.execution(of: silent)) == "failed")
    #expect(harness.sent.count == 1)
  }

  @Test func `free buttons carry the payload of the wait that follows`() throws {
    try harness.write("hello", from: guest)
    try harness.started(try message(#"{"action": "fail"}"#, buttons: true))
    try harness.settle()
    let buttons = try #require(harness.sent.first).content.buttons
    #expect(buttons == [ContentButton(payload: "exe_1:wait:yes", title: "Ya")])
    try harness.tap("yes", at: "wait", of: try harness.execution(of: guest))
    #expect(harness.outcome(of: try harness.execution(of: guest)) == "done")
  }

  @Test func `a missing value fails before anything is sent`() throws {
    try harness.write("hello", from: guest)
    let document = try flow(
      #"""
      {"id": "say", "type": "send_message", "data": {"text": {"*": "{{vars.nick}}"}}}, \#(ends)
      """#, "start > say, say > done")
    try harness.started(document)
    try harness.settle()
    let execution = try harness.execution(of: guest)
    #expect(harness.reason(of: execution) == "missing_variable")
    #expect(harness.sent.isEmpty)
    #expect(harness.state[execution].lastError?.message == "vars.nick has no value.")
    #expect(harness.state[execution].lastError?.attempts == 0)
  }

  @Test(arguments: [
    ("id", "id"), ("id_ID", "id"), ("hi", "hi"), ("fr", "en"), ("", "en"),
  ])
  func `the variant is the guest's language, its base, then the project's`(
    language: String, variant: String
  ) throws {
    let other = try harness.guest("Raj", phone: "+919812300045") { $0.language = language }
    try harness.started(try document(rsvpFlow)) { $0.settings.guestFilter.guestIDs = [other] }
    let request = try #require(try harness.dispatch().first)
    #expect(request.content.template?.language == variant)
  }

  @Test func `more than three choices become a list, and titles are cut to fit`() throws {
    try harness.write("hello", from: guest)
    let choices = (1...5).map {
      #"{"value": "v\#($0)", "title": {"*": "A title of 24 letters \#($0)"}}"#
    }
    let document = try flow(
      #"""
      {"id": "form", "type": "guest_form", "data": {"timeout": "1h", "questions": [
        {"key": "q", "kind": "choice", "ask": {"*": "?"}, "choices": [\#(choices.joined(separator: ", "))]}]}},
      \#(ends)
      """#, "start > form, form:submitted > done")
    try harness.started(document)
    let request = try #require(try harness.dispatch().first)
    guard case .list(_, let rows) = request.content else {
      Issue.record("\(request.content)")
      return
    }
    #expect(rows.count == 5)
    #expect(rows.allSatisfy { $0.title.count <= 24 })
    #expect(request.expectation == .button(handles: (1...5).map { "v\($0)" }))
  }

  /// A guest's field has at most 1000 characters; the rest is the flow's own.
  private static func said(
    _ own: Int, _ field: Int, buttons: Bool
  ) throws -> (EngineHarness, ExecutionID) {
    let harness = try EngineHarness.wedding()
    let guest = try harness.guest("Long", phone: "+6281230000077")
    try harness.write("hello", from: guest)
    let more =
      buttons ? #""kind": "buttons", "buttons": [{"handle": "yes", "title": {"*": "Yes"}}], "# : ""
    let text = String(repeating: "x", count: own - 1)
    let document = try flow(
      #"""
      {"id": "say", "type": "send_message", "data": {\#(more)
        "text": {"*": "{{guest.fields.note}} \#(text)"}, "outside_window": {"action": "fail"}}},
      {"id": "wait", "type": "wait_reply", "data": {"timeout": "1h", "replies": [
        {"handle": "yes", "title": {"*": "Yes"}}]}}, \#(ends)
      """#, "start > say, say > wait, wait:yes > done, say:failed > failed")
    let campaign = try harness.campaign(try harness.flow(document))
    // The field becomes so long after the start was judged.
    try harness.guest("Long", phone: "+6281230000077") { $0.fieldValues["note"] = .text("n") }
    try harness.start(campaign)
    try harness.guest("Long", phone: "+6281230000077") {
      $0.fieldValues["note"] = .text(String(repeating: "n", count: field))
    }
    try harness.settle()
    return (harness, try harness.execution(of: guest))
  }

  @Test(
    arguments: [
      (100, 924, true, true), (100, 925, true, false), (3200, 896, false, true),
      (3200, 897, false, false),
    ] as [(Int, Int, Bool, Bool)])
  func `a text is sent whole or not at all`(own: Int, field: Int, buttons: Bool, fits: Bool) throws
  {
    let (harness, execution) = try Self.said(own, field, buttons: buttons)
    if fits {
      let content = try #require(harness.sent.first).content
      #expect(String(describing: content).contains("nn \(String(repeating: "x", count: own - 1))"))
    } else {
      #expect(harness.sent.isEmpty)
      #expect(harness.outcome(of: execution) == "failed")
      #expect(harness.state[execution].lastError?.errorClass == .tooLong)
    }
  }

  @Test func `a medium that the template got meanwhile fails by name, and is not sent to WhatsApp`()
    throws
  {
    try harness.started(try message(#"{"action": "template", "template": "rsvp_thanks"}"#))
    let id = try #require(harness.state.template(named: "rsvp_thanks", space: 0)).id
    var variants = harness.state.template(id).currentVariants
    for index in variants.indices {
      variants[index].header = TemplateHeader()
      variants[index].header?.type = .image
    }
    try harness.perform(UpdateTemplate(template: id, category: nil, variants: variants))
    try harness.settle()
    #expect(harness.sent.isEmpty)
    #expect(harness.outcome(of: try harness.execution(of: guest)) == "failed")
  }

  @Test(arguments: [" ", "\n\t", "\u{A0}\u{2003}", "\r\n"])
  func `white space is no value`(text: String) throws {
    let guest = try harness.guest("Nick", phone: "+6281230000078") {
      $0.fieldValues["nick"] = .text(text)
    }
    let document = try flow(
      #"""
      {"id": "rest", "type": "delay", "data": {"for": "1m"}},
      {"id": "say", "type": "send_template", "data": {"template": "rsvp_reminder",
        "parameters": {"guest_name": "{{guest.fields.nick}}"}, "buttons": [{"handle": "yes"}, {"handle": "no"}]}}, \#(ends)
      """#, "start > rest, rest > say, say > done, say:failed > failed")
    try harness.started(document) { $0.settings.guestFilter.guestIDs = [guest] }
    try harness.run(for: .minutes(2))
    #expect(
      harness.state[try harness.execution(of: guest)].lastError?.errorClass == .missingVariable)
    #expect(harness.sent.isEmpty)
  }

  @Test(arguments: [
    ("Ana\nLima", "Ana Lima"), ("Ana \t  Lima ", "Ana Lima"), ("A\u{2028}B\r\nC", "A B C"),
  ])
  func `values are folded to one line`(given: String, sent: String) {
    #expect(TemplateText.parameterValue(given) == sent)
  }
}
