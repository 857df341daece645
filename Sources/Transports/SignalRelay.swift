import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Turns signals into bytes of a wake-up pipe, for one loop of the process at a time. Former
/// handlers come back when it goes, unless the process is about to end anyway. Then a second signal
/// also sets an alarm: whatever keeps the loop from its pipe, a second later the process is gone, as
/// after a crash, which everything on the disk survives.
final class SignalRelay {
  private let pipe: WakePipe
  private var former: [(signal: Int32, action: sigaction)] = []

  private let isLast: Bool

  init(_ signals: [Int32], to pipe: WakePipe, isLast: Bool) {
    (self.pipe, self.isLast) = (pipe, isLast)
    signalsUntilAlarm.store(isLast ? 2 : 0, ordering: .sequentiallyConsistent)
    relayTarget.store(pipe.writeEnd, ordering: .sequentiallyConsistent)
    // A child inherits what its parent's thread has blocked, and then no signal would ever come.
    var unblocked = sigset_t()
    sigemptyset(&unblocked)
    if isLast {
      sigaddset(&unblocked, SIGALRM)
      var action = makeAction(endProcess)
      sigaction(SIGALRM, &action, nil)
    }
    for signal in signals {
      sigaddset(&unblocked, signal)
      var action = makeAction(relay)
      var old = sigaction()
      guard sigaction(signal, &action, &old) == 0 else { continue }
      if signal == SIGHUP, isIgnored(old) {
        // Under nohup the end of the terminal is to change nothing.
        sigaction(signal, &old, nil)
      } else {
        former.append((signal, old))
      }
    }
    pthread_sigmask(SIG_UNBLOCK, &unblocked, nil)
  }

  deinit {
    for (signal, action) in former {
      var action = isLast ? makeAction(SIG_IGN) : action
      sigaction(signal, &action, nil)
    }
    relayTarget.store(-1, ordering: .sequentiallyConsistent)
  }
}

/// Global, since a signal handler is given nothing but the number of its signal.
private let relayTarget = Atomic<Int32>(-1)

/// How many more may come before the alarm is set; 0 where none is.
private let signalsUntilAlarm = Atomic<Int32>(0)

/// Only what is safe in a signal handler: loads, a write, an alarm, and `errno` left as it was.
private func relay(_ signal: Int32) {
  let saved = errno
  var byte = UInt8(truncatingIfNeeded: signal)
  _ = write(relayTarget.load(ordering: .relaxed), &byte, 1)
  if signalsUntilAlarm.load(ordering: .relaxed) > 0,
    signalsUntilAlarm.subtract(1, ordering: .relaxed).newValue == 0
  {
    alarm(1)
  }
  errno = saved
}

/// The exit code is that of a program that a signal has interrupted.
private func endProcess(_ signal: Int32) { _exit(4) }

/// What stands for a handler: a function, or `SIG_IGN`.
private typealias sighandler = (@convention(c) (Int32) -> Void)?

private func isIgnored(_ action: sigaction) -> Bool {
  #if canImport(Glibc)
    let handler = action.__sigaction_handler.sa_handler
  #else
    let handler = action.__sigaction_u.__sa_handler
  #endif
  return unsafeBitCast(handler, to: UInt.self) == unsafeBitCast(SIG_IGN, to: UInt.self)
}

private func makeAction(_ handler: sighandler) -> sigaction {
  var action = sigaction()
  sigemptyset(&action.sa_mask)
  action.sa_flags = SA_RESTART
  #if canImport(Glibc)
    action.__sigaction_handler.sa_handler = handler
  #else
    action.__sigaction_u.__sa_handler = handler
  #endif
  return action
}
