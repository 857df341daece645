/// Stands in for the thread of an event loop: whoever calls is on it. A service in a test is called
/// by one thread at a time.
final class CallerExecutor: SerialExecutor {
  func enqueue(_ job: consuming ExecutorJob) {
    UnownedJob(job).runSynchronously(on: asUnownedSerialExecutor())
  }

  func asUnownedSerialExecutor() -> UnownedSerialExecutor { UnownedSerialExecutor(ordinary: self) }

  func checkIsolated() {}

  func isIsolatingCurrentContext() -> Bool? { true }
}
