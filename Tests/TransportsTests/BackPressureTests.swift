import JSONRPC
import Testing

@testable import Transports

@Suite struct BackPressureTests {
  @Test(arguments: PollerKind.allCases)
  func `a peer that never reads is bounded, then closed, while another is served`(
    _ kind: PollerKind
  ) throws {
    try onLoop { service in
      let limits = TransportLimits()
      let harness = try LoopHarness(kind, serving: service, limits: limits)
      let (deaf, other) = (try harness.connect(), try harness.connect())
      deaf.send(String(repeating: "[big]\n", count: 100))
      try harness.settle(service)
      let started = service.frames.filter { $0 == "[big]" }.count
      #expect(started > 3 && started < 20)
      #expect(service.frames.last == "congested")
      let pending = try #require(
        harness.loop.channels.values.map(\.connection.replies.pendingBytes).max())
      #expect(pending <= limits.congestedBytes + service.bigReply.count + 1)
      other.send("[1]\n")
      try harness.settle(service)
      #expect(other.text == "re:[1]\n")
      harness.clock.advance(milliseconds: limits.congestedMilliseconds)
      try harness.settle(service)
      #expect(service.closed == [.doesNotRead])
      #expect(service.frames.filter { $0 == "[big]" }.count == started)
      other.send("[2]\n")
      try harness.settle(service)
      #expect(other.text == "re:[1]\nre:[2]\n")
    }
  }

  @Test(arguments: PollerKind.allCases)
  func `a peer that reads again gets everything`(_ kind: PollerKind) throws {
    try onLoop { service in
      let harness = try LoopHarness(kind, serving: service)
      let peer = try harness.connect()
      peer.send(String(repeating: "[big]\n", count: 20) + "[end]\n")
      try harness.settle(service)
      #expect(service.frames.contains("congested"))
      #expect(!service.frames.contains("[end]"))
      let total = 20 * (service.bigReply.count + 1) + "re:[end]\n".utf8.count
      #expect(
        try harness.turn(service) {
          peer.receive()
          return peer.received.count >= total
        })
      #expect(peer.received.count == total)
      #expect(peer.received.suffix(9).elementsEqual("re:[end]\n".utf8))
      #expect(service.frames.contains("relieved"))
      harness.clock.advance(milliseconds: TransportLimits().congestedMilliseconds)
      try harness.settle(service)
      #expect(service.closed.isEmpty)
    }
  }

  @Test(arguments: PollerKind.allCases)
  func `the end of a peer that does not read is noticed`(_ kind: PollerKind) throws {
    try onLoop { service in
      let harness = try LoopHarness(kind, serving: service)
      let peer = try harness.connect()
      peer.send(String(repeating: "[big]\n", count: 20))
      try harness.settle(service)
      peer.hangUp()
      try harness.settle(service)
      #expect(service.closed.count == 1)
      #expect(service.frames.filter { $0 == "[big]" }.count < 20)
    }
  }

  @Test(arguments: PollerKind.allCases)
  func `notifications beyond the limit end the connection`(_ kind: PollerKind) throws {
    try onLoop { service in
      let limits = TransportLimits()
      let harness = try LoopHarness(kind, serving: service, limits: limits)
      let peer = try harness.connect()
      peer.send("[subscribe]\n")
      try harness.settle(service)
      let found = service.subscriber
      let subscriber = try #require(found)
      for _ in 0..<20 {
        service.handle.send([UInt8](repeating: UInt8(ascii: "x"), count: 1 << 20), to: subscriber)
      }
      try harness.settle(service)
      #expect(service.closed == [.doesNotRead])
      // Counted first: a failure would print every byte that waits.
      let open = harness.loop.channels.count
      #expect(open == 0)
    }
  }

  @Test(arguments: PollerKind.allCases)
  func `one that sends without pause leaves a part of every turn to the others`(
    _ kind: PollerKind
  ) throws {
    try onLoop { service in
      let limits = TransportLimits()
      let harness = try LoopHarness(kind, serving: service, limits: limits)
      let (eager, other) = (try harness.connect(), try harness.connect())
      try harness.settle(service)
      eager.send(String(repeating: "[1]\n", count: limits.requestsPerTurn * 3))
      other.send("[2]\n")
      try harness.loop.runTurn(service, waitMilliseconds: 0)
      #expect(other.text == "re:[2]\n")
      #expect(service.frames.count == limits.requestsPerTurn + 1)
      try harness.settle(service)
      #expect(service.frames.count == limits.requestsPerTurn * 3 + 1)
    }
  }

  @Test(arguments: PollerKind.allCases)
  func `who is told unasked is said to be full long before its requests are held up`(
    _ kind: PollerKind
  ) throws {
    try onLoop { service in
      let limits = TransportLimits()
      let harness = try LoopHarness(kind, serving: service, limits: limits)
      let peer = try harness.connect()
      peer.send("[subscribe]\n")
      try harness.settle(service)
      let found = service.subscriber
      let subscriber = try #require(found)
      // More than the two ends of the socket hold.
      service.handle.send([UInt8](repeating: UInt8(ascii: "x"), count: 900 << 10), to: subscriber)
      try harness.settle(service)
      #expect(service.rooms == ["filled"])
      #expect(!service.frames.contains("congested"))
      peer.send("[1]\n")
      try harness.settle(service)
      #expect(service.frames.contains("[1]"))
      #expect(
        try harness.turn(service) {
          peer.receive()
          return peer.received.suffix(7).elementsEqual("re:[1]\n".utf8)
        })
      #expect(service.rooms == ["filled", "drained"])
      harness.clock.advance(milliseconds: limits.congestedMilliseconds)
      try harness.settle(service)
      #expect(service.closed.isEmpty)
    }
  }
}
