import JSONRPC
import Testing

@testable import Transports

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Three descriptors that stand for 0, 1 and 2.
private struct Standards {
  let input: OwnedDescriptor
  let output: OwnedDescriptor
  let error: OwnedDescriptor

  func claim() throws -> StandardStreams {
    try .claim(input: input.rawValue, output: output.rawValue, error: error.rawValue)
  }
}

/// A pipe as a parent makes it: it blocks.
private func pipeEnds() throws -> (read: OwnedDescriptor, write: OwnedDescriptor) {
  let ends = try Platform.pipe()
  for end in [ends.read, ends.write] {
    _ = fcntl(end, F_SETFL, fcntl(end, F_GETFL) & ~O_NONBLOCK)
  }
  return (OwnedDescriptor(ends.read), OwnedDescriptor(ends.write))
}

private func isNonblocking(_ descriptor: OwnedDescriptor) -> Bool {
  fcntl(descriptor.rawValue, F_GETFL) & O_NONBLOCK != 0
}

private func contents(of file: OwnedDescriptor) -> String {
  var buffer = [UInt8](repeating: 0, count: 64 << 10)
  let count = pread(file.rawValue, &buffer, buffer.count, 0)
  return String(decoding: buffer.prefix(max(count, 0)), as: UTF8.self)
}

@Suite struct StandardStreamsTests {
  @Test(arguments: PollerKind.allCases)
  func `the end of a pipe is answered in full and then ends the loop`(_ kind: PollerKind) throws {
    try onLoop { service in
      let (requests, replies) = (try pipeEnds(), try pipeEnds())
      let harness = try LoopHarness(kind, serving: service)
      harness.loop.serve(
        try Standards(input: requests.read, output: replies.write, error: try temporaryFile())
          .claim())
      let text = "[1]\n[2]\n[unterminated]"
      _ = write(requests.write.rawValue, text, text.utf8.count)
      try harness.settle(service)
      let reader = TestPeer(sharing: replies.read)
      #expect(reader.text == "re:[1]\nre:[2]\n")
      #expect(harness.loop.result == nil)
      requests.write.finish()
      #expect(try harness.loop.run(service) == .endOfInput)
      #expect(reader.text == "re:[1]\nre:[2]\nre:[unterminated]\n")
    }
  }

  @Test(arguments: PollerKind.allCases)
  func `requests may come from a file and answers go into one`(_ kind: PollerKind) throws {
    try onLoop { service in
      let (input, output) = (try temporaryFile(), try temporaryFile())
      let kept = output.duplicate()
      let text = (0..<300).map { "[\($0)]\n" }.joined()
      _ = write(input.rawValue, text, text.utf8.count)
      lseek(input.rawValue, 0, SEEK_SET)
      let harness = try LoopHarness(kind, serving: service)
      harness.loop.serve(
        try Standards(input: input, output: output, error: try temporaryFile()).claim())
      #expect(try harness.loop.run(service) == .endOfInput)
      #expect(contents(of: kept) == (0..<300).map { "re:[\($0)]\n" }.joined())
    }
  }

  @Test(arguments: PollerKind.allCases)
  func `the null device ends at once`(_ kind: PollerKind) throws {
    try onLoop { service in
      let (input, output) = (open("/dev/null", O_RDONLY), open("/dev/null", O_WRONLY))
      let harness = try LoopHarness(kind, serving: service)
      harness.loop.serve(
        try Standards(
          input: OwnedDescriptor(input), output: OwnedDescriptor(output), error: try temporaryFile()
        ).claim())
      #expect(try harness.loop.run(service) == .endOfInput)
      #expect(service.closed == [.endOfInput])
    }
  }

  @Test(arguments: PollerKind.allCases)
  func `more than a pipe holds is written as it is read`(_ kind: PollerKind) throws {
    try onLoop { service in
      let (requests, replies) = (try pipeEnds(), try pipeEnds())
      let harness = try LoopHarness(kind, serving: service)
      harness.loop.serve(
        try Standards(input: requests.read, output: replies.write, error: try temporaryFile())
          .claim())
      _ = write(requests.write.rawValue, "[big]\n[big]\n", 12)
      requests.write.finish()
      let reader = TestPeer(sharing: replies.read)
      #expect(
        try harness.turn(service) {
          reader.receive()
          return harness.loop.result != nil
        })
      reader.receive()
      #expect(reader.received.count == 2 * (service.bigReply.count + 1))
    }
  }

  @Test(arguments: PollerKind.allCases)
  func `a parent is given all the time it takes`(_ kind: PollerKind) throws {
    try onLoop { service in
      let (requests, replies) = (try pipeEnds(), try pipeEnds())
      let harness = try LoopHarness(kind, serving: service)
      harness.loop.serve(
        try Standards(input: requests.read, output: replies.write, error: try temporaryFile())
          .claim())
      _ = write(requests.write.rawValue, String(repeating: "[big]\n", count: 10) + "[", 61)
      try harness.settle(service)
      #expect(service.frames.contains("congested"))
      harness.clock.advance(milliseconds: 3_600_000)
      try harness.settle(service)
      #expect(service.closed.isEmpty)
    }
  }

  @Test func `a stray print lands on standard error and a child finds no input`() throws {
    let (requests, replies) = (try pipeEnds(), try pipeEnds())
    let error = try temporaryFile()
    let standards = Standards(
      input: requests.read, output: replies.write, error: error.duplicate())
    let streams = try standards.claim()
    _ = write(standards.output.rawValue, "stray", 5)
    #expect(contents(of: error) == "stray")
    _ = write(requests.write.rawValue, "[1]\n", 4)
    var byte: UInt8 = 0
    #expect(read(standards.input.rawValue, &byte, 1) == 0)
    #expect(streams.input.descriptor != standards.input.rawValue)
  }

  @Test func `what is inherited stays blocking`() throws {
    let (requests, replies) = (try pipeEnds(), try pipeEnds())
    // A parent holds the same descriptions.
    let (parentInput, parentOutput) = (
      requests.read.duplicate(), replies.write.duplicate()
    )
    let standards = Standards(
      input: requests.read, output: replies.write, error: try temporaryFile())
    let streams = try standards.claim()
    #expect(!isNonblocking(parentInput) && !isNonblocking(parentOutput))
    #if os(Linux)
      #expect(streams.input.kind == .nonblocking && streams.output.kind == .nonblocking)
    #endif
  }

  @Test func `a pipe that is shared is never written more than it is sure to take`() throws {
    let ends = try pipeEnds()
    let stream = ByteStream(owning: ends.write.release(), kind: .shared)
    var connection = Connection(
      id: ConnectionID(rawValue: 1), peer: .standardStreams, isSocket: false,
      limits: TransportLimits())
    connection.notify([UInt8](repeating: UInt8(ascii: "x"), count: 2_000))
    let channel = Channel(connection, input: stream, output: stream)
    channel.write()
    #expect(!channel.connection.isDoomed)
    #expect(channel.connection.replies.pendingBytes == 2_001 - 512)
  }

  @Test func `sockets serve as standard streams`() throws {
    try onLoop { service in
      let (peer, stream) = try TestPeer.pair()
      let standards = Standards(
        input: OwnedDescriptor(duplicating: stream.descriptor),
        output: OwnedDescriptor(duplicating: stream.descriptor),
        error: try temporaryFile())
      let harness = try LoopHarness(.native, serving: service)
      harness.loop.serve(try standards.claim())
      peer.send("[1]\n")
      try harness.settle(service)
      #expect(peer.text == "re:[1]\n")
      #expect(!isNonblocking(OwnedDescriptor(duplicating: stream.descriptor)))
      peer.finishSending()
      #expect(try harness.loop.run(service) == .endOfInput)
    }
  }

  @Test func `a closed standard input is an error with a name`() throws {
    #expect(throws: SystemError.self) {
      try StandardStreams.claim(input: 1_000_000, output: 1, error: 2)
    }
  }
}
