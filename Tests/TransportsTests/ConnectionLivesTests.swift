import TestRandom
import Testing

@testable import Transports

/// Random lives of one connection, against what a peer may rely on.
@Suite struct ConnectionLivesTests {
  private static let words = ["", "later ", "later change ", "quick "]

  @Test(arguments: UInt64(0)..<400)
  func `whatever happens, requests are started once and answered in order`(_ seed: UInt64) {
    var random = Random(seed: seed)
    var limits = TransportLimits()
    // Small, so that a short life meets each of them.
    (limits.requestsPerTurn, limits.parkedBytes, limits.readBytes) = (4, 600, 64)
    (limits.congestedBytes, limits.notifiedBytes) = (120, 60)
    let requests = (0..<random.below(60)).map { "[\(Self.words[random.below(4)])\($0)]" }
    var rest = Array(requests.map { $0 + "\n" }.joined().utf8)[...]
    var harness = ConnectionHarness(limits: limits, isSocket: random.chance(2))
    var notices = 0
    var hasEnded = false
    for _ in 0..<4_000 where harness.closed == nil {
      if let wanted = harness.connection.wantedBytes {
        if rest.isEmpty, !hasEnded, random.chance(4) {
          hasEnded = true
          harness.connection.inputEnded()
        } else if !hasEnded {
          let count = min(random.below(wanted) + 1, rest.count)
          if count > 0 { harness.send(rest.prefix(count)) }
          rest = rest.dropFirst(count)
        }
      }
      if random.chance(3), !harness.awaited.isEmpty {
        harness.answer(random.below(harness.awaited.count))
      }
      if random.chance(8), !hasEnded {
        harness.connection.notify(Array("told \(notices)".utf8))
        notices += 1
      }
      harness.turn(reads: random.below(100))
      #expect(harness.connection.parked.cost <= limits.parkedBytes + 200, "seed \(seed)")
    }
    #expect(harness.closed == .endOfInput, "seed \(seed)")
    check(harness, requests, notices: notices, "seed \(seed)")
  }

  private func check(
    _ harness: ConnectionHarness, _ requests: [String], notices: Int, _ seed: Comment
  ) {
    // A cancellation may have been started ahead of its turn besides.
    #expect(harness.started.filter { !$0.contains("quick") } == requests.filter(isAnswered), seed)
    let quick = requests.filter { !isAnswered($0) }
    for text in quick {
      #expect((1...2).contains(harness.started.filter { $0 == text }.count), seed)
    }
    #expect(
      harness.lines.filter { $0.hasPrefix("re:") }
        == requests.filter(isAnswered).map { "re:\($0)" }, seed)
    #expect(
      harness.lines.filter { $0.hasPrefix("told") } == (0..<notices).map { "told \($0)" }, seed)
    #expect(harness.actions.filter { $0 == .noteEndOfInput }.count == 1, seed)
    alternates(harness, .congested, .relieved, seed)
    alternates(harness, .filled, .drained, seed)
  }

  private func isAnswered(_ request: String) -> Bool { !request.contains("quick") }

  private func alternates(
    _ harness: ConnectionHarness, _ first: Connection.Notice, _ second: Connection.Notice,
    _ seed: Comment
  ) {
    let told = harness.actions.filter { $0 == .tell(first) || $0 == .tell(second) }
    for (index, action) in told.enumerated() {
      #expect(action == .tell(index.isMultiple(of: 2) ? first : second), seed)
    }
  }

  /// Bytes of any kind, time in any steps: it ends, and nothing is asked of the loop after that.
  @Test(arguments: UInt64(0)..<400)
  func `whatever is sent, a peer that is gone leaves nothing behind`(_ seed: UInt64) {
    var random = Random(seed: seed)
    var harness = ConnectionHarness(isSocket: random.chance(2))
    if random.chance(3) { harness.connection.beginAsStranger(at: 0) }
    let pieces = [
      "[1]", "\n", "\r\n", "Content-Length: 3", "Content-Length: -1", "GET / ", "{", "\u{0}",
    ]
    for _ in 0..<random.below(30) where harness.closed == nil {
      if harness.connection.wantedBytes != nil { harness.send(pieces[random.below(pieces.count)]) }
      harness.turn(reads: random.below(200))
      if random.chance(10) { harness.passDeadline() }
    }
    while !harness.awaited.isEmpty { harness.answer(0) }
    for _ in 0..<50 where harness.closed == nil {
      if harness.connection.wantedBytes != nil { harness.connection.inputEnded() }
      harness.turn()
      if harness.closed == nil { harness.passDeadline() }
    }
    #expect(harness.closed != nil, "seed \(seed)")
    #expect(
      harness.actions.filter { if case .close = $0 { true } else { false } }.count == 1,
      "seed \(seed)")
  }
}
