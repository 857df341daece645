import Testing

@testable import Transports

/// One connection by itself: no socket, no clock, no loop.
@Suite struct ConnectionTests {
  @Test func `replies come in the order of their requests, whatever is ready first`() {
    var harness = ConnectionHarness()
    harness.send("[1]\n[later 2]\n[3]\n[later 4]\n[5]\n")
    harness.turn()
    #expect(harness.started == ["[1]", "[later 2]", "[3]", "[later 4]", "[5]"])
    #expect(harness.lines == ["re:[1]"])
    harness.answer(1)
    harness.turn()
    #expect(harness.lines == ["re:[1]"])
    harness.answer(0)
    harness.turn()
    #expect(harness.lines.dropFirst() == ["re:[later 2]", "re:[3]", "re:[later 4]", "re:[5]"])
    #expect(harness.actions.isEmpty)
  }

  @Test func `a change holds up what follows, but not a cancellation`() {
    var harness = ConnectionHarness()
    harness.send("[later change]\n[1]\n[quick]\n")
    harness.turn()
    #expect(harness.started == ["[later change]", "[quick]"])
    #expect(!harness.connection.canGoOn)
    harness.answer(0)
    #expect(harness.connection.canGoOn)
    harness.turn()
    #expect(harness.started.suffix(2) == ["[1]", "[quick]"])
  }

  @Test func `the end of the input is told once, when all of it is answered, and then it closes`() {
    var harness = ConnectionHarness()
    harness.send("[later 1]\n[2]")
    harness.connection.inputEnded()
    harness.turn()
    #expect(harness.started == ["[later 1]", "[2]"])
    #expect(harness.actions.isEmpty)
    harness.answer(0)
    harness.turn()
    #expect(harness.lines == ["re:[later 1]", "re:[2]"])
    #expect(harness.actions == [.noteEndOfInput, .close(.endOfInput)])
  }

  @Test func `whoever is owed a last word stays until it is said`() {
    var harness = ConnectionHarness()
    harness.connection.inputEnded()
    harness.turn(owes: true)
    harness.turn(owes: true)
    #expect(harness.actions == [.noteEndOfInput])
    harness.connection.notify(Array("last".utf8))
    harness.connection.end(owesStrangers: true)
    harness.turn()
    #expect(harness.lines == ["last"])
    #expect(harness.closed == .endOfInput)
  }

  @Test func `a stop tells nobody that their input has ended, and owes strangers nothing`() {
    var known = ConnectionHarness()
    known.connection.inputEnded()
    known.turn(isStopping: true)
    #expect(known.actions == [.close(.endOfInput)])
    var stranger = ConnectionHarness()
    stranger.connection.beginAsStranger(at: 0)
    stranger.connection.end(owesStrangers: false)
    stranger.turn(isStopping: true)
    #expect(stranger.actions == [.close(.requested)])
  }

  /// Over a socket it is waited until the peer has read why; a pipe keeps what was written.
  @Test(arguments: [true, false])
  func `a message that cannot be told from the next is answered, and the last`(_ isSocket: Bool) {
    var harness = ConnectionHarness(isSocket: isSocket)
    harness.send("Content-Length: x\r\n\r\n[1]\n[2]\n")
    harness.turn()
    #expect(harness.started.isEmpty)
    #expect(String(decoding: harness.received, as: UTF8.self).contains("\"error\""))
    if !isSocket {
      #expect(harness.actions == [.close(.brokenFraming)])
      return
    }
    #expect(harness.actions == [.shutOutput])
    // What still comes is thrown away.
    #expect(harness.connection.wantedBytes != nil)
    harness.send("[3]\n")
    harness.turn()
    #expect(harness.started.isEmpty && harness.closed == nil)
    harness.connection.inputEnded()
    harness.turn()
    #expect(harness.closed == .brokenFraming)
  }

  @Test func `a side that cannot be shut is closed at once`() {
    var harness = ConnectionHarness()
    harness.connection.end(owesStrangers: true)
    let first = harness.connection.nextAction(at: 0)
    harness.connection.shutFailed()
    let second = harness.connection.nextAction(at: 0)
    #expect((first, second) == (.shutOutput, .close(.requested)))
  }

  @Test func `each kind of slowness ends it for its own reason, and not before its time`() {
    let limits = TransportLimits()
    let big = "[\(String(repeating: "x", count: limits.congestedBytes))]\n"
    let cases: [(CloseReason, Int64, (inout ConnectionHarness) -> Void)] = [
      (.frameTooSlow, limits.frameMilliseconds, { $0.send("[1") }),
      (.doesNotRead, limits.congestedMilliseconds, { $0.send(big) }),
      (.notAuthenticated, limits.strangerMilliseconds, { $0.connection.beginAsStranger(at: 0) }),
      (.requested, limits.lingerMilliseconds, { $0.connection.end(owesStrangers: true) }),
    ]
    for (reason, milliseconds, begin) in cases {
      var harness = ConnectionHarness()
      begin(&harness)
      harness.turn(reads: 0)
      #expect(harness.deadline == milliseconds, "\(reason)")
      harness.now = milliseconds - 1
      let isDue = harness.connection.advance(to: harness.now)
      #expect(!isDue, "\(reason)")
      harness.turn(reads: 0)
      #expect(harness.closed == nil, "\(reason)")
      harness.passDeadline()
      harness.turn(reads: 0)
      #expect(harness.closed == reason)
    }
  }

  @Test func `a parent process may take its time`() {
    var harness = ConnectionHarness(peer: .standardStreams, isSocket: false)
    harness.send("[\(String(repeating: "x", count: TransportLimits().congestedBytes))]\n[1")
    harness.turn(reads: 0)
    #expect(harness.deadline == nil)
  }

  @Test func `a stranger has one request read, and waits for what it is told`() {
    var harness = ConnectionHarness()
    harness.connection.beginAsStranger(at: 0)
    #expect(harness.connection.wantedBytes == TransportLimits().strangerFrameBytes)
    harness.send("[token wrong]\n[1]\n")
    harness.turn()
    #expect(harness.started == ["[token wrong]"])
    #expect(harness.lines.isEmpty && harness.deadline == 500)
    #expect(harness.connection.wantedBytes == nil)
    harness.passDeadline()
    harness.turn()
    #expect(harness.lines == ["re:[token wrong]"])
    #expect(harness.actions == [.shutOutput])
    #expect(harness.started.count == 1)
  }

  @Test func `a stranger who is let in goes on like everybody`() {
    var harness = ConnectionHarness()
    harness.connection.beginAsStranger(at: 0)
    harness.send("[token right]\n[1]\n")
    harness.turn()
    harness.turn()
    #expect(harness.lines == ["re:[token right]", "re:[1]"])
    #expect(harness.deadline == nil && !harness.connection.isStranger)
  }

  @Test func `who was known and is refused after all gets its answer, and nothing more is started`()
  {
    var harness = ConnectionHarness()
    harness.send("[1]\n[token wrong]\n[2]\n")
    harness.turn()
    #expect(harness.started == ["[1]", "[token wrong]"])
    harness.passDeadline()
    harness.turn()
    #expect(harness.lines == ["re:[1]", "re:[token wrong]"])
    #expect(harness.actions == [.shutOutput] && harness.started.count == 2)
  }

  @Test func `being told too much is the end, being told much is said`() {
    let limits = TransportLimits()
    var harness = ConnectionHarness()
    harness.connection.notify([UInt8](repeating: 120, count: limits.notifiedBytes))
    harness.turn(reads: 0)
    harness.turn()
    #expect(harness.actions == [.tell(.filled), .tell(.drained)])
    harness.connection.notify([UInt8](repeating: 120, count: limits.outputBytes + 1))
    harness.turn()
    #expect(harness.closed == .doesNotRead)
  }
}
