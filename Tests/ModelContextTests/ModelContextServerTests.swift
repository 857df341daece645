import JSONRPC
import ModelContext
import Testing
import Wire

struct ModelContextServerTests {
  private static let document = #"""
    {"methods": [
      {"name": "guest.list", "summary": "Lists guests.", "description": "In pages.", "x-repeatable": true,
       "params": [{"name": "project_id", "description": "Project.", "required": true,
                   "schema": {"$ref": "#/components/schemas/ProjectId"}},
                  {"name": "limit", "description": "At most.", "required": false,
                   "schema": {"type": "integer", "minimum": 1}}],
       "result": {"name": "result", "schema": {"$ref": "#/components/schemas/GuestPage"}}},
      {"name": "campaign.start", "summary": "Starts it.",
       "params": [{"name": "campaign_id", "required": true, "schema": {"type": "string"}},
                  {"name": "expected_eligible", "required": false, "schema": {"type": "integer"}}],
       "result": {"name": "result", "schema": {"type": "object", "properties": {}}}}],
     "components": {"schemas": {
       "ProjectId": {"title": "ProjectId", "type": "string", "x-word": 1},
       "GuestPage": {"title": "GuestPage", "type": "object", "properties": {
         "title": {"type": "string"},
         "items": {"type": "array", "items": {"$ref": "#/components/schemas/Guest"}}}},
       "Guest": {"type": "object", "properties": {
         "plus_one": {"$ref": "#/components/schemas/Guest"},
         "project": {"$ref": "#/components/schemas/ProjectId"}}},
       "Unused": {"type": "string"}}}}
    """#

  private var server: ModelContextServer

  init() throws {
    let document = try JSON.decode(JSONValue.self, from: Array(Self.document.utf8))
    let tools = [
      Tool.Selection("guest.list", effect: .reads),
      Tool.Selection("campaign.start", required: ["expected_eligible"], effect: .changes),
    ].compactMap { Tool($0, of: document) }
    server = ModelContextServer(
      ServerIdentity(name: "test", title: "Test", version: "1.2.3"), instructions: "Be careful.",
      tools: tools,
      prompts: [
        Prompt(
          name: "ask", title: "Ask", summary: "Asks.",
          arguments: [
            .init("what", "What.", isRequired: true), .init("who", "Who.", isRequired: false),
          ],
          text: "{what} of {who} in {braces}")
      ])
  }

  private mutating func receive(_ text: String) -> [ModelContextServer.Action] {
    server.receive(Array(text.utf8)[...])
  }

  /// The one answer.
  private mutating func answer(_ text: String) throws -> JSONValue {
    let actions = receive(text)
    guard case .send(let body)? = actions.first, actions.count == 1 else {
      throw Unexpected(message: "no single answer: \(actions)")
    }
    return try JSON.decode(JSONValue.self, from: body)
  }

  /// Of a request in the dialect without sessions.
  private static let meta =
    #""_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}"#

  private static func call(_ id: String, _ rest: String = "") -> String {
    #"{"jsonrpc":"2.0","id":\#(id),"method":"tools/call","params":{"name":"guest.list"\#(rest)}}"#
  }

  private static func json(_ text: String) throws -> JSONValue {
    try JSON.decode(JSONValue.self, from: Array(text.utf8))
  }

  private static func sent(_ actions: [ModelContextServer.Action]) throws -> [JSONValue] {
    try actions.map { action in
      guard case .send(let body) = action else { throw Unexpected(message: "\(action)") }
      return try JSON.decode(JSONValue.self, from: body)
    }
  }

  // MARK: - Both dialects

  @Test(arguments: [
    ("2025-06-18", "2025-06-18"), ("2024-11-05", "2024-11-05"), ("2025-11-25", "2025-11-25"),
    ("1999-01-01", "2025-11-25"), ("", "2025-11-25"),
  ])
  mutating func `a session gets the revision it asks for, or the newest`(
    _ asked: String, _ given: String
  ) throws {
    let reply = try answer(
      #"{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"\#(asked)","capabilities":{}}}"#
    )
    #expect(reply["result"]?["protocolVersion"] == .string(given))
    #expect(reply["result"]?["serverInfo"]?["version"] == .string("1.2.3"))
    #expect(reply["result"]?["instructions"] == .string("Be careful."))
    #expect(reply["result"]?["resultType"] == nil)
    #expect(receive(#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#) == [])
    let pong = try answer(#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#)
    #expect(pong["result"] == .object([]))
  }

  @Test mutating func `without a session every result is complete and says who it is of`() throws {
    let found = try answer(
      #"{"jsonrpc":"2.0","id":"d","method":"server/discover","params":{\#(Self.meta)}}"#)["result"]
    #expect(found?["resultType"] == .string("complete"))
    #expect(found?["supportedVersions"] == .array([.string("2026-07-28")]))
    #expect(found?["_meta"]?["io.modelcontextprotocol/serverInfo"]?["name"] == .string("test"))
    let listed = try answer(
      #"{"jsonrpc":"2.0","id":"l","method":"tools/list","params":{\#(Self.meta)}}"#)["result"]
    #expect(listed?["cacheScope"] == .string("private"))
    #expect(listed?["ttlMs"] != nil)
  }

  @Test(arguments: [
    (#""_meta":{"io.modelcontextprotocol/protocolVersion":"2031-01-01"}"#, -32022),
    (#""_meta":{"io.modelcontextprotocol/protocolVersion":7}"#, -32602),
    (#""_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28"}"#, -32602),
  ])
  mutating func `a revision that is not known, or half a greeting, is refused`(
    _ meta: String, _ code: Int
  ) throws {
    let error = try answer(
      #"{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{\#(meta)}}"#)["error"]
    #expect(error?["code"] == .number("\(code)"))
    let supported: JSONValue? = code == -32022 ? .array([.string("2026-07-28")]) : nil
    #expect(error?["data"]?["supported"] == supported)
  }

  @Test(arguments: [
    ("nonsense", -32700), ("[]", -32600), (#"[{"jsonrpc":"2.0","id":1,"method":"ping"}]"#, -32600),
    (#"{"jsonrpc":"2.0","id":null,"method":"ping"}"#, -32600),
    (#"{"jsonrpc":"1.0","id":1,"method":"ping"}"#, -32600),
    (#"{"jsonrpc":"2.0","id":1,"method":"resources/list"}"#, -32601),
    (#"{"jsonrpc":"2.0","id":1,"method":"server/discover"}"#, -32601),
    (#"{"jsonrpc":"2.0","id":1,"method":"ping","params":{\#(meta)}}"#, -32601),
    (#"{"jsonrpc":"2.0","id":1,"method":"tools/list","params":[1]}"#, -32602),
    (#"{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"cursor":""}}"#, -32602),
    (#"{"jsonrpc":"2.0","id":1,"method":"tools/call"}"#, -32602),
    (#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"guest.delete"}}"#, -32602),
    (call("1", #","arguments":[]"#), -32602),
    (#"{"jsonrpc":"2.0","id":1,"method":"prompts/get","params":{"name":"none"}}"#, -32602),
    (#"{"jsonrpc":"2.0","id":1,"method":"prompts/get","params":{"name":"ask"}}"#, -32602),
    (
      #"{"jsonrpc":"2.0","id":1,"method":"prompts/get","params":{"name":"ask","arguments":{"what":1}}}"#,
      -32602
    ),
  ])
  mutating func `what breaks the protocol is an error`(_ text: String, _ code: Int) throws {
    #expect(try answer(text)["error"]?["code"] == .number("\(code)"))
  }

  @Test(arguments: [
    #"{"jsonrpc":"2.0","method":"notifications/roots/list_changed"}"#,
    #"{"jsonrpc":"2.0","method":"tools/call","params":{"name":"guest.list"}}"#,
    #"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":77}}"#,
    #"{"jsonrpc":"2.0","id":4,"result":{}}"#,
  ])
  mutating func `nothing is said to what is no request`(_ text: String) {
    #expect(receive(text) == [])
  }

  // MARK: - Tools

  @Test mutating func `a tool needs nothing outside of its own schemas`() throws {
    let tools = try answer(#"{"jsonrpc":"2.0","id":1,"method":"tools/list"}"#)["result"]?["tools"]
    let expected = try Self.json(
      #"""
      {"name": "guest.list", "title": "Guest: list", "description": "Lists guests. In pages.",
       "inputSchema": {"type": "object", "properties": {
           "project_id": {"description": "Project.", "$ref": "#/$defs/ProjectId"},
           "limit": {"description": "At most.", "type": "integer", "minimum": 1}},
         "required": ["project_id"], "additionalProperties": false,
         "$defs": {"ProjectId": {"type": "string"}}},
       "outputSchema": {"type": "object", "properties": {
           "title": {"type": "string"},
           "items": {"type": "array", "items": {"$ref": "#/$defs/Guest"}}},
         "$defs": {"ProjectId": {"type": "string"},
           "Guest": {"type": "object", "properties": {
             "plus_one": {"$ref": "#/$defs/Guest"}, "project": {"$ref": "#/$defs/ProjectId"}}}}},
       "annotations": {"readOnlyHint": true, "destructiveHint": false, "idempotentHint": true,
         "openWorldHint": false}}
      """#)
    #expect(tools?[0] == expected)
    let start = tools?[1]
    #expect(
      start?["inputSchema"]?["required"]
        == .array([.string("campaign_id"), .string("expected_eligible")]))
    #expect(start?["annotations"]?["destructiveHint"] == .bool(true))
    #expect(start?["annotations"]?["readOnlyHint"] == .bool(false))
  }

  @Test mutating func `a call is passed on, and its answer is text and structure`() throws {
    let called = receive(Self.call("\"x\"", #","arguments":{"project_id":"prj_1"}"#))
    let params = RawJSON(validated: Array(#"{"project_id":"prj_1"}"#.utf8))
    #expect(called == [.call(1, method: "guest.list", params: params)])
    let result = RawJSON(validated: Array("{\"name\":\"A\u{202E}\"}".utf8))
    let expected = try Self.json(
      #"""
      {"jsonrpc":"2.0","id":"x","result":{
        "content":[{"type":"text","text":"{\"name\":\"A[U+202E]\"}"}],
        "structuredContent":{"name":"A[U+202E]"}}}
      """#)
    #expect(try Self.sent(server.answered(1, .success(result))) == [expected])
    #expect(server.answered(1, .success(result)) == [], "answered once")
  }

  @Test mutating func `a refusal is a text that a model can act on`() throws {
    _ = receive(Self.call("5", ",\(Self.meta)"))
    let error = RPCError(
      code: -32602, message: "params.project_id: required",
      data: RawJSON(validated: Array(#"{"kind":"invalid_params"}"#.utf8)))
    let reply = try #require(try Self.sent(server.answered(1, .failure(error))).first)
    #expect(reply["result"]?["isError"] == .bool(true))
    #expect(reply["result"]?["structuredContent"] == nil)
    #expect(reply["result"]?["resultType"] == .string("complete"))
    #expect(
      reply["result"]?["content"]?[0]?["text"]
        == .string("params.project_id: required\n{\"kind\":\"invalid_params\"}"))
  }

  @Test(arguments: [
    #"{"campaign_id":"cmp_1"}"#, #"{"campaign_id":"cmp_1","expected_eligible":null}"#,
  ])
  mutating func `a start without the number of guests is not passed on`(
    _ arguments: String
  ) throws {
    let reply = try answer(
      #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"campaign.start","arguments":\#(arguments)}}"#
    )
    #expect(reply["result"]?["isError"] == .bool(true))
    guard case .string(let text)? = reply["result"]?["content"]?[0]?["text"] else {
      throw Unexpected(message: "no text")
    }
    #expect(text.contains("expected_eligible"))
    #expect(server.waitingCount == 0)
  }

  // MARK: - What waits

  @Test(arguments: [("7", "7"), ("\"a\"", "\"a\""), (#""\u00e9""#, "\"é\"")])
  mutating func `who has cancelled is told nothing more`(_ id: String, _ cancelled: String) {
    #expect(receive(Self.call(id)).count == 1)
    let cancelling = receive(
      #"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":\#(cancelled)}}"#)
    #expect(cancelling == [.cancel(1)])
    #expect(server.answered(1, .success(.null)) == [])
    #expect(server.waitingCount == 0)
  }

  @Test mutating func `an id in use is refused, and may be used again afterwards`() throws {
    #expect(receive(Self.call("7")).count == 1)
    #expect(try answer(Self.call("7"))["error"]?["code"] == .number("-32600"))
    _ = server.answered(1, .success(.null))
    #expect(receive(Self.call("7")).count == 1)
    #expect(server.waitingCount == 1)
  }

  @Test mutating func `when the service is gone, everybody who waits is told`() throws {
    for id in ["1", "2", "\"c\""] { _ = receive(Self.call(id)) }
    let told = try Self.sent(server.lost("It is gone."))
    #expect(told.map { $0["id"] } == [.number("1"), .number("2"), .string("c")])
    #expect(told.allSatisfy { $0["result"]?["isError"] == .bool(true) })
    #expect(server.lost("Again.") == [])
  }

  // MARK: - Prompts

  @Test mutating func `a prompt is filled in, and what was filled in is no place`() throws {
    let reply = try answer(
      #"{"jsonrpc":"2.0","id":1,"method":"prompts/get","params":{"name":"ask","arguments":{"what":"{who}"}}}"#
    )
    #expect(
      reply["result"]?["messages"]?[0]?["content"]?["text"]
        == .string("{who} of (not given) in {braces}"))
    let listed = try answer(#"{"jsonrpc":"2.0","id":1,"method":"prompts/list"}"#)["result"]
    #expect(listed?["prompts"]?[0]?["arguments"]?[0]?["required"] == .bool(true))
    #expect(listed?["prompts"]?[0]?["arguments"]?[1]?["required"] == .bool(false))
  }
}

private struct Unexpected: Error {
  let message: String
}
