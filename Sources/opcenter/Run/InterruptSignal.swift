import Dispatch
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Notes that Ctrl-C or SIGTERM came, so that a run can end with what it has. A second one does not
/// wait for that: the run may be held up by whoever reads its output.
final class InterruptSignal {
  private let flag = Flag()
  private let sources: [any DispatchSourceSignal]

  private final class Flag: Sendable {
    let isSet = Atomic(false)
  }

  var hasCome: Bool { flag.isSet.load(ordering: .acquiring) }

  init() {
    let queue = DispatchQueue(label: "interrupt")
    let flag = flag
    sources = [SIGINT, SIGTERM, SIGHUP].compactMap { number in
      // Under nohup the end of the terminal is to change nothing.
      let isIgnored = isSame(signal(number, SIG_IGN), SIG_IGN)
      if number == SIGHUP, isIgnored { return nil }
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler {
        if flag.isSet.exchange(true, ordering: .acquiringAndReleasing) {
          _exit(ExitCode.interrupted.rawValue)
        }
      }
      source.resume()
      return source
    }
  }
}

private func isSame(_ one: sighandler_t?, _ other: sighandler_t?) -> Bool {
  unsafeBitCast(one, to: UInt.self) == unsafeBitCast(other, to: UInt.self)
}
