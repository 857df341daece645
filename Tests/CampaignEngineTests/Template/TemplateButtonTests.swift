import Testing
import Wire

import CampaignEngine

private let ends = ["done", "failed"].map {
  #"{"id": "\#($0)", "type": "end", "data": {"outcome": "\#($0)"}}"#
}.joined(separator: ", ")

/// A template whose replies stand between a link and a call.
private func linked(to url: String, body: String = "Will you come?") -> Template {
  var variant = TemplateVariant()
  (variant.language, variant.status, variant.body) = ("en", .approved, body)
  variant.buttons = [("map", "Map"), ("yes", "Yes"), ("no", "No"), ("call", "Call")].map {
    var button = TemplateButton()
    (button.handle, button.title) = $0
    return button
  }
  variant.buttons[0].url = url
  variant.buttons[3].phone = Phone(number: 6_281_230_000_077)
  var row = Template()
  (row.name, row.category, row.variants) = ("map", .utility, [variant])
  return row
}

private func asking(_ parameters: String, buttons: [String] = ["yes", "no"]) throws
  -> ChatflowDocument
{
  let handles = buttons.map { #"{"handle": "\#($0)"}"# }.joined(separator: ", ")
  return try flow(
    #"""
    {"id": "ask", "type": "send_template", "data": {"template": "map",
      "parameters": \#(parameters), "buttons": [\#(handles)]}},
    {"id": "wait", "type": "wait_reply", "data": {"timeout": "20h", "replies": [
      {"handle": "yes", "title": {"*": "Yes"}}, {"handle": "no", "title": {"*": "No"}}]}}, \#(ends)
    """#,
    "start > ask, ask > wait, wait:yes > done, wait:no > done, wait:timeout > done, wait:default > done, ask:failed > failed"
  )
}

struct TemplateButtonTests {
  private let harness: EngineHarness
  private let guest: GuestID

  init() throws {
    harness = try EngineHarness.wedding()
    guest = try harness.guest("Ana", phone: "+6281230000011") { $0.externalID = "A-1" }
  }

  @Test func `a link and a call move no reply, and the link's end gets its value`() throws {
    try harness.perform(
      CreateTemplate(project: harness.project, row: linked(to: "https://a.example/m/{{seat}}")))
    try harness.started(try asking(#"{"seat": "{{guest.external_id}}?s=2"}"#))
    try harness.restart(fromSnapshot: true)
    let request = try #require(try harness.dispatch().first)
    let template = try #require(request.content.template)
    #expect(template.parameters.isEmpty)
    #expect(template.buttons.map(\.title) == ["Yes", "No"])
    #expect(
      template.components == [
        ButtonComponent(index: 0, .url, value: "A-1?s=2"),
        ButtonComponent(index: 1, .quickReply, value: "exe_1:wait:yes"),
        ButtonComponent(index: 2, .quickReply, value: "exe_1:wait:no"),
      ])
    try harness.accept(request)
    try harness.tap("no", at: "wait", of: try harness.execution(of: guest))
    #expect(harness.outcome(of: try harness.execution(of: guest)) == "done")
  }

  @Test func `a link that is the same for everybody needs no value`() throws {
    try harness.perform(
      CreateTemplate(project: harness.project, row: linked(to: "https://a.example/m")))
    try harness.started(try asking("{}"))
    let template = try #require(try harness.dispatch().first?.content.template)
    #expect(template.components.map(\.index) == [1, 2])
  }

  @Test(
    arguments: [
      ("{}", ["yes", "no"], "missing_parameter"),
      (#"{"seat": "A", "row": "B"}"#, ["yes", "no"], "unknown_parameter"),
      (#"{"seat": "A"}"#, ["map", "yes", "no", "call"], "button_mismatch"),
    ])
  func `a flow that does not fit the buttons is refused`(
    parameters: String, buttons: [String], code: String
  ) throws {
    try harness.perform(
      CreateTemplate(project: harness.project, row: linked(to: "https://a.example/m/{{seat}}")))
    let refusal = harness.refusal(
      of: SaveChatflow(
        project: harness.project, chatflow: nil, name: "F",
        document: try asking(parameters, buttons: buttons)))
    #expect(refusal?.issues.contains { $0.code == code } == true, "\(String(describing: refusal))")
  }

  @Test(
    arguments: [
      ("A 1", ErrorClass.payload), (String(repeating: "a", count: 1990), .tooLong),
    ])
  func `a link that would not work is not sent`(end: String, errorClass: ErrorClass) throws {
    try harness.perform(
      CreateTemplate(project: harness.project, row: linked(to: "https://a.example/m/{{seat}}")))
    try harness.started(try asking(#"{"seat": "\#(end)"}"#))
    try harness.settle()
    #expect(harness.sent.isEmpty)
    let execution = try harness.execution(of: guest)
    #expect(harness.state[execution].lastError?.errorClass == errorClass)
  }

  @Test(
    arguments: [
      ("ftp://a.example", "link"), ("a.example/m", "link"), ("https://a.example/{{a}}/b", "link"),
      ("https://a.example/{{a}}{{b}}", "link"), ("https://a.example/a b", "link"),
      ("https://a.example/{{guest_name}}", "shared_place"),
    ])
  func `a link that WhatsApp would not take is refused`(url: String, reason: String) throws {
    let row = linked(to: url, body: "Dear {{guest_name}}, come.")
    let refusal = harness.refusal(of: CreateTemplate(project: harness.project, row: row))
    #expect((refusal?.reason, refusal?.field) == (reason, "variants[0].buttons[0].url"))
  }

  @Test func `a button opens a page or calls, not both`() throws {
    var row = linked(to: "https://a.example")
    row.variants[0].buttons[0].phone = Phone(number: 6_281_230_000_078)
    let refusal = harness.refusal(of: CreateTemplate(project: harness.project, row: row))
    #expect((refusal?.reason, refusal?.field) == ("one_of", "variants[0].buttons[0].phone"))
  }
}
