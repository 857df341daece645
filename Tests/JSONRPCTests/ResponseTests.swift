import JSONRPC
import Testing
import Wire

private let silent = [
  Exchange("for an unknown method", #"{"jsonrpc":"2.0","method":"none"}"#, nil),
  Exchange("for wrong params", #"{"jsonrpc":"2.0","method":"text.join","params":{"x":1}}"#, nil),
  Exchange("for a refusal", #"{"jsonrpc":"2.0","method":"refuse"}"#, nil),
  Exchange("for a fault", #"{"jsonrpc":"2.0","method":"broken"}"#, nil),
  Exchange("for a job", #"{"jsonrpc":"2.0","method":"work","params":[3]}"#, nil),
  Exchange(
    "in a batch", #"[{"jsonrpc":"2.0","method":"none"},{"jsonrpc":"2.0","method":"broken"}]"#, nil),
]

private let noNotifications = [
  #"{"jsonrpc":"2.0","method":1}"#, #"{"method":"ping"}"#,
  #"{"jsonrpc":"2.0","method":"ping","params":1}"#, "{}",
]

private let strayAnswers = [
  #"{"jsonrpc":"2.0","id":1,"result":null}"#,
  #"{"jsonrpc":"2.0","id":1,"error":{"code":1,"message":"x"}}"#,
  #"{"id":null,"error":{}}"#, #"{"jsonrpc":"2.0","id":{},"result":1}"#,
  #"[{"jsonrpc":"2.0","id":1,"result":7}]"#,
]

@Suite struct ResponseTests {
  @Test func `success has a result, null included, and no error`() async {
    let answer = await TestCenter().answer(#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#)
    #expect(answer == #"{"jsonrpc":"2.0","id":1,"result":null}"#)
  }

  @Test func `a refusal has code, message and data, and no result`() async {
    let answer = await TestCenter().answer(#"{"jsonrpc":"2.0","id":1,"method":"refuse"}"#)
    #expect(
      answer
        == #"{"jsonrpc":"2.0","id":1,"error":{"code":1002,"message":"it is running","data":{"kind":"invalid_state"}}}"#
    )
  }

  @Test func `our own fault tells the caller nothing and the log everything`() async throws {
    let center = TestCenter()
    let answer = await center.answer(#"{"jsonrpc":"2.0","id":1,"method":"broken"}"#)
    #expect(try parsedError(answer) == .internalFault)
    #expect(answer?.contains("Secret") == false)
    #expect(await center.notes == ["broken: Secret()"])
  }

  @Test(arguments: silent)
  func `a notification is never answered`(_ exchange: Exchange) async throws {
    try await exchange.check(on: TestCenter())
  }

  @Test func `our own fault is told to the log for a notification, too`() async {
    let center = TestCenter()
    #expect(await center.answer(#"{"jsonrpc":"2.0","method":"broken"}"#) == nil)
    #expect(await center.notes == ["broken: Secret()"])
  }

  @Test func `a notification is carried out`() async {
    let center = TestCenter()
    #expect(await center.answer(#"{"jsonrpc":"2.0","method":"ping"}"#) == nil)
    #expect(await center.calls == ["ping"])
  }

  @Test(arguments: noNotifications)
  func `what is no valid request is no notification either`(_ text: String) async throws {
    try await Exchange("", text, Exchange.failure("null", -32600)).check(on: TestCenter())
  }

  @Test(arguments: strayAnswers)
  func `an answer is counted and never answered`(_ text: String) async {
    let center = TestCenter()
    #expect(await center.answer(text) == nil)
    #expect(await center.notes == ["stray answer"])
  }
}
