import JSONRPC
import Testing
import Wire

@Suite struct CallTests {
  @Test func `a call is encoded on one line`() {
    let params = RawJSON(validated: Array(#"{"left":"a"}"#.utf8))
    #expect(
      String(decoding: Call(id: 7, method: "text.join", params: params).encoded(), as: UTF8.self)
        == #"{"jsonrpc":"2.0","id":7,"method":"text.join","params":{"left":"a"}}"#)
    #expect(
      String(decoding: Call(id: 8, method: "ping").encoded(), as: UTF8.self)
        == #"{"jsonrpc":"2.0","id":8,"method":"ping"}"#)
  }

  @Test func `a call is understood by the other side`() async {
    let call = Call(
      id: 7, method: "text.join", params: RawJSON(validated: Array(#"["a","b"]"#.utf8)))
    #expect(await TestCenter().answer(call.encoded()) == Exchange.success("7", "\"a-b\""))
  }

  private static let messages: [(String, ServerMessage)] = [
    (#"{"jsonrpc":"2.0","id":1,"result":null}"#, .result(.null, id: number("1"))),
    (
      #"{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"x"}}"#,
      .error(.parseError("x"), id: .null)
    ),
    (
      #"{"jsonrpc":"2.0","method":"events.event","params":{}}"#,
      .notification(method: "events.event", params: RawJSON(validated: Array("{}".utf8)))
    ),
    (#"[{"jsonrpc":"2.0","id":1,"result":2}]"#, .batch([.result(number("2"), id: number("1"))])),
  ]

  private static func number(_ text: String) -> RawJSON { RawJSON(validated: Array(text.utf8)) }

  @Test func `messages of a server are told apart`() throws {
    for (text, expected) in Self.messages {
      #expect(try ServerMessage(Array(text.utf8)) == expected)
    }
  }

  @Test(arguments: [
    "", "1", "{}", #"{"id":1}"#, #"{"id":1,"result":1,"error":{}}"#,
    #"{"id":1,"error":{"code":1}}"#,
    #"{"id":1,"error":{"code":"x","message":"y"}}"#, #"{"method":1}"#, "[1]",
  ])
  func `what is no message is refused`(_ text: String) {
    #expect(throws: WireError.self) { try ServerMessage(Array(text.utf8)) }
  }
}
