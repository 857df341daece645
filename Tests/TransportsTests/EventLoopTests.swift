import Testing

import Transports

private struct DiskFailure: Error, Equatable {}

@Suite struct EventLoopTests {
  @Test(arguments: PollerKind.allCases)
  func `requests are answered in their order`(_ kind: PollerKind) throws {
    try onLoop { service in
      let harness = try LoopHarness(kind, serving: service)
      let peer = try harness.connect()
      peer.send((0..<1_000).map { "[\($0)]\n" }.joined())
      let expected = (0..<1_000).map { "re:[\($0)]\n" }.joined()
      #expect(try harness.turn(service) { peer.text.utf8.count >= expected.utf8.count })
      #expect(peer.text == expected)
    }
  }

  @Test(arguments: PollerKind.allCases)
  func `each peer is answered in the framing it chose`(_ kind: PollerKind) throws {
    try onLoop { service in
      let harness = try LoopHarness(kind, serving: service)
      let (line, header) = (try harness.connect(), try harness.connect())
      line.send("[1]\n")
      header.send("Content-Length: 3\r\n\r\n[2]")
      try harness.settle(service)
      #expect(line.text == "re:[1]\n")
      #expect(header.text == "Content-Length: 6\r\n\r\nre:[2]")
    }
  }

  @Test(arguments: PollerKind.allCases)
  func `a message may come in any pieces`(_ kind: PollerKind) throws {
    try onLoop { service in
      let harness = try LoopHarness(kind, serving: service)
      let peer = try harness.connect()
      for byte in Array("[\"é🎉\"]\n[2]\n".utf8) {
        peer.send([byte])
        try harness.loop.runTurn(service, waitMilliseconds: 0)
      }
      try harness.settle(service)
      #expect(peer.text == "re:[\"é🎉\"]\nre:[2]\n")
    }
  }

  @Test(arguments: PollerKind.allCases)
  func `nothing leaves before the commit of its turn, and there is one commit for all`(
    _ kind: PollerKind
  ) throws {
    try onLoop { service in
      let harness = try LoopHarness(kind, serving: service)
      let peers = try (0..<3).map { _ in try harness.connect() }
      try harness.settle(service)
      service.log = []
      for (index, peer) in peers.enumerated() { peer.send("[\(index)]\n[\(index)]\n") }
      try harness.loop.runTurn(service, waitMilliseconds: 100)
      #expect(service.log.count == 7)
      #expect(service.log.last == "commit")
      for (index, peer) in peers.enumerated() {
        #expect(peer.text == "re:[\(index)]\nre:[\(index)]\n")
      }
    }
  }

  @Test(arguments: PollerKind.allCases)
  func `a commit that fails lets nothing out and ends the loop`(_ kind: PollerKind) throws {
    try onLoop { service in
      let harness = try LoopHarness(kind, serving: service)
      let (writer, subscriber) = (try harness.connect(), try harness.connect())
      subscriber.send("[subscribe]\n")
      try harness.settle(service)
      let before = subscriber.text
      service.commitError = DiskFailure()
      writer.send("[publish]\n")
      #expect(throws: DiskFailure.self) { try harness.loop.run(service) }
      #expect(service.frames.last == "[publish]")
      #expect(writer.text == "")
      #expect(subscriber.text == before)
      #expect(writer.hasEnded && subscriber.hasEnded)
    }
  }

  @Test(arguments: PollerKind.allCases)
  func `a reply comes before the notifications that it caused`(_ kind: PollerKind) throws {
    try onLoop { service in
      let harness = try LoopHarness(kind, serving: service)
      let (one, other) = (try harness.connect(), try harness.connect())
      one.send("[subscribe]\n[1]\n")
      try harness.settle(service)
      #expect(one.text == "re:[subscribe]\n[event]\nre:[1]\n")
      other.send("[publish]\n")
      try harness.settle(service)
      #expect(other.text == "re:[publish]\n")
      #expect(one.text.hasSuffix("re:[1]\n[event]\n"))
    }
  }

  @Test(arguments: PollerKind.allCases)
  func `a reply that comes later keeps its place`(_ kind: PollerKind) throws {
    try onLoop { service in
      let harness = try LoopHarness(kind, serving: service)
      let (peer, other) = (try harness.connect(), try harness.connect())
      peer.send("[1]\n[later]\n[2]\n[later]\n[3]\n")
      other.send("[4]\n")
      try harness.settle(service)
      #expect(peer.text == "re:[1]\n")
      #expect(other.text == "re:[4]\n")
      #expect(service.frames == ["[1]", "[later]", "[2]", "[later]", "[3]", "[4]"])
      let slots = service.slots
      service.handle.answer(slots[1], with: Array("second".utf8))
      try harness.settle(service)
      #expect(peer.text == "re:[1]\n")
      service.handle.answer(slots[0], with: nil)
      try harness.settle(service)
      #expect(peer.text == "re:[1]\nre:[2]\nsecond\nre:[3]\n")
    }
  }

  @Test(arguments: PollerKind.allCases)
  func `a peer that waits for too many jobs gets no more started`(_ kind: PollerKind) throws {
    try onLoop { service in
      var limits = TransportLimits()
      limits.requestsPerTurn = 4
      let harness = try LoopHarness(kind, serving: service, limits: limits)
      let peer = try harness.connect()
      peer.send(String(repeating: "[later]\n", count: 10))
      try harness.settle(service)
      #expect(service.slots.count == 4)
      service.handle.answer(service.slots[0], with: Array("done".utf8))
      try harness.settle(service)
      #expect(service.slots.count == 5)
      #expect(peer.text == "done\n")
    }
  }

  @Test(arguments: PollerKind.allCases)
  func `notifications alone are answered with nothing`(_ kind: PollerKind) throws {
    try onLoop { service in
      let harness = try LoopHarness(kind, serving: service)
      let peer = try harness.connect()
      peer.send("[quiet]\n[1]\n")
      try harness.settle(service)
      #expect(peer.text == "re:[1]\n")
    }
  }

  @Test(arguments: PollerKind.allCases)
  func `the loop waits no longer than the next timer`(_ kind: PollerKind) throws {
    try onLoop { service in
      let harness = try LoopHarness(kind, serving: service)
      service.timerMilliseconds = 0
      // Were the timer not asked for, the second turn would wait for ever.
      for _ in 0..<3 { try harness.loop.runTurn(service) }
      #expect(service.turns == 3)
      service.timerMilliseconds = .max
      for _ in 0..<3 { try harness.loop.runTurn(service, waitMilliseconds: 0) }
      #expect(service.turns == 6)
    }
  }

  @Test(arguments: PollerKind.allCases)
  func `stop answers what was read and then ends`(_ kind: PollerKind) throws {
    try onLoop { service in
      let harness = try LoopHarness(kind, serving: service)
      let (one, other) = (try harness.connect(), try harness.connect())
      one.send("[stop]\n[1]\n")
      other.send("[2]\n")
      try harness.loop.runTurn(service, waitMilliseconds: 0)
      #expect(try harness.turn(service) { one.text.hasSuffix("re:[1]\n") })
      #expect(other.text == "re:[2]\n")
      try harness.settle(service)
      one.receive()
      other.receive()
      #expect(one.hasEnded && other.hasEnded)
      #expect(harness.loop.result == nil)
      one.hangUp()
      other.hangUp()
      #expect(try harness.loop.run(service) == .requested)
      #expect(service.closed == [.requested, .requested])
    }
  }

  @Test(arguments: PollerKind.allCases)
  func `stop does not wait for ever`(_ kind: PollerKind) throws {
    try onLoop { service in
      let harness = try LoopHarness(kind, serving: service)
      let peer = try harness.connect()
      peer.send("[later]\n")
      try harness.settle(service)
      service.handle.stop()
      try harness.settle(service)
      #expect(harness.loop.result == nil)
      harness.clock.advance(milliseconds: TransportLimits().stopMilliseconds)
      try harness.settle(service)
      #expect(harness.loop.result == .requested)
    }
  }

  @Test(arguments: PollerKind.allCases)
  func `a connection can be closed from this side`(_ kind: PollerKind) throws {
    try onLoop { service in
      let harness = try LoopHarness(kind, serving: service)
      let peer = try harness.connect()
      peer.send("[close]\n")
      try harness.settle(service)
      #expect(peer.text == "re:[close]\n")
      #expect(peer.hasEnded)
      peer.hangUp()
      try harness.settle(service)
      #expect(service.closed == [.requested])
    }
  }
}
