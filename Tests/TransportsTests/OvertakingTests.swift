import JSONRPC
import Testing

@testable import Transports

@Suite struct OvertakingTests {
  private func numbers(_ count: Int) -> [String] { (0..<count).map { "[\($0)]" } }

  private func text(_ frames: [String]) -> String { frames.map { $0 + "\n" }.joined() }

  private func answers(_ frames: [String]) -> String { text(frames.map { "re:\($0)" }) }

  /// In one read with what it may cancel, and in a later one.
  @Test(arguments: PollerKind.allCases, [true, false])
  func `a cancellation is not kept waiting by requests behind a job`(
    _ kind: PollerKind, _ isTogether: Bool
  ) throws {
    try onLoop { service in
      let limits = TransportLimits()
      let harness = try LoopHarness(kind, serving: service)
      let peer = try harness.connect()
      let (numbers, last) = (numbers(limits.requestsPerTurn * 2), ["[quick]", "[end]"])
      peer.send(text(["[later]"] + numbers + (isTogether ? last : [])))
      try harness.settle(service)
      if !isTogether {
        #expect(service.frames.count == limits.requestsPerTurn)
        peer.send(text(last))
        try harness.settle(service)
      }
      #expect(service.frames.count == limits.requestsPerTurn + 1)
      #expect(service.frames.last == "[quick]")
      service.handle.answer(service.slots[0], with: Array("late".utf8))
      try harness.settle(service)
      #expect(peer.text == "late\n" + answers(numbers + ["[end]"]))
      // It keeps its turn as well.
      #expect(service.frames.suffix(2) == ["[quick]", "[end]"])
    }
  }

  @Test(arguments: PollerKind.allCases)
  func `what follows a change is started after it, but what may overtake it is not kept waiting`(
    _ kind: PollerKind
  ) throws {
    try onLoop { service in
      let harness = try LoopHarness(kind, serving: service)
      let peer = try harness.connect()
      let other = try harness.connect()
      peer.send(text(["[1]", "[change]", "[2]", "[quick]", "[change]", "[3]"]))
      try harness.settle(service)
      #expect(service.frames == ["[1]", "[change]", "[quick]"])
      other.send(text(["[other]"]))
      try harness.settle(service)
      #expect(other.text == answers(["[other]"]))
      service.handle.answer(service.slots[0], with: Array("done".utf8))
      try harness.settle(service)
      #expect(peer.text == answers(["[1]"]) + "done\n" + answers(["[2]"]))
      #expect(service.frames.suffix(3) == ["[2]", "[quick]", "[change]"])
      // The end of its input changes nothing about it.
      peer.finishSending()
      try harness.settle(service)
      // One that has nothing to say lets the next begin, too.
      service.handle.answer(service.slots[1], with: nil)
      try harness.settle(service)
      #expect(peer.text.hasSuffix(answers(["[2]", "[3]"])))
    }
  }

  @Test(arguments: PollerKind.allCases)
  func `a cancellation of a peer that does not read is noticed`(_ kind: PollerKind) throws {
    try onLoop { service in
      let harness = try LoopHarness(kind, serving: service)
      let peer = try harness.connect()
      peer.send(text(Array(repeating: "[big]", count: 20)))
      try harness.settle(service)
      #expect(service.frames.last == "congested")
      peer.send("[quick]\n")
      try harness.settle(service)
      #expect(service.frames.last == "[quick]")
    }
  }

  @Test(arguments: PollerKind.allCases)
  func `what waits is bounded, and nothing of it is lost`(_ kind: PollerKind) throws {
    try onLoop { service in
      var limits = TransportLimits()
      (limits.parkedBytes, limits.readBytes) = (8 << 10, 4 << 10)
      let harness = try LoopHarness(kind, serving: service, limits: limits)
      let peer = try harness.connect()
      let numbers = numbers(60_000)
      var rest = Array(text(["[later]"] + numbers).utf8)
      for _ in 0..<20 {
        rest.removeFirst(peer.send(rest))
        try harness.settle(service)
      }
      #expect(!rest.isEmpty)
      let channel = try #require(harness.loop.channels.values.first)
      #expect(channel.connection.parked.cost <= limits.parkedBytes + 1024)
      #expect(channel.connection.decoder.bufferedBytes <= limits.parkedBytes + limits.readBytes)
      service.handle.answer(service.slots[0], with: Array("late".utf8))
      let expected = "late\n" + answers(numbers)
      let isComplete = try harness.turn(service) {
        rest.removeFirst(peer.send(rest))
        peer.receive()
        return peer.received.count >= expected.utf8.count
      }
      #expect(isComplete)
      #expect(peer.text == expected)
      #expect(channel.connection.parked.cost == 0)
    }
  }

  @Test(arguments: PollerKind.allCases)
  func `a peer that is held up and has finished sending gets all its answers`(
    _ kind: PollerKind
  ) throws {
    try onLoop { service in
      let harness = try LoopHarness(kind, serving: service)
      let peer = try harness.connect()
      let numbers = numbers(TransportLimits().requestsPerTurn * 2)
      peer.send(text(["[later]"] + numbers) + "[unterminated]")
      peer.finishSending()
      try harness.settle(service)
      #expect(!peer.hasEnded)
      service.handle.answer(service.slots[0], with: nil)
      try harness.settle(service)
      #expect(peer.text == answers(numbers + ["[unterminated]"]))
      #expect(peer.hasEnded)
    }
  }
}
