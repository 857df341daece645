import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Turns signals into bytes of a wake-up pipe, for one loop of the process at a time. Former
/// handlers come back when it goes.
final class SignalRelay {
  private let pipe: WakePipe
  private var former: [(signal: Int32, action: sigaction)] = []

  init(_ signals: [Int32], to pipe: WakePipe) {
    self.pipe = pipe
    relayTarget.store(pipe.writeEnd, ordering: .sequentiallyConsistent)
    // A child inherits what its parent's thread has blocked, and then no signal would ever come.
    var unblocked = sigset_t()
    sigemptyset(&unblocked)
    for signal in signals {
      sigaddset(&unblocked, signal)
      var action = makeRelayAction()
      var old = sigaction()
      if sigaction(signal, &action, &old) == 0 { former.append((signal, old)) }
    }
    pthread_sigmask(SIG_UNBLOCK, &unblocked, nil)
  }

  deinit {
    for (signal, action) in former {
      var action = action
      sigaction(signal, &action, nil)
    }
    relayTarget.store(-1, ordering: .sequentiallyConsistent)
  }
}

/// Global, since a signal handler is given nothing but the number of its signal.
private let relayTarget = Atomic<Int32>(-1)

/// Only what is safe in a signal handler: a load, a write, and `errno` left as it was.
private func relay(_ signal: Int32) {
  let saved = errno
  var byte = UInt8(truncatingIfNeeded: signal)
  _ = write(relayTarget.load(ordering: .relaxed), &byte, 1)
  errno = saved
}

private func makeRelayAction() -> sigaction {
  var action = sigaction()
  sigemptyset(&action.sa_mask)
  action.sa_flags = SA_RESTART
  #if canImport(Glibc)
    action.__sigaction_handler.sa_handler = relay
  #else
    action.__sigaction_u.__sa_handler = relay
  #endif
  return action
}
