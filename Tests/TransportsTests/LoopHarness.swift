import Testing

@testable import Transports

/// A loop with a clock that stands still until it is told otherwise.
final class LoopHarness {
  let loop: EventLoop
  let clock: ManualClock

  init(
    _ kind: PollerKind, serving service: isolated TestService,
    limits: TransportLimits = TransportLimits()
  ) throws {
    let clock = ManualClock()
    self.clock = clock
    loop = try EventLoop(
      handle: service.handle, poller: try kind.make(), limits: limits,
      clock: LoopClock { clock.milliseconds })
  }

  /// A new connection over a pair of sockets.
  func connect() throws -> TestPeer {
    let (peer, stream) = try TestPeer.pair()
    loop.addConnection(.address("test"), input: stream, output: stream)
    return peer
  }

  /// Turns until nothing is ready any more.
  func settle(_ service: isolated TestService) throws {
    // A turn that finds nothing leaves the log and the replies as they were; a few in a row are
    // enough for every hand-over between turns. The kernel delivers locally within the call.
    for _ in 0..<8 { try loop.runTurn(service, waitMilliseconds: 0) }
  }

  /// Turns until the condition holds; false if it never does.
  func turn(_ service: isolated TestService, until condition: () -> Bool) throws -> Bool {
    for _ in 0..<10_000 {
      if condition() { return true }
      try loop.runTurn(service, waitMilliseconds: 1)
    }
    return condition()
  }
}
