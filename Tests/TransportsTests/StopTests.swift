import Testing

@testable import Transports

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// One after another: signals belong to the process.
@Suite(.serialized) struct StopTests {
  @Test(arguments: PollerKind.allCases)
  func `a signal answers what was read and then ends the loop`(_ kind: PollerKind) throws {
    try onLoop { service in
      let harness = try LoopHarness(kind, serving: service)
      harness.loop.stopOnSignals([SIGTERM, SIGINT])
      let peer = try harness.connect()
      peer.send("[later]\n[1]\n")
      try harness.settle(service)
      kill(getpid(), SIGTERM)
      #expect(try harness.turn(service) { harness.loop.stopReason != nil })
      service.handle.answer(service.slots[0], with: Array("late".utf8))
      try harness.settle(service)
      #expect(peer.text == "late\nre:[1]\n")
      peer.hangUp()
      #expect(try harness.loop.run(service) == .signal(SIGTERM))
    }
  }

  @Test(arguments: PollerKind.allCases)
  func `a second signal ends it at once`(_ kind: PollerKind) throws {
    try onLoop { service in
      let harness = try LoopHarness(kind, serving: service)
      harness.loop.stopOnSignals([SIGINT])
      let peer = try harness.connect()
      peer.send("[later]\n")
      try harness.settle(service)
      kill(getpid(), SIGINT)
      #expect(try harness.turn(service) { harness.loop.stopReason != nil })
      #expect(harness.loop.result == nil)
      kill(getpid(), SIGINT)
      #expect(try harness.turn(service) { harness.loop.result == .signal(SIGINT) })
    }
  }

  /// Whatever keeps it: here it does not turn at all.
  @Test func `a second signal ends the process also where the loop is held up`() async {
    await #expect(processExitsWith: .exitCode(4)) {
      try onLoop { service in
        let harness = try LoopHarness(.native, serving: service)
        harness.loop.stopOnSignals([SIGTERM], isLast: true)
        // Two that come at once may be one.
        while true {
          kill(getpid(), SIGTERM)
          sched_yield()
        }
      }
    }
  }

  @Test func `a signal has its former meaning once the loop is gone`() throws {
    var before = sigaction()
    sigaction(SIGTERM, nil, &before)
    try onLoop { service in
      let harness = try LoopHarness(.native, serving: service)
      harness.loop.stopOnSignals([SIGTERM])
      var during = sigaction()
      sigaction(SIGTERM, nil, &during)
      #expect(address(of: during) != address(of: before))
    }
    var after = sigaction()
    sigaction(SIGTERM, nil, &after)
    #expect(address(of: after) == address(of: before))
  }

  @Test func `a signal after the last loop changes nothing, and nohup holds`() throws {
    var before = (term: sigaction(), hup: sigaction())
    sigaction(SIGTERM, nil, &before.term)
    sigaction(SIGHUP, nil, &before.hup)
    defer {
      sigaction(SIGTERM, &before.term, nil)
      sigaction(SIGHUP, &before.hup, nil)
    }
    signal(SIGHUP, SIG_IGN)
    try onLoop { service in
      let harness = try LoopHarness(.native, serving: service)
      harness.loop.stopOnSignals([SIGTERM, SIGHUP], isLast: true)
      kill(getpid(), SIGHUP)
      try harness.settle(service)
      #expect(harness.loop.stopReason == nil)
    }
    kill(getpid(), SIGTERM)
    // It would have ended this process.
    var after = sigaction()
    sigaction(SIGTERM, nil, &after)
    #expect(address(of: after) == unsafeBitCast(SIG_IGN, to: UInt.self))
  }

  @Test(arguments: PollerKind.allCases)
  func `the death of a watched process ends the loop though nothing was closed`(
    _ kind: PollerKind
  ) throws {
    try onLoop { service in
      let child = try spawnSleeper()
      let harness = try LoopHarness(kind, serving: service)
      try harness.loop.stopWithProcess(child)
      try harness.settle(service)
      #expect(harness.loop.stopReason == nil)
      kill(child, SIGKILL)
      #expect(try harness.loop.run(service) == .processEnded)
      var status: Int32 = 0
      waitpid(child, &status, 0)
    }
  }

  @Test func `a process that does not exist cannot be watched`() throws {
    let child = try spawnSleeper()
    kill(child, SIGKILL)
    var status: Int32 = 0
    waitpid(child, &status, 0)
    #expect(throws: SystemError.self) { try ProcessWatch(child) }
  }

  @Test func `writing where nobody reads or past a size limit ends no process`() throws {
    try onLoop { service in
      _ = try LoopHarness(.native, serving: service)
      kill(getpid(), SIGPIPE)
      kill(getpid(), SIGXFSZ)
      // Both would have ended this process.
      #expect(service.log.isEmpty)
    }
  }

  private func address(of action: sigaction) -> UInt {
    #if canImport(Glibc)
      unsafeBitCast(action.__sigaction_handler.sa_handler, to: UInt.self)
    #else
      unsafeBitCast(action.__sigaction_u.__sa_handler, to: UInt.self)
    #endif
  }

  private func spawnSleeper() throws -> pid_t {
    var child = pid_t()
    let arguments: [UnsafeMutablePointer<CChar>?] = [strdup("/bin/sleep"), strdup("1000"), nil]
    defer { for argument in arguments { free(argument) } }
    let code = posix_spawn(&child, "/bin/sleep", nil, nil, arguments, environ)
    guard code == 0 else { throw SystemError("posix_spawn", code: code) }
    return child
  }
}
