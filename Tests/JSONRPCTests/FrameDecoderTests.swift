import TestRandom
import JSONRPC
import Testing
import Wire

/// One stream and what it must come to, however it is cut.
struct Stream: Sendable, CustomTestStringConvertible {
  let rule: String
  let bytes: [UInt8]
  let expected: [Outcome]

  init(_ rule: String, _ text: String, _ expected: Outcome...) {
    self.init(rule, Array(text.utf8), expected)
  }

  init(_ rule: String, _ bytes: [UInt8], _ expected: [Outcome]) {
    self.rule = rule
    self.bytes = bytes
    self.expected = expected
  }

  var testDescription: String { rule }
}

/// Small limits, so that the streams that pass them are short.
private let limits = {
  var limits = Limits()
  limits.frameBytes = 24
  limits.headerBytes = 64
  limits.discardedBytes = 60
  return limits
}()

private let parseError = -32700
private let limitExceeded = 1004

private let newlineStreams = [
  Stream("a line is a message", "{\"a\":1}\n", .frame("{\"a\":1}")),
  Stream(
    "a carriage return before the line feed is white space", "{}\r\n[]\r\n", .frame("{}\r"),
    .frame("[]\r")),
  Stream("empty lines are skipped", "\n\r\n{}\n \t\n\n{}\n", .frame("{}"), .frame("{}")),
  Stream(
    "an unterminated last line is a message", "{}\n{\"a\":2}", .frame("{}"), .frame("{\"a\":2}")),
  Stream("white space at the end is no message", "{}\n \r\n ", .frame("{}")),
  Stream("an empty stream holds nothing", ""),
  Stream("white space alone holds nothing", " \n\t\r\n"),
  Stream("text outside ASCII is cut anywhere", "{\"é\":\"✓🎉\"}\n", .frame("{\"é\":\"✓🎉\"}")),
  Stream("a settled stream takes lines of any kind", "{}\nGET /\n", .frame("{}"), .frame("GET /")),
  Stream(
    "a message at the limit passes", "{" + String(repeating: "x", count: 23) + "\n{}\n",
    .frame("{" + String(repeating: "x", count: 23)), .frame("{}")),
  Stream(
    "a message over the limit is answered and skipped",
    "{" + String(repeating: "x", count: 24) + "\n{}\n", .fault(code: limitExceeded), .frame("{}")),
  Stream(
    "space before a message does not count",
    String(repeating: " ", count: 40) + "{" + String(repeating: "x", count: 23) + "\n",
    .frame("{" + String(repeating: "x", count: 23))),
  Stream(
    "a line over the hard cap closes", "{" + String(repeating: "x", count: 60) + "\n{}\n",
    .fault(code: limitExceeded), .close),
  Stream(
    "a line at the hard cap is skipped", "{" + String(repeating: "x", count: 59) + "\n{}\n",
    .fault(code: limitExceeded), .frame("{}")),
  Stream(
    "a byte-order mark is skipped once", [0xEF, 0xBB, 0xBF] + Array("{}\n".utf8), [.frame("{}")]),
  Stream("a second byte-order mark is none", [0xEF, 0xBB, 0xBF, 0xEF, 0xBB, 0xBF, 0x7B], [.close]),
  Stream("half a byte-order mark is none", [0xEF, 0xBB, 0x7B], [.close]),
]

private let headerStreams = [
  Stream("a header line and a body", "Content-Length: 2\r\n\r\n{}", .frame("{}")),
  Stream(
    "messages follow one another", "Content-Length: 2\r\n\r\n{}Content-Length: 2\r\n\r\n[]",
    .frame("{}"), .frame("[]")),
  Stream("the length counts bytes", "Content-Length: 13\r\n\r\n{\"é✓🎉\"}", .frame("{\"é✓🎉\"}")),
  Stream("names have no case", "content-LENGTH: 2\r\n\r\n{}", .frame("{}")),
  Stream(
    "spaces around the value are none of it", "Content-Length: \t 2 \t\r\n\r\n{}", .frame("{}")),
  Stream("no space is needed", "Content-Length:2\r\n\r\n{}", .frame("{}")),
  Stream(
    "unknown names are ignored", "Content-Length: 2\r\nX-Trace: é\r\n\r\n{}",
    .lastFault(code: parseError)),
  Stream(
    "unknown names in ASCII are ignored", "Content-Length: 2\r\nX-Trace: 7\r\n\r\n{}", .frame("{}")),
  Stream(
    "UTF-8 may be named", "Content-Type: x/y; charset=utf-8\r\nContent-Length: 2\r\n\r\n{}",
    .frame("{}")),
  Stream(
    "utf8 is the same", "Content-Length: 2\r\nContent-Type: x; charset=\"UTF8\"\r\n\r\n{}",
    .frame("{}")),
  Stream("a type needs no charset", "Content-Length: 2\r\nContent-Type: x\r\n\r\n{}", .frame("{}")),
  Stream(
    "another charset is answered and skipped",
    "Content-Type: x; charset=utf-16\r\nContent-Length: 2\r\n\r\n{}Content-Length: 2\r\n\r\n[]",
    .fault(code: parseError), .frame("[]")),
  Stream(
    "the same length twice is one", "Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}", .frame("{}")
  ),
  Stream("line feeds alone end lines too", "Content-Length: 2\n\n{}", .frame("{}")),
  Stream(
    "line ends between messages are skipped",
    "Content-Length: 2\r\n\r\n{}\r\nContent-Length: 2\r\n\r\n[]\n",
    .frame("{}"), .frame("[]")),
  Stream(
    "an empty body is a message", "Content-Length: 0\r\n\r\nContent-Length: 2\r\n\r\n{}",
    .frame(""), .frame("{}")),
  Stream("a body cut short is none", "Content-Length: 9\r\n\r\n{}"),
  Stream("a header cut short is none", "Content-Length: 2\r\n"),
  Stream(
    "a length over the limit is answered and skipped",
    "Content-Length: 25\r\n\r\n" + String(repeating: "x", count: 25)
      + "Content-Length: 2\r\n\r\n{}",
    .fault(code: limitExceeded), .frame("{}")),
  Stream(
    "a length over the hard cap is the last", "Content-Length: 61\r\n\r\n{}",
    .lastFault(code: limitExceeded)),
  Stream(
    "a header block over its limit is the last",
    "Content-Length: 2\r\nX: " + String(repeating: "x", count: 45) + "\r\n\r\n{}",
    .lastFault(code: limitExceeded)),
  Stream(
    "a header block at its limit passes",
    "Content-Length: 2\r\nX: " + String(repeating: "x", count: 38) + "\r\n\r\n{}", .frame("{}")),
]

private let badHeaders = [
  "Content-Length: -5", "Content-Length: +5", "Content-Length: 0x10", "Content-Length:",
  "Content-Length: 5 5", "Content-Length: 5,5", "Content-Length: 1e1", "Content-Length: ٥",
  "Content-Length: 2\r\nContent-Length: 3", "Content-Type: x", "content : 3", "C",
  "Content-Length 5",
  "CONNECT host:443 HTTP/1.1\r\nContent-Length: 2", "Content-Length: 2\rX: 3",
]

private let foreignStreams = [
  "GET / HTTP/1.1\r\n\r\n{}\n", "POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}\n",
  "PUT / HTTP/1.1\r\n",
  "HEAD / HTTP/1.1\r\n", "OPTIONS * HTTP/1.1\r\n", "\u{16}\u{3}\u{1}\u{2}\u{0}", "\"text\"\n",
  "7\n", "\u{0}",
  "\r\n GET / HTTP/1.1\r\n", "*1\r\n$4\r\nPING\r\n",
]

private func expectSameOutcomeHoweverCut(_ stream: Stream, _ limits: Limits) {
  let bytes = stream.bytes
  let whole = outcomes(of: bytes, cutAt: [], limits: limits)
  #expect(whole == stream.expected, "whole")
  let singly = outcomes(of: bytes, cutAt: Array(bytes.indices), limits: limits)
  #expect(singly == stream.expected, "byte by byte")
  for cut in bytes.indices {
    let split = outcomes(of: bytes, cutAt: [cut], limits: limits)
    #expect(split == stream.expected, "split at \(cut)")
  }
}

@Suite struct FrameDecoderTests {
  @Test(arguments: newlineStreams)
  func `one message on a line`(_ stream: Stream) {
    expectSameOutcomeHoweverCut(stream, limits)
  }

  @Test(arguments: headerStreams)
  func `a header and a body`(_ stream: Stream) {
    expectSameOutcomeHoweverCut(stream, limits)
  }

  @Test(arguments: badHeaders)
  func `a header that cannot be understood is answered once and nothing follows`(_ header: String) {
    let stream = Stream(header, header + "\r\n\r\n{}\n{}\n", .lastFault(code: parseError))
    expectSameOutcomeHoweverCut(stream, limits)
  }

  @Test func `a length larger than any number is answered and traps nothing`() {
    for digits in [
      "99999999999999999999", "9223372036854775808", String(repeating: "9", count: 30),
    ] {
      let stream = Stream(
        digits, "Content-Length: \(digits)\r\n\r\n{}", .lastFault(code: limitExceeded))
      expectSameOutcomeHoweverCut(stream, limits)
    }
  }

  @Test(arguments: foreignStreams)
  func `whoever speaks another protocol is closed without an answer`(_ text: String) {
    expectSameOutcomeHoweverCut(Stream(text, text, .close), limits)
  }

  @Test func `the first byte settles the framing`() {
    for (text, framing) in [
      ("{", Framing.newline), (" [", .newline), ("C", .header), ("\nc", .header),
    ] {
      var decoder = FrameDecoder()
      #expect(decoder.framing == nil)
      decoder.append(Array(text.utf8))
      #expect(decoder.next() == nil)
      #expect(decoder.framing == framing)
    }
  }

  @Test func `a length over the limit is refused when it is known, not when it is read`() {
    var decoder = FrameDecoder()
    decoder.append(Array("Content-Length: \(Limits.standard.frameBytes + 1)\r\n\r\n".utf8))
    guard case .fault(let error) = decoder.next() else {
      Issue.record("expected a fault before the body")
      return
    }
    #expect(error.code == limitExceeded)
    #expect(
      error.data?.text == "{\"kind\":\"limit_exceeded\",\"limit\":\(Limits.standard.frameBytes)}")
  }

  @Test func `a decoder knows when a message has begun, and which`() {
    var decoder = FrameDecoder()
    decoder.append(Array("{}\n".utf8))
    while decoder.next() != nil {}
    #expect(!decoder.isInsideFrame)
    let ordinal = decoder.frameOrdinal
    decoder.append(Array("{".utf8))
    #expect(decoder.next() == nil)
    #expect(decoder.isInsideFrame)
    #expect(decoder.frameOrdinal == ordinal)
    decoder.append(Array("}\n{".utf8))
    while decoder.next() != nil {}
    #expect(decoder.isInsideFrame)
    #expect(decoder.frameOrdinal == ordinal + 1)
  }

  @Test func `thrown away bytes are not kept`() {
    var decoder = FrameDecoder(limits: limits)
    decoder.append(Array("Content-Length: 50\r\n\r\n".utf8))
    #expect(decoder.next() != nil)
    decoder.append([UInt8](repeating: 0, count: 49))
    #expect(decoder.next() == nil)
    #expect(decoder.bufferedBytes == 0)
    #expect(decoder.isInsideFrame)
  }
}

@Suite struct FrameDecoderFuzzTests {
  /// Parts that mean something to one framing or the other, so that random streams go deep.
  private static let parts: [[UInt8]] =
    [
      "{", "}", "[", "]", "\n", "\r\n", "\r", " ", "{}\n", "[]", "Content-Length: ",
      "content-length:", "2", "9",
      "-1", "99999999999999999999", "\r\n\r\n", "\n\n", "Content-Type: x; charset=utf-16", ": ",
      "é", "🎉", "x",
      "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "GET / HTTP/1.1", "\u{0}",
    ].map { Array($0.utf8) } + [[0xEF], [0xBB], [0xBF], [0xFF], [0xC3]]

  private static func stream(seed: UInt64) -> (bytes: [UInt8], generator: Random) {
    var generator = Random(seed: seed)
    var bytes: [UInt8] =
      Bool.random(using: &generator)
      ? Array("Content-Length: 2\r\n\r\n{}".utf8) : Array("{}\n".utf8)
    for _ in 0..<Int.random(in: 0...40, using: &generator) {
      bytes += parts[Int.random(in: parts.indices, using: &generator)]
    }
    return (bytes, generator)
  }

  @Test(arguments: 0..<8)
  func `random streams come to the same however they are cut`(_ block: UInt64) {
    for seed in (block * 500)..<(block * 500 + 500) {
      var (bytes, generator) = Self.stream(seed: seed)
      let whole = outcomes(of: bytes, cutAt: [], limits: limits)
      let singly = outcomes(of: bytes, cutAt: Array(bytes.indices), limits: limits)
      let cuts = (0..<4).map { _ in Int.random(in: 0...bytes.count, using: &generator) }.sorted()
      let cut = outcomes(of: bytes, cutAt: cuts, limits: limits)
      #expect(whole == singly, "seed \(seed)")
      #expect(whole == cut, "seed \(seed), cuts \(cuts)")
      guard whole == singly, whole == cut else { return }
    }
  }

  @Test(arguments: 0..<4)
  func `no frame is larger than the limit`(_ block: UInt64) {
    for seed in (block * 500)..<(block * 500 + 500) {
      for case .frame(let text) in outcomes(
        of: Self.stream(seed: seed).bytes, cutAt: [], limits: limits)
      {
        // Broken UTF-8 shows as longer text, never as shorter.
        #expect(text.unicodeScalars.count <= limits.frameBytes, "seed \(seed)")
      }
    }
  }
}
