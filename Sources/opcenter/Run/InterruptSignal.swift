import Dispatch
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Notes that Ctrl-C or SIGTERM came, so that a run can end with what it has.
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
    sources = [SIGINT, SIGTERM].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler { flag.isSet.store(true, ordering: .releasing) }
      source.resume()
      return source
    }
  }
}
