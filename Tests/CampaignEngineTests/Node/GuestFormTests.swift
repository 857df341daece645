import Testing
import Wire

import CampaignEngine

private let ends = ["submitted", "timeout", "invalid"].map {
  #"{"id": "\#($0)", "type": "end", "data": {"outcome": "\#($0)"}}"#
}.joined(separator: ", ")

private func asking(_ questions: String, attempts: Int = 3, timeout: String = "20h") throws
  -> ChatflowDocument
{
  try flow(
    #"""
    {"id": "hello", "type": "wait_reply", "data": {"timeout": "7d"}},
    {"id": "form", "type": "guest_form", "data": {"timeout": "\#(timeout)",
      "max_attempts": \#(attempts), "questions": [\#(questions)]}}, \#(ends)
    """#,
    "start > hello, hello:default > form, form:submitted > submitted, form:timeout > timeout, form:invalid > invalid"
  )
}

private let count = #"""
  {"key": "count", "kind": "number", "min": 1, "max_from": "guest.party_size",
   "save_to": "guest.attending_count", "ask": {"*": "How many?"},
   "on_invalid": {"*": "From 1 to {{guest.party_size}}."}}
  """#

private let menu = #"""
  {"key": "menu", "kind": "choice", "save_to": "guest.fields.menu", "ask": {"*": "Which menu?"},
   "choices": [{"value": "veg", "title": {"*": "Vegetarian"}},
     {"value": "meat", "title": {"*": "With meat", "id": "Daging"}}]}
  """#

struct GuestFormTests {
  private let harness: EngineHarness
  private let guest: GuestID

  init() throws {
    harness = try EngineHarness.wedding()
    guest = try harness.guest("Ana", phone: "+6281230000011") { row in
      row.partySize = .integer(4)
      row.rsvp = "attending"
    }
  }

  /// The form is reached by writing, so the session window is open.
  private func begin(_ document: ChatflowDocument) throws -> ExecutionID {
    try harness.started(document)
    try harness.write("hello", from: guest)
    try harness.settle()
    let execution = try harness.execution(of: guest)
    #expect(harness.node(of: execution) == "form")
    return execution
  }

  private func answer(_ text: String) throws {
    try harness.write(text, from: guest)
    try harness.settle()
  }

  private var texts: [String] {
    harness.sent.map { request in
      switch request.content {
      case .text(let text), .buttons(let text, _), .list(let text, _), .flow(let text, _): text
      case .template(let template): template.name
      }
    }
  }

  @Test func `questions are asked one by one, and each answer is saved`() throws {
    let execution = try begin(try asking("\(count), \(menu)"))
    #expect(texts == ["How many?"])
    #expect(harness.state[execution].wait?.kind == .form)
    #expect(harness.state[execution].wait?.question == 0)
    try answer("we are 3")
    #expect(texts == ["How many?", "Which menu?"])
    #expect(harness.state[execution].wait?.question == 1)
    #expect(harness.state[guest].attendingCount == 3)
    try harness.tap("menu.veg", at: "form", of: execution, title: "Vegetarian")
    #expect(harness.outcome(of: execution) == "submitted")
    #expect(harness.state[guest].values.map(\.value) == [.text("veg")])
    #expect(harness.variable("count", of: execution) == "3")
    #expect(harness.variable("menu", of: execution) == "veg")
  }

  @Test func `a number above the invited is asked again, at most so often`() throws {
    let execution = try begin(try asking(count))
    for (number, text) in ["5", "0"].enumerated() {
      try answer(text)
      #expect(texts.last == "From 1 to 4.")
      #expect(harness.state[execution].wait?.attempts == number + 1)
    }
    try answer("many")
    #expect(harness.outcome(of: execution) == "invalid")
    #expect(harness.sent.count == 3)
  }

  @Test func `attempts are counted per question`() throws {
    let execution = try begin(try asking("\(count), \(menu)", attempts: 2))
    try answer("5")
    try answer("2")
    try answer("fish")
    #expect(texts == ["How many?", "From 1 to 4.", "Which menu?", "Which menu?"])
    #expect(harness.node(of: execution) == "form")
    try answer("meat")
    #expect(harness.outcome(of: execution) == "submitted")
  }

  @Test func `silence leaves by timeout`() throws {
    let execution = try begin(try asking(count))
    try harness.run(for: .hours(20))
    #expect(harness.outcome(of: execution) == "timeout")
  }

  @Test func `each question has the whole time, from its acceptance`() throws {
    let execution = try begin(try asking("\(count), \(menu)"))
    harness.pass(.hours(19))
    try harness.write("2", from: guest)
    let request = try #require(try harness.dispatch().first)
    harness.pass(.minutes(30))
    try harness.accept(request)
    #expect(harness.state[execution].wait?.until == harness.now + .hours(20))
  }

  @Test(arguments: [
    ("Vegetarian", "veg"), ("vegetarian!", "veg"), ("veg", "veg"), ("Daging", "meat"),
    ("2", "meat"),
    ("2.", "meat"), ("2)", "meat"), ("٢", "meat"), ("2️⃣", "meat"), ("Vegetarian 🥕", "veg"),
    ("With  meat", "meat"), ("3", nil), ("0", nil), ("meat please", nil), ("", nil),
  ])
  func `a choice is taken by value, title in any language, or number`(
    text: String, value: String?
  ) throws {
    let execution = try begin(try asking(menu, attempts: 1))
    try answer(text)
    #expect(harness.outcome(of: execution) == (value == nil ? "invalid" : "submitted"))
    #expect(harness.variable("menu", of: execution) == value)
  }

  @Test(
    arguments: [
      ("3", 3), ("+3", 3), (" 3 ", 3), ("we are 2!", 2), ("2 or 3", nil), ("-1", nil), ("2.5", nil),
      ("99999999999999999999999", nil), ("none", nil), ("4", 4), ("5", nil), ("1", 1), ("٣", 3),
      ("۳", 3), ("३", 3), ("3️⃣", 3), ("2½", nil),
    ] as [(String, Int64?)])
  func `a number may stand in a sentence`(text: String, value: Int64?) throws {
    let execution = try begin(try asking(count, attempts: 1))
    try answer(text)
    #expect(harness.variable("count", of: execution) == value.map(String.init))
  }

  @Test(
    arguments: [
      ("text", #", "min": 3, "max": 5"#, "abc", "abc"),
      ("text", #", "min": 3, "max": 5"#, "ab", nil),
      ("text", #", "min": 3, "max": 5"#, "abcdef", nil), ("text", "", "  x ", "x"),
      ("date", "", "2026-12-12", "2026-12-12"), ("date", "", "12.12.2026", "2026-12-12"),
      ("date", "", "5/1/2027", "2027-01-05"), ("date", "", "٥/١/٢٠٢٧", "2027-01-05"),
      ("date", "", "2026-02-30", nil), ("phone", "", "0812 3000 0077", "+6281230000077"),
      ("phone", "", "call me", nil), ("number", #", "max": 3"#, "4", nil), ("number", "", "0", "0"),
      ("number", "", "the number -10", "-10"), ("number", "", ".5", nil),
      ("number", #", "save_to": "guest.attending_count""#, "-1", nil),
      ("text", "", "\u{200B}", nil),
    ] as [(String, String, String, String?)])
  func `texts, dates and numbers of phones are checked`(
    kind: String, rule: String, text: String, value: String?
  ) throws {
    let question = #"{"key": "q", "kind": "\#(kind)"\#(rule), "ask": {"*": "?"}}"#
    let execution = try begin(try asking(question, attempts: 1))
    try answer(text)
    #expect(harness.variable("q", of: execution) == value)
    #expect(harness.outcome(of: execution) == (value == nil ? "invalid" : "submitted"))
  }

  @Test func `an image is an answer that is none`() throws {
    let execution = try begin(try asking(count))
    try harness.write("2", from: guest, kind: .image)
    #expect(harness.state[execution].wait?.attempts == 1)
  }

  @Test func `a second tap on a question's button does not answer the next one`() throws {
    let dessert = #"""
      {"key": "dessert", "kind": "choice", "ask": {"*": "Dessert?"},
       "choices": [{"value": "cake", "title": {"*": "Cake"}}, {"value": "ice", "title": {"*": "Ice"}}]}
      """#
    let execution = try begin(try asking("\(menu), \(dessert)"))
    try harness.tap("menu.veg", at: "form", of: execution)
    try harness.settle()
    let asked = harness.sent.count
    let result = try harness.tap("menu.veg", at: "form", of: execution)
    #expect(harness.state[result.message].routedBy == .button)
    try harness.settle()
    #expect(harness.sent.count == asked)
    #expect(harness.state[execution].wait?.attempts == 0)
    try harness.tap("dessert.ice", at: "form", of: execution)
    #expect(harness.outcome(of: execution) == "submitted")
    #expect(harness.variable("dessert", of: execution) == "ice")
  }

  @Test func `a question that was answered before it could be sent is not sent`() throws {
    try harness.started(try asking("\(count), \(menu)"))
    try harness.write("hello", from: guest)
    try harness.write("2", from: guest)
    try harness.settle()
    #expect(texts == ["Which menu?"])
    let execution = try harness.execution(of: guest)
    #expect(harness.state[execution].wait?.question == 1)
  }

  @Test func `a question that fails fails the execution with its class`() throws {
    try harness.started(try asking(count))
    try harness.write("hello", from: guest)
    let request = try #require(try harness.dispatch().first)
    try harness.refuse(request, .payload, code: 100)
    let execution = try harness.execution(of: guest)
    #expect(harness.state[execution].status == .failed)
    #expect(harness.reason(of: execution) == "payload")
    #expect(harness.state[execution].lastError?.gatewayCode == 100)
  }

  @Test func `a closed window fails the form`() throws {
    let document = try flow(
      #"""
      {"id": "form", "type": "guest_form", "data": {"timeout": "1h", "questions": [\#(count)]}}, \#(ends)
      """#, "start > form, form:submitted > submitted")
    try harness.started(document)
    try harness.settle()
    let execution = try harness.execution(of: guest)
    #expect(harness.reason(of: execution) == "window")
    #expect(harness.sent.isEmpty)
  }
}
