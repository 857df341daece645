import CampaignEngine
import Testing
import Wire

@testable import Gateways

/// What is understood of a webhook, and that nothing else stops it.
struct WhatsAppWebhookTests {
  private func items(_ changes: String) throws -> [WhatsAppItem.News] {
    try WhatsAppWebhook(parsing: Array(#"{"entry":[{"id":"1","changes":[\#(changes)]}]}"#.utf8))
      .items.map(\.news)
  }

  /// Items of one change about the number +351210000009.
  private func messages(_ members: String) throws -> [WhatsAppItem.News] {
    try items(
      #"{"field":"messages","value":{"metadata":{"display_phone_number":"351210000009"},\#(members)}}"#
    )
  }

  private func message(_ members: String, contacts: String = "[]") throws -> WebhookMessage? {
    let items = try messages(
      #""contacts":\#(contacts),"messages":[{"id":"wamid.A","timestamp":"1790000100",\#(members)}]"#
    )
    guard case .message(let message)? = items.first else { return nil }
    return message
  }

  private static let from = #""from":"919812300045""#

  // MARK: What guests write

  struct Kind: Sendable, CustomTestStringConvertible {
    let json: String
    let kind: ContentKind
    var text = ""
    var payload = ""
    var testDescription: String { json }
  }

  static let kinds: [Kind] = [
    Kind(
      json: #""type":"text","text":{"body":"Yes, we are coming"}"#, kind: .text,
      text: "Yes, we are coming"),
    Kind(
      json: #""type":"button","button":{"payload":"exe_1:ask:yes","text":"Coming"}"#, kind: .button,
      text: "Coming", payload: "exe_1:ask:yes"),
    Kind(
      json:
        #""type":"interactive","interactive":{"type":"button_reply","button_reply":{"id":"p","title":"T"}}"#,
      kind: .button, text: "T", payload: "p"),
    Kind(
      json:
        #""type":"interactive","interactive":{"type":"list_reply","list_reply":{"id":"p","title":"T","description":"D"}}"#,
      kind: .button, text: "T", payload: "p"),
    Kind(
      json:
        #""type":"interactive","interactive":{"type":"nfm_reply","nfm_reply":{"name":"flow","response_json":"[]"}}"#,
      kind: .flow, text: "{}"),
    Kind(
      json:
        #""type":"interactive","interactive":{"type":"nfm_reply","nfm_reply":{"name":"flow","body":"Sent","response_json":"{\"flow_token\":\"p\",\"menu\":\"veg\"}"}}"#,
      kind: .flow, text: #"{"menu":"veg"}"#, payload: "p"),
    Kind(
      json:
        #""type":"interactive","interactive":{"nfm_reply":{"response_json":{"menu":["a","b"]}}}"#,
      kind: .flow, text: #"{"menu":["a","b"]}"#),
    Kind(
      json: #""type":"interactive","interactive":{"nfm_reply":{"response_json":"Sent"}}"#,
      kind: .flow,
      text: "{}"),
    Kind(json: #""type":"interactive","interactive":{"nfm_reply":7}"#, kind: .flow, text: "{}"),
    Kind(json: #""type":"interactive""#, kind: .unsupported),
    Kind(
      json: #""type":"reaction","reaction":{"message_id":"wamid.B","emoji":"🎉"}"#, kind: .reaction,
      text: "🎉"),
    Kind(json: #""type":"reaction","reaction":{"message_id":"wamid.B"}"#, kind: .reaction),
    Kind(json: #""type":"image","image":{"id":"9","caption":"Us"}"#, kind: .image, text: "Us"),
    Kind(json: #""type":"video","video":{"id":"9"}"#, kind: .video),
    Kind(json: #""type":"audio","audio":{"id":"9","voice":true}"#, kind: .audio),
    Kind(json: #""type":"document","document":{"id":"9","filename":"a.pdf"}"#, kind: .document),
    Kind(json: #""type":"sticker","sticker":{"id":"9"}"#, kind: .sticker),
    Kind(json: #""type":"location","location":{"latitude":1.5,"longitude":2}"#, kind: .location),
    Kind(json: #""type":"contacts","contacts":[{"name":{"formatted_name":"A"}}]"#, kind: .contacts),
    Kind(json: #""type":"order","order":{"catalog_id":"1"}"#, kind: .order),
    Kind(
      json:
        #""type":"edit","edit":{"original_message_id":"wamid.B","message":{"type":"text","text":{"body":"No"}}}"#,
      kind: .edit, text: "No"),
    Kind(json: #""type":"revoke","revoke":{"original_message_id":"wamid.B"}"#, kind: .revoke),
    Kind(json: #""type":"unsupported","errors":[{"code":131051}]"#, kind: .unsupported),
    Kind(json: #""type":"poll","poll":7"#, kind: .unsupported),
    Kind(json: #""text":{"body":"no type"}"#, kind: .unsupported),
    Kind(json: #""type":"text","text":"not an object""#, kind: .text),
  ]

  @Test(arguments: kinds) func `each kind of message is told from the others`(_ kind: Kind) throws {
    let content = try #require(try message("\(Self.from),\(kind.json)")).content
    #expect(content.kind == kind.kind)
    #expect(content.text == kind.text)
    #expect(content.payload == kind.payload)
  }

  @Test func `what WhatsApp itself says and what is written in groups is nobody's message`() throws
  {
    let others = try messages(
      #""messages":[{"id":"a","timestamp":"1","from":"919812300045","type":"system","system":{"type":"user_changed_number"}},{"id":"b","timestamp":"1","from":"919812300045","group_id":"g","type":"text","text":{"body":"All"}}]"#
    )
    #expect(others == [.unknown("message system"), .unknown("message text")])
  }

  @Test func `who wrote is told by number, by user id, or by what is quoted`() throws {
    let text = #""type":"text","text":{"body":"Hi"}"#
    let plain = try #require(try message("\(Self.from),\(text)"))
    #expect(plain.from == Phone(number: 919_812_300_045) && plain.userID == nil)
    // Contacts do not stand in the order of messages.
    let joined = try #require(
      try message(
        "\(Self.from),\(text)",
        contacts: #"[{"wa_id":"1","user_id":"IN.1"},{"wa_id":"919812300045","user_id":"IN.2"}]"#))
    #expect(joined.userID == "IN.2")
    let named = try #require(try message(#""from_user_id":"IN.7Qk2",\#(text)"#))
    #expect(named.from == nil && named.userID == "IN.7Qk2")
    let misplaced = try #require(try message(#""from":"IN.7Qk2",\#(text)"#))
    #expect(misplaced.from == nil && misplaced.userID == "IN.7Qk2")
    let quoting = try #require(try message(#""context":{"id":"wamid.OURS"},\#(text)"#))
    #expect(quoting.from == nil && quoting.content.quotes == "wamid.OURS")
    #expect(try message(text) == nil)
  }

  @Test(arguments: [
    (#""1790000100""#, 1_790_000_100_000), ("1790000100", 1_790_000_100_000),
    (#""1790000100123""#, 1_790_000_100_123), (#""0""#, nil), (#""-5""#, nil), (#""soon""#, nil),
    ("1.5", nil), (#""99999999999999999999""#, nil), (#""9223372036854775807""#, nil),
    ("null", nil),
  ])
  func `times are seconds, or milliseconds by their size`(_ json: String, _ time: Int64?) throws {
    let items = try messages(
      #""messages":[{"id":"a","timestamp":\#(json),\#(Self.from),"type":"text","text":{"body":"x"}}]"#
    )
    guard case .message(let message)? = items.first else {
      Issue.record("a message went missing for its time")
      return
    }
    #expect(message.sentAt?.milliseconds == time)
  }

  // MARK: Statuses

  @Test(arguments: [
    ("sent", ReportedStatus.sent), ("delivered", .delivered), ("read", .read), ("played", .read),
    ("failed", .failed), ("deleted", nil), ("warning", nil), ("pondered", nil),
  ])
  func `statuses are those that move a message`(
    _ name: String, _ reported: ReportedStatus?
  ) throws {
    let items = try messages(
      #""statuses":[{"id":"wamid.A","status":"\#(name)","timestamp":"1790000100","biz_opaque_callback_data":"msg_1.2"}]"#
    )
    guard case .status(let status)? = items.first else {
      #expect(reported == nil && items == [.unknown("status \(name)")])
      return
    }
    #expect(status.report.status == reported)
    #expect(status.attempt?.description == "msg_1.2")
    #expect(status.report.at == Timestamp(milliseconds: 1_790_000_100_000))
    #expect((status.report.error == nil) == (reported != .failed))
  }

  @Test(arguments: [
    (#"{"type":"regular","billable":true}"#, nil), (#"{"type":"free_entry_point"}"#, 0),
    (#"{"type":"free_customer_service","billable":true}"#, 0),
    (#"{"pricing_type":"free_entry_point"}"#, 0),
    (#"{"billable":false}"#, 0), (#"{"billable":true}"#, nil),
    (#"{"type":"regular","billable":false}"#, nil),
    ("7", nil), ("null", nil),
  ])
  func `only what WhatsApp gives for nothing has a price here`(
    _ pricing: String, _ micros: Int64?
  ) throws {
    let items = try messages(
      #""statuses":[{"id":"a","status":"sent","timestamp":"1790000100","pricing":\#(pricing)}]"#)
    guard case .status(let status)? = items.first else { throw Missing() }
    #expect(status.report.billedMicros == micros)
  }

  struct Missing: Error {}

  @Test func `a failure says its class, its code and WhatsApp's words`() throws {
    let items = try messages(
      #""statuses":[{"id":"a","status":"failed","timestamp":"1","errors":[{"code":131047,"title":"T","error_data":{"details":"More than 24 hours"}}]},{"id":"b","status":"failed","timestamp":"1","errors":[{"code":"much"}]}]"#
    )
    guard case .status(let first)? = items.first, case .status(let second)? = items.last else {
      throw Missing()
    }
    #expect(first.report.error?.errorClass == .window)
    #expect(first.report.error?.code == 131047)
    #expect(first.report.error?.message == "More than 24 hours")
    #expect(second.report.error?.errorClass == .unknown)
  }

  // MARK: Other news

  @Test func `templates, preferences and accounts have news of their own`() throws {
    #expect(
      try items(
        #"{"field":"message_template_status_update","value":{"event":"DISABLED","message_template_name":"invite","message_template_language":"pt_BR"}}"#
      ) == [.template(TemplateNews(name: "invite", language: "pt_BR", status: .disabled))])
    #expect(
      try items(
        #"{"field":"template_category_update","value":{"new_category":"MARKETING","message_template_name":"invite","message_template_language":"en"}}"#
      ) == [.template(TemplateNews(name: "invite", language: "en", category: .marketing))])
    // What is only announced is no news yet.
    #expect(
      try items(
        #"{"field":"template_category_update","value":{"correct_category":"MARKETING","message_template_name":"invite","message_template_language":"en"}}"#
      ) == [.unknown("template_category_update")])
    #expect(
      try items(#"{"field":"account_update","value":{"event":"ACCOUNT_RESTRICTION"}}"#) == [
        .account(AccountNews(reason: "account_restriction"))
      ])
    #expect(
      try items(
        #"{"field":"account_update","value":{"event":"DISABLED_UPDATE","ban_info":{"waba_ban_state":"REINSTATE"}}}"#
      ) == [.unknown("account_update")])
  }

  @Test func `items say which account they are about, and when it came about`() throws {
    let body = #"""
      {"entry":[{"id":"1","time":1790000000,"changes":[{"field":"flows","value":{}}]},{"id":"2","changes":[{"field":"flows","value":{}}]},{"changes":[{"field":"flows","value":{}}]}]}
      """#
    let items = try WhatsAppWebhook(parsing: Array(body.utf8)).items
    #expect(items.map(\.account) == ["1", "2", nil])
    #expect(items.map(\.at) == [Timestamp(milliseconds: 1_790_000_000_000), nil, nil])
  }

  @Test func `a body has so many items and no more`() throws {
    let changes = Array(repeating: "{}", count: WhatsAppWebhook.maximumItems + 3)
    #expect(try items(changes.joined(separator: ",")).count == WhatsAppWebhook.maximumItems)
  }

  @Test(arguments: ["FLAGGED", "LOCKED", "PONDERED"])
  func `a warning about a template is no news`(_ event: String) throws {
    let value =
      #"{"event":"\#(event)","message_template_name":"invite","message_template_language":"en"}"#
    #expect(
      try items(#"{"field":"message_template_status_update","value":\#(value)}"#) == [
        .unknown("message_template_status_update")
      ])
  }

  @Test(arguments: [
    (#"{"event":"ACCOUNT_DELETED"}"#, "account_deleted"),
    (
      #"{"event":"ACCOUNT_VIOLATION","violation_info":{"violation_type":"SCAM"}}"#,
      "account_violation"
    ),
    (#"{"event":"ACCOUNT_OFFBOARDED"}"#, "account_offboarded"),
    (#"{"event":"DISABLED_UPDATE","ban_info":{"waba_ban_state":"DISABLE"}}"#, "account_disabled"),
    (
      #"{"event":"ACCOUNT_RESTRICTION","restriction_info":[{"restriction_type":"RESTRICTED_ADD_PHONE_NUMBER_ACTION"},{"restriction_type":"RESTRICTED_BIZ_INITIATED_MESSAGING"}]}"#,
      "account_restriction"
    ),
    (
      #"{"event":"ACCOUNT_RESTRICTION","restriction_info":[{"restriction_type":"RESTRICTED_ADD_PHONE_NUMBER_ACTION"}]}"#,
      nil
    ), (#"{"event":"AD_ACCOUNT_LINKED"}"#, nil),
  ])
  func `only what stops messages stops an account`(_ value: String, _ reason: String?) throws {
    let news = try items(#"{"field":"account_update","value":\#(value)}"#)
    #expect(
      news == [reason.map { .account(AccountNews(reason: $0)) } ?? .unknown("account_update")])
  }

  /// The words are Meta's, so a log may show them; anything else could be a person's.
  @Test func `what is not known is an item that says nothing personal`() throws {
    let strange = try items(
      #"{"field":"flows","value":{}},{"field":"my name is Ana","value":{}},{"value":3},{},7,{"field":"messages"},{"field":"messages","value":{"messages":[{"type":"+351 912 000 101"}],"statuses":[4],"errors":[{"code":130429}]}}"#
    )
    #expect(
      strange == [
        .unknown("flows"), .unknown("?"), .unknown("?"), .unknown("change"), .unknown("change"),
        .unknown("change"), .unknown("message ?"), .unknown("status ?"), .unknown("error 130429"),
      ])
  }

  @Test func `bodies without entries have no items, and what is no object is refused`() throws {
    for body in ["{}", #"{"entry":7}"#, #"{"entry":[7,{"changes":{}}]}"#] {
      #expect(try WhatsAppWebhook(parsing: Array(body.utf8)).items.isEmpty)
    }
    for body in ["", "[]", "7", "{", #"{"a":"\#u{0}"}"#, #"{"a":1,"a":2}"#] {
      #expect(throws: WireError.self) { try WhatsAppWebhook(parsing: Array(body.utf8)) }
    }
  }

  private static let whole = Array(
    #"{"entry":[{"changes":[{"field":"messages","value":{"metadata":{"display_phone_number":"351210000009"},"contacts":[{"wa_id":"1","user_id":"IN.1"}],"messages":[{"from":"919812300045","id":"w","timestamp":"1790000100","type":"interactive","interactive":{"button_reply":{"id":"p","title":"T"}},"context":{"id":"q"}}],"statuses":[{"id":"w","status":"failed","timestamp":"1","pricing":{"type":"regular"},"errors":[{"code":1}]}]}},{"field":"user_preferences","value":{"metadata":{"display_phone_number":"+351 21 000 0009"},"user_preferences":[{"wa_id":"1234567890","category":"marketing_messages","value":"stop"}]}}]}]}"#
      .utf8)

  /// Each value in turn becomes something else. Items stay in their places, so a later version may
  /// go on where an earlier one stopped.
  @Test(arguments: ["null", "7", "-1e99", #""""#, "[]", "{}", "[[]]", #""x""#, "true"])
  func `anything may stand in any place`(_ token: String) throws {
    #expect(try WhatsAppWebhook(parsing: Self.whole).items.count == 3)
    for place in Self.whole.indices where Self.whole[place] == UInt8(ascii: ":") {
      guard let end = end(ofValueAt: place + 1) else { continue }
      var body = Self.whole
      body.replaceSubrange((place + 1)..<end, with: token.utf8)
      #expect(try WhatsAppWebhook(parsing: body).items.count <= 3)
    }
  }

  @Test func `a body that breaks off anywhere is refused`() {
    for length in Self.whole.indices {
      #expect(throws: WireError.self) {
        try WhatsAppWebhook(parsing: Array(Self.whole[..<length]))
      }
    }
  }

  /// Behind the value that begins there, as brackets and quotes tell; nil inside of a text.
  private func end(ofValueAt start: Int) -> Int? {
    let isOutside = Self.whole[..<start].count { $0 == UInt8(ascii: "\"") }.isMultiple(of: 2)
    guard isOutside else { return nil }
    var (depth, isText) = (0, false)
    for place in Self.whole[start...].indices {
      switch Self.whole[place] {
      case UInt8(ascii: "\""): isText.toggle()
      case UInt8(ascii: "{") where !isText, UInt8(ascii: "[") where !isText: depth += 1
      case UInt8(ascii: ",") where !isText && depth == 0: return place
      case UInt8(ascii: "}") where !isText, UInt8(ascii: "]") where !isText:
        if depth == 0 { return place }
        depth -= 1
      default: break
      }
    }
    return nil
  }
}
