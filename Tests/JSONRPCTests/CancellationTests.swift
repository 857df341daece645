import JSONRPC
import Testing
import Wire

private func cancel(_ params: String) -> String {
  #"{"jsonrpc":"2.0","method":"$/cancelRequest","params":\#(params)}"#
}

private func work(_ job: Int, id: String) -> String {
  "{\"jsonrpc\":\"2.0\",\"id\":\(id),\"method\":\"work\",\"params\":[\(job)]}"
}

@Suite struct CancellationTests {
  private func isSame(_ one: String, _ other: String) -> Bool {
    let (one, other) = (RequestID(one.utf8), RequestID(other.utf8))
    #expect(one.hasSameValue(as: other) == other.hasSameValue(as: one))
    return one.hasSameValue(as: other)
  }

  @Test(arguments: [
    ("1", "1"), ("1", "1.0"), ("100", "1e2"), ("100", "1.00E+2"), ("0.5", "5e-1"), ("0", "-0.0"),
    ("0", "0e999"), ("-7", "-7.0"), ("\"a\"", "\"\\u0061\""), ("\"\"", "\"\""), ("null", "null"),
    ("9007199254740993", "9007199254740993.0"), ("1e-400", "10e-401"),
    ("\"a/b\"", "\"a\\/b\""),
  ])
  func `ids of one value are the same, whatever their spelling`(_ one: String, _ other: String) {
    #expect(isSame(one, other))
  }

  @Test(arguments: [
    ("1", "\"1\""), ("1", "-1"), ("1", "10"), ("1", "0.1"),
    ("9007199254740993", "9007199254740992"),
    ("\"a\"", "\"A\""), ("\"é\"", "\"e\u{301}\""), ("null", "\"null\""), ("null", "0"),
    ("0", "\"\""),
    ("1", "1e99999999999"), ("100", "1e3"),
  ])
  func `ids of different values are different`(_ one: String, _ other: String) {
    #expect(!isSame(one, other))
  }

  @Test(arguments: [
    (#"{"id":7}"#, "7"), (#"{"id":"7"}"#, #""7""#), (#"{ "id" : 1.50 }"#, "1.50"), ("[7]", "7"),
    (#"{"id":7,"reason":"closed","_meta":{}}"#, "7"), (#"{"id":null}"#, "null"),
  ])
  func `a cancellation names a request and is not answered`(
    _ params: String, _ id: String
  ) async {
    let center = TestCenter()
    #expect(await center.answer(cancel(params)) == nil)
    #expect(await center.calls == ["cancel \(id)"])
  }

  @Test(arguments: ["{}", "[]", "null", #"{"ID":7}"#, #"{"id":7,"id":8}"#, "[7,8]", "7"])
  func `what names no request is passed over`(_ params: String) async {
    let center = TestCenter()
    // Params that are no params make an invalid request, which is answered like any other.
    let answer = await center.answer(cancel(params))
    #expect(params == "7" ? answer?.contains("-32600") == true : answer == nil)
    #expect(await center.calls.isEmpty)
  }

  @Test func `as a request it is a method that does not exist`() async throws {
    let center = TestCenter()
    let request = #"{"jsonrpc":"2.0","id":1,"method":"$/cancelRequest","params":{"id":7}}"#
    #expect(try parsedError(await center.answer(request)).code == -32601)
    #expect(await center.calls.isEmpty)
  }

  @Test func `who may not call may not cancel`() async {
    let center = TestCenter(permit: { _, _, _ in throw RPCError.overloaded("nobody") })
    #expect(await center.answer(cancel(#"{"id":7}"#)) == nil)
    #expect(await center.calls.isEmpty)
  }

  @Test func `a batch may cancel what it has begun, and is answered in order`() async {
    let center = TestCenter()
    let request =
      "[\(work(1, id: "1")),\(work(2, id: "2.0")),\(cancel(#"{"id":2}"#)),\(cancel(#"{"id":1}"#))]"
    let cancelled =
      #""error":{"code":-32800,"message":"Request cancelled","data":{"kind":"request_cancelled"}}}"#
    #expect(
      await center.answer(request)
        == #"[{"jsonrpc":"2.0","id":1,\#(cancelled),{"jsonrpc":"2.0","id":2.0,\#(cancelled)]"#)
    #expect(await center.calls == ["work 1", "work 2", "cancel 2 2", "cancel 1 1"])
  }

  @Test func `what a batch has yet to begin is not cancelled`() async {
    let center = TestCenter()
    #expect(await center.answer("[\(cancel(#"{"id":1}"#)),\(work(1, id: "1"))]") == "waiting")
    #expect(await center.waitingIDs == ["1"])
  }

  @Test func `only a cancellation is known as one`() async {
    let center = TestCenter()
    for (text, expected) in [
      (cancel(#"{"id":7}"#), true), (" " + cancel("[7]"), true), (cancel("{}"), false),
      (#"{"jsonrpc":"2.0","method":"$\/cancelRequest","params":{"id":7}}"#, true),
      (#"{"jsonrpc":"2.0","id":1,"method":"$/cancelRequest","params":{"id":7}}"#, false),
      (#"{"jsonrpc":"2.0","method":"ping"}"#, false), ("[\(cancel(#"{"id":7}"#))]", false),
      (#"{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":7}"#, false), ("", false),
    ] {
      #expect(center.dispatcher.isCancellation(Array(text.utf8)[...]) == expected, "\(text)")
    }
  }
}
