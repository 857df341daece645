import JSONRPC
import Testing
import Wire

private func success(_ id: String, _ result: String) -> String { Exchange.success(id, result) }
private func failure(_ id: String, _ code: Int) -> String { Exchange.failure(id, code) }
private func ping(_ id: Int) -> String { "{\"jsonrpc\":\"2.0\",\"id\":\(id),\"method\":\"ping\"}" }
private let notification = #"{"jsonrpc":"2.0","method":"ping"}"#

private let batches = [
  Exchange("an empty batch is one invalid request", "[]", failure("null", -32600)),
  Exchange("white space is no request", "[ \n]", failure("null", -32600)),
  Exchange("one element of junk", "[1]", "[\(failure("null", -32600))]"),
  Exchange(
    "each element of junk", "[1,2,3]",
    "[\(failure("null", -32600)),\(failure("null", -32600)),\(failure("null", -32600))]"),
  Exchange(
    "text broken inside", #"[{"jsonrpc":"2.0","method":"ping","id":1},{"jsonrpc"]"#,
    failure("null", -32700)),
  Exchange(
    "calls, notifications and junk", " [\(ping(1)),\(notification),{\"foo\":\"boo\"},\(ping(2)) ] ",
    "[\(success("1", "null")),\(failure("null", -32600)),\(success("2", "null"))]"),
  Exchange("only notifications", "[\(notification),\(notification)]", nil),
  Exchange(
    "a batch in a batch", "[[\(ping(1))],\(ping(2))]",
    "[\(failure("null", -32600)),\(success("2", "null"))]"),
  Exchange(
    "the order of the calls is kept", "[\(ping(3)),\(ping(1)),\(ping(2))]",
    "[\(success("3", "null")),\(success("1", "null")),\(success("2", "null"))]"),
  Exchange(
    "equal ids are both answered", "[\(ping(1)),\(ping(1))]",
    "[\(success("1", "null")),\(success("1", "null"))]"),
  Exchange(
    "one that fails leaves the others alone",
    "[\(ping(1)),{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"none\"},{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"broken\"},\(ping(4))]",
    "[\(success("1", "null")),\(failure("2", -32601)),\(failure("3", -32603)),\(success("4", "null"))]"
  ),
  Exchange("one alone is still a batch", "[\(ping(1))]", "[\(success("1", "null"))]"),
]

@Suite struct BatchTests {
  @Test(arguments: batches)
  func `a batch`(_ exchange: Exchange) async throws {
    try await exchange.check(on: TestCenter())
  }

  @Test func `as many requests as allowed are executed`() async {
    let center = TestCenter()
    let answer = await center.answer("[" + (1...100).map(ping).joined(separator: ",") + "]")
    #expect(answer?.hasPrefix("[{") == true)
    #expect(await center.calls.count == 100)
  }

  @Test func `of too many requests none is executed`() async throws {
    let center = TestCenter()
    let answer = await center.answer("[" + (1...101).map(ping).joined(separator: ",") + "]")
    #expect(try parsedError(answer).code == 1004)
    #expect(await center.calls.isEmpty)
  }

  @Test func `when the answers fill the batch the rest is not started`() async throws {
    var limits = Limits()
    limits.batchAnswerBytes = 200
    let center = TestCenter(limits: limits)
    let long = (1...4).map { "{\"jsonrpc\":\"2.0\",\"id\":\($0),\"method\":\"long\"}" }
    let request = "[" + (long + [notification, "7"]).joined(separator: ",") + "]"
    let text = "\"" + String(repeating: "x", count: 100) + "\""
    let expected =
      "[\(success("1", text)),\(success("2", text)),\(failure("3", 1004)),\(failure("4", 1004)),\(failure("null", -32600))]"
    try await Exchange("", request, expected).check(on: center)
    #expect(await center.calls == ["long", "long"])
  }
}

@Suite struct JobTests {
  private func work(_ job: Int, id: String) -> String {
    "{\"jsonrpc\":\"2.0\",\"id\":\(id),\"method\":\"work\",\"params\":[\(job)]}"
  }

  @Test func `a job may answer at once`() async {
    #expect(await TestCenter().answer(work(0, id: "1")) == success("1", "\"done\""))
  }

  @Test func `a job may answer later, with the id of its request`() async {
    let center = TestCenter()
    #expect(await center.answer(work(7, id: "1e2")) == "waiting")
    #expect(await center.waitingIDs == ["1e2"])
    #expect(await center.finish(8, with: "of another") == nil)
    #expect(await center.finish(7, with: "late") == success("1e2", "\"late\""))
    #expect(await center.waitingIDs == [])
  }

  @Test func `a job may be refused later`() async throws {
    let center = TestCenter()
    _ = await center.answer(work(7, id: "1"))
    let answer = await center.refuse(7, with: .overloaded("too much"))
    #expect(try parsedError(answer) == .overloaded("too much"))
  }

  @Test func `a batch waits for the slowest of its jobs, in order`() async {
    let center = TestCenter()
    let request = "[\(work(1, id: "1")),\(ping(2)),\(work(3, id: "3"))]"
    #expect(await center.answer(request) == "waiting")
    #expect(await center.finish(3, with: "c") == nil)
    #expect(
      await center.finish(1, with: "a")
        == "[\(success("1", "\"a\"")),\(success("2", "null")),\(success("3", "\"c\""))]")
  }
}
