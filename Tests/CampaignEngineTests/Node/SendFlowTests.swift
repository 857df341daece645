import Testing
import Wire

import CampaignEngine

/// A form that is filled in inside WhatsApp, and the questions behind it.
struct SendFlowTests {
  private let harness: EngineHarness
  private let guest: GuestID

  init() throws {
    harness = try EngineHarness.wedding()
    guest = try harness.guest("Ana", phone: "+6281230000011") { $0.partySize = .integer(4) }
    var row = Template()
    (row.name, row.category) = ("rsvp_form", .marketing)
    var variant = TemplateVariant()
    (variant.language, variant.status) = ("en", .approved)
    variant.body = "Dear {{guest_name}}, please fill this in."
    var (reply, form) = (TemplateButton(), TemplateButton())
    (reply.handle, reply.title) = ("stop", "No more")
    (form.handle, form.title, form.flow) = ("open", "Open", "1184772690328842")
    variant.buttons = [form, reply]
    row.variants = [variant]
    try harness.perform(CreateTemplate(project: harness.project, row: row))
  }

  private static let form =
    #"""
    {"id": "form", "type": "guest_form", "data": {"timeout": "20h", "max_attempts": 2, "questions": [
      {"key": "come", "kind": "event_rsvp", "ask": {"*": "Will you come?"}, "choose": {"*": "To which?"},
       "choices": [{"value": "all", "title": {"*": "All"}}, {"value": "choose", "title": {"*": "Some"}},
         {"value": "none", "title": {"*": "None"}}]},
      {"key": "count", "kind": "number", "min": 1, "max_from": "guest.party_size", "form_field": "Number_of_people",
       "save_to": "guest.attending_count", "ask": {"*": "How many?"}, "on_invalid": {"*": "A number, please."}},
      {"key": "dish", "kind": "choice", "save_to": "guest.fields.dish", "ask": {"*": "Which dish?"},
       "choices": [{"value": "veg", "title": {"*": "Vegetarian"}}, {"value": "fish", "title": {"*": "Fish"}}]},
      {"key": "arrival", "kind": "date", "save_to": "guest.fields.arrival", "ask": {"*": "When do you arrive?"}}]}},
    {"id": "done", "type": "end", "data": {"outcome": "done"}},
    {"id": "late", "type": "end", "data": {"outcome": "late"}},
    {"id": "bad", "type": "end", "data": {"outcome": "bad"}}
    """#

  private static let edges =
    "start > send, send > form, send:failed > form, form:submitted > done, form:timeout > late, form:invalid > bad"

  private func document(
    _ template: String = #""template": "rsvp_form", "parameters": {"guest_name": "{{guest.name}}"}"#
  )
    throws -> ChatflowDocument
  {
    try flow(
      #"""
      {"id": "send", "type": "send_flow", "data": {"flow": {"id": "1184772690328842",
        "cta": {"*": "Open the form"}, "screen": "RSVP"}, "text": {"*": "Dear {{guest.name}}, who comes?"}, \#(template)}},
      \#(Self.form)
      """#, Self.edges)
  }

  private func started(_ document: ChatflowDocument) throws -> ExecutionID {
    let campaign = try harness.started(document)
    return try harness.execution(of: guest, in: campaign)
  }

  /// The form is with the guest.
  private func sent() throws -> ExecutionID {
    let execution = try started(try document())
    try harness.settle()
    return execution
  }

  @discardableResult
  private func fillIn(
    _ json: String, token: String?, of execution: ExecutionID
  ) throws -> ReceiveMessage.Result {
    var content = MessageContent()
    (content.kind, content.text) = (.flow, json)
    content.payload = token ?? ""
    if token == nil {
      content.quotes = harness.state[harness.sent.last?.attempt.message ?? .none].gatewayID
    }
    return try harness.receive(content, from: harness.state[guest].phone)
  }

  private func token(_ execution: ExecutionID) -> String { "\(execution.wireText):form:flow" }

  private func field(_ name: String) -> String? {
    let symbols = harness.state.project(of: 0).symbols
    return symbols.symbol(of: name).flatMap { harness.state[guest].value(of: $0)?.text }
  }

  private var newestText: String {
    harness.state[harness.sent.last?.attempt.message ?? .none].content.text
  }

  private func say(_ text: String) throws {
    try harness.write(text, from: guest)
    try harness.settle()
  }

  private static let whole =
    #"{"come": ["wedding", "dinner"], "Number_of_people": "3", "dish": "0_Vegetarian", "arrival": "2026-12-11"}"#

  // MARK: Sending

  @Test func `outside the window it is a template, whose form button has the token`() throws {
    let execution = try started(try document())
    let request = try #require(try harness.dispatch().first)
    let template = try #require(request.content.template)
    #expect(template.name == "rsvp_form")
    #expect(
      template.components == [
        ButtonComponent(index: 0, .flow, value: token(execution)),
        ButtonComponent(index: 1, .quickReply, value: "\(execution.wireText):form:stop"),
      ])
    guard case .form(let fields) = request.expectation else {
      Issue.record("a form is expected")
      return
    }
    #expect(fields.map(\.name) == ["come", "Number_of_people", "dish", "arrival"])
    #expect(fields[1].expectation == .number(1...4))
  }

  @Test func `inside the window it is a text with a button`() throws {
    try harness.write("Hello", from: guest)
    let execution = try started(try document())
    let request = try #require(try harness.dispatch().first)
    guard case .flow(let text, let message) = request.content else {
      Issue.record("a form is sent")
      return
    }
    #expect(text == "Dear Ana, who comes?")
    #expect((message.id, message.name, message.cta) == ("1184772690328842", nil, "Open the form"))
    #expect((message.token, message.screen, message.mode) == (token(execution), "RSVP", .published))
  }

  @Test func `without a template it fails outside the window, and the form is not asked there`()
    throws
  {
    let execution = try started(try document(#""send_by": "2027-01-01T00:00:00.000Z""#))
    try harness.settle()
    #expect(harness.sent.isEmpty)
    #expect(harness.path(of: execution).contains("form"))
    #expect(harness.state[execution].status == .failed)
  }

  // MARK: Answers

  @Test(arguments: [true, false])
  func `one message brings all answers, with its token or by what it quotes`(hasToken: Bool) throws
  {
    let execution = try sent()
    #expect(harness.node(of: execution) == "form")
    try harness.restart(fromSnapshot: true)
    try fillIn(Self.whole, token: hasToken ? token(execution) : nil, of: execution)
    #expect(harness.outcome(of: execution) == "done")
    #expect(
      (0...1).map { harness.state.rsvp(of: guest, toEventAt: $0) } == [.attending, .attending])
    #expect(harness.state[guest].attendingCount == 3)
    #expect((field("dish"), field("arrival")) == ("veg", "2026-12-11"))
    try harness.settle()
    #expect(harness.sent.count == 1)
  }

  @Test func `whoever fills it in has it, though WhatsApp has said nothing of it yet`() throws {
    let execution = try started(try document())
    _ = try harness.dispatch()
    try fillIn(Self.whole, token: token(execution), of: execution)
    #expect(harness.outcome(of: execution) == "done")
    #expect((field("dish"), harness.state[guest].attendingCount) == ("veg", 3))
  }

  @Test func `what is missing or no answer is asked, and nothing else`() throws {
    let execution = try sent()
    try fillIn(
      #"{"come": "None", "Number_of_people": "99", "dish": "soup", "extra": {"a": [1]}, "arrival": 1796860800000}"#,
      token: token(execution), of: execution)
    try harness.settle()
    #expect(harness.state.rsvp(of: guest, toEventAt: 0) == .declined)
    #expect(field("arrival") == "2026-12-10")
    #expect(newestText == "How many?")
    try say("2")
    #expect(newestText == "Which dish?")
    try harness.restart(fromSnapshot: true)
    try say("fish")
    #expect((field("dish"), harness.outcome(of: execution)) == ("fish", "done"))
  }

  @Test func `whoever writes instead is asked question by question`() throws {
    let execution = try sent()
    try say("I cannot open this")
    #expect(newestText == "Will you come?")
    try harness.tap("come.all", at: "form", of: execution)
    try harness.settle()
    #expect(newestText == "How many?")
    // The form is filled in after all: what it says counts, and nothing is asked twice.
    try fillIn(#"{"Number_of_people": 4, "dish": "fish"}"#, token: token(execution), of: execution)
    try harness.settle()
    #expect(newestText == "When do you arrive?")
    try say("11.12.2026")
    #expect(harness.outcome(of: execution) == "done")
  }

  @Test func `a form that was filled in bit by bit is whole in the end, and nothing is skipped`()
    throws
  {
    let execution = try sent()
    for _ in 0..<4 { try fillIn("{}", token: token(execution), of: execution) }
    try harness.settle()
    #expect(newestText == "Will you come?")
    #expect(harness.sent.count == 2)
    try fillIn(#"{"Number_of_people": 2, "dish": ["veg"]}"#, token: token(execution), of: execution)
    try harness.settle()
    #expect(harness.node(of: execution) == "form" && harness.sent.count == 2)
    try fillIn(
      #"[{"name": "come", "value": "wedding"}, {"name": "come", "value": "dinner"}]"#,
      token: token(execution), of: execution)
    try harness.settle()
    #expect(newestText == "When do you arrive?")
    #expect(
      (0...1).map { harness.state.rsvp(of: guest, toEventAt: $0) } == [.attending, .attending])
    try fillIn(#"{"dish": ["veg", "fish"]}"#, token: token(execution), of: execution)
    #expect(field("dish") == "veg")
    try say("11.12.2026")
    #expect(harness.outcome(of: execution) == "done")
  }

  @Test func `a form that is filled in during a pause is taken once it goes on`() throws {
    let execution = try started(try document())
    let request = try #require(try harness.dispatch().first)
    try harness.perform(ControlExecution(execution: execution, control: .pause))
    try fillIn(Self.whole, token: token(execution), of: execution)
    try harness.perform(ControlExecution(execution: execution, control: .resume(isExtended: false)))
    try harness.accept(request)
    try harness.settle()
    #expect(harness.outcome(of: execution) == "done")
    #expect(harness.sent.count == 1)
    #expect((field("dish"), harness.state[guest].attendingCount) == ("veg", 3))
  }

  @Test func `what is filled in before WhatsApp reports is kept, and the rest asked`() throws {
    let execution = try started(try document())
    _ = try harness.dispatch()
    try fillIn(#"{"come": ["dinner"], "dish": "fish"}"#, token: token(execution), of: execution)
    #expect(
      (0...1).map { harness.state.rsvp(of: guest, toEventAt: $0) } == [.declined, .attending])
    #expect(field("dish") == "fish")
    try harness.settle()
    #expect(newestText == "How many?")
  }

  @Test func `what an operator was told of several questions is kept of each`() throws {
    try harness.write("Hello", from: guest)
    let execution = try sent()
    try harness.perform(
      AnswerForGuest(
        execution: execution, node: nil,
        answer: .questions([
          "come": .text("all"), "count": .integer(2), "dish": .text("veg"),
          "arrival": .text("2026-12-11"),
        ]), channel: .phone, isSilent: false))
    #expect(harness.outcome(of: execution) == "done")
    #expect((field("dish"), harness.state[guest].attendingCount) == ("veg", 2))
  }

  @Test func `a form that never came takes the way out of what failed`() throws {
    let execution = try sent()
    let request = try #require(harness.sent.last)
    try harness.report(
      request, .failed, error: MessageError(.recipient, code: 131_026, message: "Undeliverable."))
    try harness.settle()
    #expect(harness.path(of: execution).suffix(2) == ["send", "form"])
    #expect(harness.state[execution].status == .failed)
  }

  @Test func `a form that WhatsApp does not take is asked question by question`() throws {
    try harness.write("Hello", from: guest)
    let execution = try started(try document())
    let request = try #require(try harness.dispatch().first)
    try harness.refuse(request, .payload, code: 132_068)
    try harness.settle()
    #expect(harness.node(of: execution) == "form")
    #expect(newestText == "Will you come?")
  }

  @Test func `whoever does not fill it in goes by the timeout`() throws {
    let execution = try sent()
    try harness.run(for: .hours(21))
    #expect(harness.outcome(of: execution) == "late")
    let result = try fillIn(Self.whole, token: token(execution), of: execution)
    #expect(harness.state[result.message].disposition == .needsAttention)
  }

  @Test func `what an operator was told is the answer to the first question`() throws {
    let execution = try sent()
    try harness.perform(
      AnswerForGuest(
        execution: execution, node: nil, answer: .questions(["come": .text("none")]),
        channel: .phone, isSilent: false))
    #expect(harness.state.rsvp(of: guest, toEventAt: 0) == .declined)
  }

  // MARK: What phones send

  @Test(
    arguments: [
      (#"{"a": "x", "flow_token": "t"}"#, ["x"], "t"),
      (#""{\"a\": \"x\"}""#, ["x"], nil),
      (#"[{"a": "x"}, {"b": "y"}]"#, ["x"], nil),
      (#"[{"name": "a", "value": ["x", "y"]}]"#, ["x", "y"], nil),
      (#"{"a": [{"id": "x", "title": "X"}, {"title": "Y"}]}"#, ["x", "Y"], nil),
      (#"{"a": 4}"#, ["4"], nil), (#"{"a": true}"#, ["true"], nil), (#"{"a": null}"#, nil, nil),
      (#"{"a": "  "}"#, nil, nil), (#"{"a": [[["x"]]]}"#, nil, nil), ("Sent", nil, nil),
      ("", nil, nil),
      (#"{"a": "x""#, nil, nil), ("[[[[[[[[[[", nil, nil), (#"{"a": "x", "a": "y"}"#, nil, nil),
    ] as [(String, [String]?, String?)])
  func `a response is read as far as it can be`(
    json: String, expected: [String]?, token: String?
  ) throws {
    let response = FlowResponse(text: json)
    #expect(response.values(of: "a") == expected)
    #expect(response.token == token)
    // As it is kept, it says the same, without the token.
    #expect(FlowResponse(text: response.text).values(of: "a") == expected)
    #expect(FlowResponse(text: response.text).token == nil)
  }

  // MARK: Checks

  @Test func `a form needs its questions, one name and a template with its button`() throws {
    func issue(_ nodes: String, _ edges: String) throws -> Rejection? {
      harness.refusal(
        of: SaveChatflow(
          project: harness.project, chatflow: nil, name: "Flow", document: try flow(nodes, edges)))
    }
    func send(_ flow: String, _ more: String = "") -> String {
      #"{"id": "send", "type": "send_flow", "data": {"flow": \#(flow), "text": {"*": "?"} \#(more)}}, \#(Self.form)"#
    }
    let named = #"{"name": "rsvp", "cta": {"*": "Open"}}"#
    #expect(
      try issue(send(#"{"cta": {"*": "Open"}}"#), Self.edges)?.field == "nodes[1].data.flow")
    #expect(
      try issue(send(named), "start > send, send > done, form:submitted > done")?.reason
        == "form_without_questions")
    #expect(
      try issue(send(named, #", "template": "rsvp_thanks""#), Self.edges)?.reason
        == "button_mismatch")
  }

  // MARK: Costs

  @Test func `the check says messages and price of each way`() throws {
    try harness.guest("Budi", phone: "+6281230000012") { $0.invitedTo = ["wedding"] }
    try harness.guest("Citra", phone: "+6281230000013") { $0.invitedTo = [] }
    let campaign = try harness.campaign(try harness.flow(try document()))
    let ways = CampaignReadiness(of: campaign, in: harness.state).answerWays
    #expect(ways.map(\.node) == ["form", "form"])
    #expect(ways.map(\.way) == [.form, .questions])
    #expect(ways.map(\.guests) == [3, 3])
    #expect(ways.map(\.fewest) == [1, 3])
    #expect(ways.map(\.most) == [1, 5])
    // A marketing template opens the conversation; questions are answers inside it: 5, 4 and 3 at most.
    #expect(ways.map(\.leastMicrosPerGuest) == [41_100, 18_333])
    #expect(ways.map(\.mostMicrosPerGuest) == [41_100, 20_000])
  }
}
