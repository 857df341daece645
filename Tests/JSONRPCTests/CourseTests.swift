import JSONRPC
import Testing

/// Whoever counts requests is told of each, once.
struct CourseTests {
  private func courses(of frame: String) async -> [String] {
    let center = TestCenter()
    _ = await center.answer(frame)
    return await center.courses
  }

  @Test(arguments: [
    (#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#, "ping answered"),
    (#"{"jsonrpc":"2.0","method":"ping"}"#, "ping answered"),
    (#"{"jsonrpc":"2.0","id":1,"method":"ping","params":{"x":1}}"#, "ping refused"),
    (#"{"jsonrpc":"2.0","id":1,"method":"refuse"}"#, "refuse refused"),
    (#"{"jsonrpc":"2.0","id":1,"method":"broken"}"#, "broken refused"),
    (#"{"jsonrpc":"2.0","id":1,"method":"pong"}"#, "none refused"),
    (#"{"jsonrpc":"2.0","id":1,"method":"work","params":{"job":0}}"#, "work answered"),
    (#"{"jsonrpc":"2.0","id":1,"method":"work","params":{"job":7}}"#, "work begun 7"),
  ])
  func `a request is told with its method and how it went`(frame: String, course: String) async {
    #expect(await courses(of: frame) == [course])
  }

  @Test func `each request of a batch is told`() async {
    let frame =
      #"[{"jsonrpc":"2.0","id":1,"method":"ping"},{"jsonrpc":"2.0","id":2,"method":"pong"}]"#
    #expect(await courses(of: frame) == ["ping answered", "none refused"])
  }

  @Test(arguments: ["nonsense", "[]", #"{"jsonrpc":"2.0","id":1}"#, #"{"id":1,"result":1}"#])
  func `what is no request is not told`(frame: String) async {
    #expect(await courses(of: frame).isEmpty)
  }
}
