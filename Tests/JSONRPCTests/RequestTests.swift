import JSONRPC
import Testing
import Wire

private func success(_ id: String, _ result: String) -> String { Exchange.success(id, result) }
private func failure(_ id: String, _ code: Int) -> String { Exchange.failure(id, code) }

private let requests = [
  Exchange(
    "a call is answered", #"{"jsonrpc":"2.0","id":1,"method":"ping"}"#, success("1", "null")),
  Exchange(
    "the version may be missing from no request", #"{"id":1,"method":"ping"}"#, failure("1", -32600)
  ),
  Exchange(
    "a version as a number is none", #"{"jsonrpc":2.0,"id":1,"method":"ping"}"#,
    failure("1", -32600)),
  Exchange(
    "2.1 is another version", #"{"jsonrpc":"2.1","id":"a","method":"ping"}"#,
    failure("\"a\"", -32600)),
  Exchange("2 is no version", #"{"jsonrpc":2,"id":1,"method":"ping"}"#, failure("1", -32600)),
  Exchange(
    "an escaped version is the same text", #"{"jsonrpc":"\u0032.0","id":1,"method":"ping"}"#,
    success("1", "null")),
  Exchange("a method is text", #"{"jsonrpc":"2.0","id":1,"method":1}"#, failure("1", -32600)),
  Exchange("a method is needed", #"{"jsonrpc":"2.0","id":1}"#, failure("1", -32600)),
  Exchange(
    "methods differ by case", #"{"jsonrpc":"2.0","id":1,"method":"Ping"}"#, failure("1", -32601)),
  Exchange(
    "an escaped name is the same name", #"{"jsonrpc":"2.0","id":1,"method":"\u0070ing"}"#,
    success("1", "null")),
  Exchange(
    "names of the protocol are not ours", #"{"jsonrpc":"2.0","id":1,"method":"rpc.ping"}"#,
    failure("1", -32601)),
  Exchange(
    "the order of members carries nothing",
    #"{"params":["a"],"method":"text.join","id":1,"jsonrpc":"2.0"}"#, success("1", "\"a-\"")),
  Exchange(
    "params are no text", #"{"jsonrpc":"2.0","id":1,"method":"ping","params":"x"}"#,
    failure("1", -32600)),
  Exchange(
    "params are no number", #"{"jsonrpc":"2.0","id":1,"method":"ping","params":7}"#,
    failure("1", -32600)),
  Exchange(
    "params are no boolean", #"{"jsonrpc":"2.0","id":1,"method":"ping","params":true}"#,
    failure("1", -32600)),
  Exchange(
    "null params are none", #"{"jsonrpc":"2.0","id":1,"method":"ping","params":null}"#,
    success("1", "null")),
  Exchange(
    "an empty array is no params", #"{"jsonrpc":"2.0","id":1,"method":"ping","params":[ ]}"#,
    success("1", "null")),
  Exchange(
    "an empty object is no params", #"{"jsonrpc":"2.0","id":1,"method":"ping","params":{}}"#,
    success("1", "null")),
  Exchange(
    "absent params miss a required name", #"{"jsonrpc":"2.0","id":1,"method":"text.join"}"#,
    failure("1", -32602)),
  Exchange(
    "an empty array misses a required name",
    #"{"jsonrpc":"2.0","id":1,"method":"text.join","params":[]}"#, failure("1", -32602)),
  Exchange(
    "params by name",
    #"{"jsonrpc":"2.0","id":1,"method":"text.join","params":{"right":"b","left":"a"}}"#,
    success("1", "\"a-b\"")),
  Exchange(
    "names differ by case", #"{"jsonrpc":"2.0","id":1,"method":"text.join","params":{"Left":"a"}}"#,
    failure("1", -32602)),
  Exchange(
    "params by position", #"{"jsonrpc":"2.0","id":1,"method":"text.join","params":["a","b"]}"#,
    success("1", "\"a-b\"")),
  Exchange(
    "optional params at the end may be missing",
    #"{"jsonrpc":"2.0","id":1,"method":"text.join","params":["a"]}"#, success("1", "\"a-\"")),
  Exchange(
    "too many positions", #"{"jsonrpc":"2.0","id":1,"method":"text.join","params":["a","b","c"]}"#,
    failure("1", -32602)),
  Exchange(
    "a wrong type", #"{"jsonrpc":"2.0","id":1,"method":"text.join","params":{"left":1}}"#,
    failure("1", -32602)),
  Exchange(
    "an unknown name",
    #"{"jsonrpc":"2.0","id":1,"method":"text.join","params":{"left":"a","x":1}}"#,
    failure("1", -32602)),
  Exchange(
    "a name twice",
    #"{"jsonrpc":"2.0","id":1,"method":"text.join","params":{"left":"a","left":"b"}}"#,
    failure("1", -32602)),
  Exchange(
    "meta data alone",
    #"{"jsonrpc":"2.0","id":1,"method":"ping","params":{"_meta":{"progressToken":1}}}"#,
    success("1", "null")),
  Exchange(
    "meta data first",
    #"{"jsonrpc":"2.0","id":1,"method":"text.join","params":{"_meta": {"a":[1]} , "left":"a"}}"#,
    success("1", "\"a-\"")),
  Exchange(
    "meta data between",
    #"{"jsonrpc":"2.0","id":1,"method":"text.join","params":{"left":"a","_meta":"}","right":"b"}}"#,
    success("1", "\"a-b\"")),
  Exchange(
    "meta data last",
    #"{"jsonrpc":"2.0","id":1,"method":"text.join","params":{"left":"a" , "_meta":null }}"#,
    success("1", "\"a-\"")),
  Exchange(
    "meta data excuses no other name",
    #"{"jsonrpc":"2.0","id":1,"method":"text.join","params":{"_meta":1,"left":"a","x":1}}"#,
    failure("1", -32602)),
  Exchange(
    "unknown members are ignored",
    #"{"jsonrpc":"2.0","id":1,"method":"ping","trace":{"a":[1,{}]},"z":"\""}"#, success("1", "null")
  ),
  Exchange("no id makes a notification", #"{"jsonrpc":"2.0","method":"ping"}"#, nil),
  Exchange(
    "a null id does not", #"{"jsonrpc":"2.0","id":null,"method":"ping"}"#, success("null", "null")),
  Exchange(
    "an object is no id", #"{"jsonrpc":"2.0","id":{},"method":"ping"}"#, failure("null", -32600)),
  Exchange(
    "an array is no id", #"{"jsonrpc":"2.0","id":[1],"method":"ping"}"#, failure("null", -32600)),
  Exchange(
    "a boolean is no id", #"{"jsonrpc":"2.0","id":true,"method":"ping"}"#, failure("null", -32600)),
  Exchange(
    "a method twice", #"{"jsonrpc":"2.0","id":1,"method":"ping","method":"ping"}"#,
    failure("1", -32600)),
  Exchange(
    "an id twice is none", #"{"jsonrpc":"2.0","id":1,"id":1,"method":"ping"}"#,
    failure("null", -32600)),
  Exchange(
    "names are compared after unescaping", #"{"jsonrpc":"2.0","id":1,"\u0069d":2,"method":"ping"}"#,
    failure("null", -32600)),
  Exchange(
    "an unknown member twice", #"{"jsonrpc":"2.0","id":1,"a":1,"\u0061":2,"method":"ping"}"#,
    failure("1", -32600)),
  Exchange(
    "names that only look alike differ",
    "{\"jsonrpc\":\"2.0\",\"id\":1,\"\u{e9}\":1,\"e\u{301}\":2,\"method\":\"ping\"}",
    success("1", "null")),
  Exchange("a number is no request", "1", failure("null", -32600)),
  Exchange("text is no request", "\"ping\"", failure("null", -32600)),
  Exchange(
    "version 1 is refused", #"{"method":"ping","params":[{}],"id":0}"#, failure("0", -32600)),
]

private let notJSON = [
  "", " ", "{", "{}}", "{\"jsonrpc\":\"2.0\",\"method\":\"foobar, \"params\": \"bar\", \"baz]",
  "[1,2", "[1,]",
  "{\"a\":1,}", "{'a':1}", "nul", "01", "GET / HTTP/1.1", "{\"a\":\"\u{1}\"}", "\u{feff}{}",
]

/// Of all spellings, as they must come back.
private let ids = [
  "0", "-1", "\"\"", "\"1\"", "1", "9007199254740993", "9223372036854775808",
  "1234567890123456789012345678901234567890", "1.5", "1e2", "1E+2", "-0", "\"\\u00e9\"", "\"é\"",
  "\"\\\"\"", "null",
  "\"b6e0c9a2-8b1f-4b5e-9c56-000000000000\"",
]

@Suite struct RequestTests {
  @Test(arguments: requests)
  func `a request`(_ exchange: Exchange) async throws {
    try await exchange.check(on: TestCenter())
  }

  @Test(arguments: notJSON)
  func `what is not JSON is answered without an id`(_ text: String) async throws {
    try await Exchange("", text, failure("null", -32700)).check(on: TestCenter())
  }

  @Test func `broken UTF-8 is not JSON`() async throws {
    let answer = await TestCenter().answer(
      Array("{\"a\":\"".utf8) + [0xC3, 0x28] + Array("\"}".utf8))
    #expect(answer?.contains("-32700") == true)
  }

  @Test func `a parse error says where`() async {
    let answer = await TestCenter().answer("{\"a\":1,}")
    #expect(answer?.contains("at byte 7") == true, "\(answer ?? "nothing")")
  }

  @Test func `100,000 brackets are answered`() async throws {
    try await Exchange("", String(repeating: "[", count: 100_000), failure("null", -32700)).check(
      on: TestCenter())
  }

  @Test func `a request with countless members is refused`() async throws {
    let members = (0..<1_000).map { "\"x\($0)\":0," }.joined()
    let request = "{\(members)\"jsonrpc\":\"2.0\",\"method\":\"ping\",\"id\":1}"
    try await Exchange("", request, failure("null", -32600)).check(on: TestCenter())
  }

  @Test(arguments: ids)
  func `the id comes back byte for byte`(_ id: String) async {
    let center = TestCenter()
    let good = await center.answer("{\"jsonrpc\":\"2.0\", \"id\" : \(id) , \"method\":\"ping\"}")
    #expect(good == success(id, "null"))
    let bad = await center.answer("{\"jsonrpc\":\"2.0\",\"method\":\"none\",\"id\":\(id)}")
    #expect(bad?.hasPrefix("{\"jsonrpc\":\"2.0\",\"id\":\(id),\"error\":{\"code\":-32601,") == true)
  }

  @Test func `the same id twice is answered twice`() async {
    let center = TestCenter()
    for _ in 0..<2 {
      #expect(
        await center.answer(#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#) == success("1", "null"))
    }
  }

  @Test func `wrong params are located`() async throws {
    let answer = await TestCenter().answer(
      #"{"jsonrpc":"2.0","id":1,"method":"text.join","params":{"left":"far too long"}}"#)
    let error = try parsedError(answer)
    #expect(error.message.hasPrefix("params.left: "))
    #expect(
      error.data?.text == #"{"kind":"invalid_params","path":"params.left","reason":"too_long"}"#)
  }

  @Test func `an unknown name is named`() async throws {
    let answer = await TestCenter().answer(
      #"{"jsonrpc":"2.0","id":1,"method":"ping","params":{"x":1}}"#)
    let error = try parsedError(answer)
    #expect(
      error.data?.text == #"{"kind":"invalid_params","path":"params.x","reason":"unknown_key"}"#)
  }

  @Test func `an answer is not longer than a name makes it`() async {
    let name = String(repeating: "é", count: 100_000)
    let answer = await TestCenter().answer("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"\(name)\"}")
    #expect((answer?.utf8.count ?? .max) < 400)
  }
}

func parsedError(_ answer: String?) throws -> RPCError {
  guard case .error(let error, _) = try ServerMessage(Array((answer ?? "").utf8)) else {
    throw RPCError.invalidRequest("no error: \(answer ?? "nothing")")
  }
  return error
}
