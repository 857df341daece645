import JSONRPC
import Testing

@testable import Transports

/// What a peer may do before it has said who it is.
@Suite struct StrangerTests {
  private let limits = TransportLimits()

  private func harness(_ kind: PollerKind, _ service: isolated TestService) throws -> LoopHarness {
    service.standing = .stranger
    return try LoopHarness(kind, serving: service)
  }

  @Test(arguments: PollerKind.allCases)
  func `a stranger that says nothing, or nothing that counts, is closed in time`(
    _ kind: PollerKind
  ) throws {
    try onLoop { service in
      let harness = try harness(kind, service)
      let (silent, talking) = (try harness.connect(), try harness.connect())
      try harness.settle(service)
      harness.clock.advance(milliseconds: limits.strangerMilliseconds - 1)
      talking.send("[1]\n")
      try harness.settle(service)
      #expect(service.closed.isEmpty)
      #expect(talking.text == "re:[1]\n")
      harness.clock.advance(milliseconds: 1)
      try harness.settle(service)
      #expect(service.closed == [.notAuthenticated, .notAuthenticated])
      silent.receive()
      #expect(silent.hasEnded)
    }
  }

  @Test(arguments: PollerKind.allCases)
  func `a peer that is admitted has all the time and room that others have`(
    _ kind: PollerKind
  ) throws {
    try onLoop { service in
      let harness = try harness(kind, service)
      let peer = try harness.connect()
      let long = "[" + String(repeating: "1", count: 2 * limits.strangerFrameBytes) + "]\n"
      peer.send("[admit]\n[1]\n" + long)
      try harness.settle(service)
      #expect(peer.text.hasPrefix("yes\nre:[1]\nre:[111"))
      harness.clock.advance(milliseconds: 2 * limits.strangerMilliseconds)
      try harness.settle(service)
      #expect(service.closed.isEmpty)
    }
  }

  @Test(arguments: PollerKind.allCases)
  func `a refusal comes late, then the end, and others are served meanwhile`(
    _ kind: PollerKind
  ) throws {
    try onLoop { service in
      let harness = try harness(kind, service)
      let (guessing, other) = (try harness.connect(), try harness.connect())
      guessing.send("[refuse]\n[1]\n")
      try harness.settle(service)
      harness.clock.advance(milliseconds: 249)
      other.send("[2]\n")
      try harness.settle(service)
      #expect(other.text == "re:[2]\n")
      #expect(guessing.text.isEmpty)
      harness.clock.advance(milliseconds: 1)
      try harness.settle(service)
      #expect(guessing.text == "no\n")
      #expect(guessing.hasEnded)
      guessing.hangUp()
      try harness.settle(service)
      #expect(service.closed == [.refused])
      #expect(!service.frames.contains("[1]"))
    }
  }

  @Test(arguments: PollerKind.allCases)
  func `who is admitted late is not closed while waiting, and goes on where it was`(
    _ kind: PollerKind
  ) throws {
    try onLoop { service in
      let harness = try harness(kind, service)
      let peer = try harness.connect()
      try harness.settle(service)
      harness.clock.advance(milliseconds: limits.strangerMilliseconds - 1)
      peer.send("[admit late]\n[1]\n")
      try harness.settle(service)
      harness.clock.advance(milliseconds: 249)
      try harness.settle(service)
      #expect(peer.text.isEmpty)
      #expect(!service.frames.contains("[1]"))
      harness.clock.advance(milliseconds: 1)
      try harness.settle(service)
      #expect(peer.text == "yes\nre:[1]\n")
      #expect(service.closed.isEmpty)
    }
  }

  @Test(arguments: PollerKind.allCases)
  func `a long message of a stranger is refused, and what follows is not looked at`(
    _ kind: PollerKind
  ) throws {
    try onLoop { service in
      let harness = try harness(kind, service)
      let (line, header) = (try harness.connect(), try harness.connect())
      line.send("[" + String(repeating: "1", count: limits.strangerFrameBytes) + "]\n[admit]\n")
      header.send("Content-Length: \(limits.strangerFrameBytes + 1)\r\n\r\n")
      try harness.settle(service)
      for peer in [line, header] {
        #expect(peer.text.contains("\"code\":1004"))
        #expect(peer.hasEnded)
      }
      #expect(service.frames.isEmpty)
    }
  }

  @Test(arguments: PollerKind.allCases)
  func `a stranger's bytes are not piled up`(_ kind: PollerKind) throws {
    try onLoop { service in
      let harness = try harness(kind, service)
      let peer = try harness.connect()
      peer.send(String(repeating: "[quiet]\n", count: 8000))
      for _ in 0..<20 {
        try harness.loop.runTurn(service, waitMilliseconds: 0)
        let buffered = harness.loop.channels.values.map(\.connection.decoder.bufferedBytes)
        #expect(buffered.allSatisfy { $0 <= 2 * limits.strangerFrameBytes })
      }
    }
  }

  @Test(arguments: PollerKind.allCases)
  func `a stop does not wait for strangers`(_ kind: PollerKind) throws {
    try onLoop { service in
      let harness = try harness(kind, service)
      let peer = try harness.connect()
      peer.send("[refuse]\n")
      try harness.settle(service)
      harness.loop.handle.stop()
      try harness.settle(service)
      #expect(harness.loop.result == .requested)
    }
  }

  /// Nothing may cut short how late a refusal is.
  @Test(arguments: PollerKind.allCases)
  func `a refusal that comes after a stranger's time is told all the same`(
    _ kind: PollerKind
  ) throws {
    try onLoop { service in
      service.standing = .stranger
      var limits = TransportLimits()
      limits.strangerMilliseconds = 100
      let harness = try LoopHarness(kind, serving: service, limits: limits)
      let peer = try harness.connect()
      peer.send("[refuse]\n")
      try harness.settle(service)
      harness.clock.advance(milliseconds: 249)
      try harness.settle(service)
      #expect(service.closed.isEmpty)
      harness.clock.advance(milliseconds: 1)
      try harness.settle(service)
      #expect(peer.text == "no\n")
      // It is waited for until it has read that.
      #expect(service.closed.isEmpty)
      peer.hangUp()
      try harness.settle(service)
      #expect(service.closed == [.refused])
      #expect(service.turnedAway == [.refused])
    }
  }
}
