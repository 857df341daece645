import CampaignEngine
import Testing
import Wire

import Gateways

private func row(
  status: String = "APPROVED", category: String = "MARKETING", _ components: String
) throws -> TemplateRow {
  let text = """
    {"id": "920070300000001", "quality_score": {"score": "GREEN"}, "name": "wedding_invite",
     "language": "pt_BR", "status": "\(status)", "category": "\(category)",
     "parameter_format": "POSITIONAL", "components": [\(components)]}
    """
  return try JSON.decode(ListedTemplate.self, from: Array(text.utf8)).row
}

private func variant(_ components: String) throws -> TemplateVariant {
  try row(components).content.get().variant
}

private func fault(_ components: String) throws -> RowFault? {
  if case .failure(let fault) = try row(components).content { fault } else { nil }
}

private let body = #"{"type": "BODY", "text": "Hello.", "example": {"body_text": [["Ana"]]}}"#

private func header(_ format: String) -> String {
  #"{"type": "HEADER", "format": "\#(format)", "example": {"header_handle": ["x"]}}, \#(body)"#
}

private func long(_ count: Int) -> String { String(repeating: "ã", count: count) }

/// All that Meta names, and what we take each for.
private let statuses: [(String, TemplateStatus)] = [
  ("APPROVED", .approved), ("REINSTATED", .approved), ("UNARCHIVED", .approved),
  ("PENDING", .pending),
  ("REJECTED", .rejected), ("LIMIT_EXCEEDED", .rejected),
  ("PAUSED", .paused), ("FLAGGED", .paused), ("IN_APPEAL", .paused), ("LOCKED", .paused),
  ("DISABLED", .disabled), ("ARCHIVED", .disabled), ("PENDING_DELETION", .disabled),
  ("DELETED", .disabled),
]

struct ListedTemplateTests {
  @Test(arguments: statuses)
  func `every status of WhatsApp is one of ours`(listed: String, ours: TemplateStatus) throws {
    #expect(try row(status: listed, body).content.get().variant.status == ours)
  }

  @Test func `links and calls keep their places, and the end of a link has a name of its own`()
    throws
  {
    let variant = try variant(
      #"""
      {"type": "BODY", "text": "Dear {{1}}, will you come?"}, {"type": "BUTTONS", "buttons": [
        {"type": "URL", "text": "Map", "url": "https://a.example/m/{{1}}", "example": ["x"]},
        {"type": "QUICK_REPLY", "text": "Yes"},
        {"type": "URL", "text": "Menu", "url": "https://a.example/menu"},
        {"type": "URL", "text": "Seat", "url": "https://a.example/s?for={{1}}"},
        {"type": "PHONE_NUMBER", "text": "Call", "phone_number": "+6281230000077"}]}
      """#)
    #expect(variant.parameterNames == ["1", "link", "link_2"])
    #expect(
      variant.buttons.map(\.url) == [
        "https://a.example/m/{{link}}", nil, "https://a.example/menu",
        "https://a.example/s?for={{link_2}}", nil,
      ])
    #expect(variant.buttons[4].phone == Phone(number: 6_281_230_000_077))
    #expect(variant.quickReplies.map(\.title) == ["Yes"])
  }

  @Test func `a status or a category that is not known refuses the row`() throws {
    guard case .failure(let status) = try row(status: "LOST", body).content,
      case .failure(let category) = try row(category: "CHAT", body).content
    else {
      Issue.record("nothing is refused")
      return
    }
    #expect((status.field, status.reason) == ("status", "not_one_of"))
    #expect((category.field, category.reason) == ("category", "not_one_of"))
  }

  @Test(arguments: [
    ("MARKETING", TemplateCategory.marketing), ("UTILITY", .utility),
    ("AUTHENTICATION", .authentication),
  ])
  func `every category is one of ours`(listed: String, ours: TemplateCategory) throws {
    #expect(try row(category: listed, body).content.get().category == ours)
  }

  @Test func `all parts are taken over, and what is not known is passed over`() throws {
    let found = try variant(
      """
      {"type": "HEADER", "format": "TEXT", "text": "Save the date"}, \(body),
      {"type": "FOOTER", "text": "Meera and Budi", "tone": "warm"},
      {"type": "BUTTONS", "buttons": [{"type": "QUICK_REPLY", "text": "Coming", "index": 0},
        {"type": "QUICK_REPLY", "text": "Sorry"}]}
      """)
    #expect(found.language == "pt_BR")
    #expect((found.header?.type, found.header?.text) == (.text, "Save the date"))
    #expect((found.body, found.footer) == ("Hello.", "Meera and Budi"))
    #expect(found.buttons.map(\.title) == ["Coming", "Sorry"])
  }

  @Test(arguments: [
    ("IMAGE", HeaderType.image), ("VIDEO", .video), ("DOCUMENT", .document),
  ])
  func `a header may be a medium`(format: String, type: HeaderType) throws {
    let found = try variant(header(format)).header
    #expect(found?.type == type)
    #expect(found?.text == nil)
  }

  @Test(arguments: [
    ("a place on the map", header("LOCATION"), "components[0].format", "unsupported"),
    ("a header without text", header("TEXT"), "components[0].text", "required"),
    ("no body", #"{"type": "FOOTER", "text": "x"}"#, "components", "required"),
    ("a body without text", #"{"type": "BODY"}"#, "components[0].text", "required"),
    ("an empty body", #"{"type": "BODY", "text": ""}"#, "components[0].text", "required"),
    (
      "a long body", #"{"type": "BODY", "text": "\#(long(1025))"}"#, "components[0].text",
      "too_long"
    ),
    (
      "a long header",
      #"{"type": "HEADER", "format": "TEXT", "text": "\#(long(61))"}, \#(body)"#,
      "components[0].text", "too_long"
    ),
    (
      "a long footer", #"\#(body), {"type": "FOOTER", "text": "\#(long(61))"}"#,
      "components[1].text", "too_long"
    ),
    (
      "a limited offer", #"\#(body), {"type": "LIMITED_TIME_OFFER", "limited_time_offer": {}}"#,
      "components[1].type", "unsupported"
    ),
    (
      "a link", #"\#(body), {"type": "BUTTONS", "buttons": [{"type": "URL", "text": "x"}]}"#,
      "components[1].buttons[0].url", "required"
    ),
    (
      "a long link",
      #"\#(body), {"type": "BUTTONS", "buttons": [{"type": "URL", "text": "x", "url": "https://\#(long(1993))"}]}"#,
      "components[1].buttons[0].url", "too_long"
    ),
    (
      "a call",
      #"\#(body), {"type": "BUTTONS", "buttons": [{"type": "PHONE_NUMBER", "text": "x", "phone_number": "the venue"}]}"#,
      "components[1].buttons[0].phone_number", "bad_format"
    ),
    (
      "a catalogue",
      #"\#(body), {"type": "BUTTONS", "buttons": [{"type": "CATALOG", "text": "x"}]}"#,
      "components[1].buttons[0].type", "unsupported"
    ),
    (
      "a code", #"\#(body), {"type": "BUTTONS", "buttons": [{"type": "OTP"}]}"#,
      "components[1].buttons[0].type", "unsupported"
    ),
    (
      "a long title",
      #"\#(body), {"type": "BUTTONS", "buttons": [{"type": "QUICK_REPLY", "text": "\#(long(26))"}]}"#,
      "components[1].buttons[0].text", "too_long"
    ),
    (
      "many buttons",
      #"\#(body), {"type": "BUTTONS", "buttons": [\#(Array(repeating: #"{"type": "QUICK_REPLY", "text": "x"}"#, count: 11).joined(separator: ","))]}"#,
      "components[1].buttons", "too_many"
    ),
  ])
  func `what we cannot hold is refused with its place`(
    _ what: String, components: String, field: String, reason: String
  ) throws {
    let found = try fault(components)
    #expect(found?.field == field, "\(what)")
    #expect(found?.reason == reason, "\(what)")
  }

  @Test func `texts as long as WhatsApp allows fit`() throws {
    let found = try variant(
      #"{"type": "HEADER", "format": "TEXT", "text": "\#(long(60))"}, {"type": "BODY", "text": "\#(long(1024))"}, {"type": "FOOTER", "text": "\#(long(60))"}"#
    )
    #expect(found.body.count == 1024)
  }

  @Test func `places keep their names and numbers`() throws {
    let numbered = try variant(
      #"{"type": "BODY", "text": "Dear {{1}}, on {{2}} we sing for {{1}}."}"#)
    #expect(numbered.parameterNames == ["1", "2"])
    let named = try variant(#"{"type": "BODY", "text": "Dear {{guest_name}}, on {{day}}."}"#)
    #expect(named.parameterNames == ["guest_name", "day"])
  }

  /// There, each component counts from one; here, a name means one value.
  @Test func `a numbered place of the header is not the body's`() throws {
    func texts(_ header: String, _ body: String) throws -> (String?, [String]) {
      let found = try variant(
        #"{"type": "HEADER", "format": "TEXT", "text": "\#(header)"}, {"type": "BODY", "text": "\#(body)"}"#
      )
      return (found.header?.text, found.parameterNames)
    }
    #expect(try texts("For {{1}}", "Dear {{1}}.") == ("For {{h}}", ["h", "1"]))
    #expect(
      try texts("{{1}} of {{2}}", "{{1}}, {{2}}.") == ("{{h}} of {{h2}}", ["h", "h2", "1", "2"]))
    #expect(try texts("For {{1}}", "Dear guest.") == ("For {{1}}", ["1"]))
    #expect(try texts("For {{name}}", "Dear {{name}}.") == ("For {{name}}", ["name"]))
  }

  /// The names of places count too.
  @Test func `a header as long as WhatsApp allows fits whatever its place is called`() throws {
    let text = long(55) + "{{1}}"
    let found = try variant(
      #"{"type": "HEADER", "format": "TEXT", "text": "\#(text)"}, {"type": "BODY", "text": "Dear {{1}}."}"#
    )
    #expect(found.header?.text == long(55) + "{{h}}")
    #expect(found.parameterNames == ["h", "1"])
    var back = TemplateHeader()
    back.text = found.header?.text
    #expect(try JSON.decode(TemplateHeader.self, from: JSON.encode(back)) == back)
  }

  @Test func `names and languages are those that a template may have`() throws {
    func field(_ name: String, _ language: String) throws -> String? {
      var listed = ListedTemplate()
      (listed.name, listed.language) = (name, language)
      (listed.status, listed.category) = ("APPROVED", "UTILITY")
      listed.components = try JSON.decode([ListedComponent].self, from: Array("[\(body)]".utf8))
      if case .failure(let fault) = listed.row.content { return fault.field }
      return nil
    }
    #expect(try field("wedding_invite", "zh_CN") == nil)
    #expect(try field("Wedding invite", "en") == "name")
    #expect(try field("wedding_invite", "English") == "language")
  }
}
