import JSONRPC
import Testing

@Suite struct FramingTests {
  @Test func `a message leaves with its header in one piece`() {
    let body = Array("{\"é\":\"✓\"}".utf8)
    #expect(
      Framing.header.frame(body) == Array("Content-Length: \(body.count)\r\n\r\n".utf8) + body)
  }

  @Test func `a message leaves on one line`() {
    #expect(Framing.newline.frame(Array("{}".utf8)) == Array("{}\n".utf8))
  }

  @Test func `line feeds between tokens do not break a line in two`() {
    for position in 0..<40 {
      var body = [UInt8](repeating: UInt8(ascii: " "), count: 40)
      body[position] = UInt8(ascii: "\n")
      let line = [UInt8](repeating: UInt8(ascii: " "), count: 40) + [UInt8(ascii: "\n")]
      #expect(Framing.newline.frame(body) == line, "at \(position)")
      #expect(Framing.header.frame(body).suffix(40).elementsEqual(body))
    }
  }

  @Test(arguments: [Framing.newline, .header])
  func `what is written is read again`(_ framing: Framing) {
    let bodies = [
      "{}", "[1,2]", "{\"é\":\"✓🎉\"}", "{\"long\":\"\(String(repeating: "x", count: 70_000))\"}",
    ]
    var output: [UInt8] = []
    for body in bodies { framing.append(Array(body.utf8), to: &output) }
    #expect(outcomes(of: output, cutAt: [output.count / 2]) == bodies.map(Outcome.frame))
  }
}
