import JSONRPC
import Testing

@testable import Transports

@Suite struct PeerEndTests {
  @Test(arguments: PollerKind.allCases)
  func `a peer that has finished sending gets its answers`(_ kind: PollerKind) throws {
    try onLoop { service in
      let harness = try LoopHarness(kind, serving: service)
      let peer = try harness.connect()
      peer.send("[1]\n[later]\n[unterminated]")
      peer.finishSending()
      try harness.settle(service)
      #expect(peer.text == "re:[1]\n")
      #expect(!peer.hasEnded)
      service.handle.answer(service.slots[0], with: Array("late".utf8))
      try harness.settle(service)
      #expect(peer.text == "re:[1]\nlate\nre:[unterminated]\n")
      #expect(peer.hasEnded)
      #expect(service.closed == [.endOfInput])
    }
  }

  @Test(arguments: PollerKind.allCases)
  func `a command of a peer that dies is carried out once`(_ kind: PollerKind) throws {
    try onLoop { service in
      let harness = try LoopHarness(kind, serving: service)
      let peer = try harness.connect()
      peer.send("[1]\n")
      peer.hangUp()
      try harness.settle(service)
      #expect(service.frames == ["[1]"])
      #expect(service.closed.count == 1)
    }
  }

  @Test(
    arguments: [
      "GET / HTTP/1.1\r\n\r\n[1]\n", "POST / HTTP/1.1\r\nContent-Length: 4\r\n\r\n[1]\n",
      "HEAD / HTTP/1.1\r\n",
      "\u{16}\u{3}\u{1}", "7\n[1]\n",
    ], PollerKind.allCases)
  func `another protocol is closed and nothing of it executed`(
    _ text: String, _ kind: PollerKind
  ) throws {
    try onLoop { service in
      let harness = try LoopHarness(kind, serving: service)
      let (foreign, ours) = (try harness.connect(), try harness.connect())
      foreign.send(text)
      ours.send("[2]\n")
      try harness.settle(service)
      #expect(foreign.text == "")
      #expect(foreign.hasEnded)
      #expect(service.frames == ["[2]"])
      #expect(ours.text == "re:[2]\n")
      guard case .foreign = service.closed.first else {
        Issue.record("closed for \(service.closed)")
        return
      }
    }
  }

  @Test(arguments: PollerKind.allCases)
  func `broken header lines are answered, and what follows is thrown away`(
    _ kind: PollerKind
  ) throws {
    try onLoop { service in
      let harness = try LoopHarness(kind, serving: service)
      let peer = try harness.connect()
      peer.send("Content-Length: 99999999999999999999\r\n\r\n[1]\n")
      try harness.settle(service)
      peer.send("[2]\n")
      try harness.settle(service)
      #expect(peer.text.contains("\"code\":1004"))
      #expect(peer.hasEnded)
      #expect(service.frames.isEmpty)
      #expect(service.closed.isEmpty)
      harness.clock.advance(milliseconds: TransportLimits().lingerMilliseconds)
      try harness.settle(service)
      #expect(service.closed == [.brokenFraming])
    }
  }

  @Test(arguments: PollerKind.allCases)
  func `a message over the limit is refused and the next one served`(_ kind: PollerKind) throws {
    try onLoop { service in
      let harness = try LoopHarness(kind, serving: service)
      let peer = try harness.connect()
      var bytes = [UInt8](repeating: UInt8(ascii: "["), count: Limits.standard.frameBytes + 1)
      bytes += Array("\n[1]\n".utf8)
      var sent = 0
      #expect(
        try harness.turn(service) {
          sent += peer.send(Array(bytes[sent...]))
          return peer.text.hasSuffix("re:[1]\n")
        })
      #expect(peer.text.contains("\"code\":1004"))
      #expect(service.frames == ["[1]"])
    }
  }

  @Test(arguments: PollerKind.allCases)
  func `a message must arrive in time`(_ kind: PollerKind) throws {
    try onLoop { service in
      let harness = try LoopHarness(kind, serving: service)
      let (slow, idle) = (try harness.connect(), try harness.connect())
      idle.send("[1]\n")
      slow.send("[2]\n[")
      try harness.settle(service)
      let limit = TransportLimits().frameMilliseconds
      harness.clock.advance(milliseconds: limit - 1)
      slow.send("3")
      try harness.settle(service)
      #expect(service.closed.isEmpty)
      harness.clock.advance(milliseconds: 1)
      try harness.settle(service)
      #expect(service.closed == [.frameTooSlow])
      #expect(!idle.hasEnded)
      idle.send("[4]\n")
      try harness.settle(service)
      #expect(idle.text == "re:[1]\nre:[4]\n")
    }
  }

  @Test(arguments: PollerKind.allCases)
  func `every message has its own time`(_ kind: PollerKind) throws {
    try onLoop { service in
      let harness = try LoopHarness(kind, serving: service)
      let peer = try harness.connect()
      peer.send("[")
      for _ in 0..<5 {
        try harness.settle(service)
        harness.clock.advance(milliseconds: TransportLimits().frameMilliseconds - 1)
        peer.send("1]\n[")
      }
      try harness.settle(service)
      #expect(service.closed.isEmpty)
      #expect(service.frames.count == 5)
    }
  }

  @Test(arguments: PollerKind.allCases)
  func `a message may take as long as it makes progress`(_ kind: PollerKind) throws {
    try onLoop { service in
      let limits = TransportLimits()
      let harness = try LoopHarness(kind, serving: service)
      let (slow, stalling) = (try harness.connect(), try harness.connect())
      let part = String(repeating: "1", count: limits.frameProgressBytes / 10)
      slow.send("[")
      stalling.send("[")
      try harness.settle(service)
      for second in 1...40 {
        slow.send(part)
        // Nothing in the third time of ten seconds but one byte too few.
        stalling.send(second <= 20 ? part : second == 30 ? String(part.dropLast()) : "")
        if (21...29).contains(second) { stalling.send(part) }
        try harness.settle(service)
        harness.clock.advance(milliseconds: limits.frameMilliseconds / 10)
        try harness.settle(service)
        #expect(service.closed == (second < 30 ? [] : [.frameTooSlow]), "second \(second)")
      }
      slow.send("]\n")
      try harness.settle(service)
      #expect(slow.text.hasPrefix("re:[111"))
      #expect(service.turnedAway == [.frameTooSlow])
    }
  }

  @Test(arguments: PollerKind.allCases)
  func `a peer that has finished sending is told the last word first`(_ kind: PollerKind) throws {
    try onLoop { service in
      service.owes = true
      let harness = try LoopHarness(kind, serving: service)
      let peer = try harness.connect()
      peer.send("[subscribe]\n[later]\n")
      peer.finishSending()
      try harness.settle(service)
      #expect(service.ended.isEmpty, "an answer is still awaited")
      service.handle.answer(service.slots[0], with: Array("late".utf8))
      try harness.settle(service)
      #expect(service.ended.count == 1)
      #expect(!peer.hasEnded && service.closed.isEmpty)
      let found = service.subscriber
      let subscriber = try #require(found)
      service.handle.send(Array("last".utf8), to: subscriber)
      try harness.settle(service)
      #expect(service.closed.isEmpty)
      service.handle.close(subscriber)
      try harness.settle(service)
      #expect(peer.text.hasSuffix("late\nlast\n"))
      #expect(peer.hasEnded)
      #expect(service.ended.count == 1)
      #expect(service.closed == [.endOfInput])
    }
  }
}
