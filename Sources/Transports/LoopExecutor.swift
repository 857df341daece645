import Synchronization

/// Runs an actor on one thread: the one that made it, or the one it was bound to later.
///
/// With a loop on that thread, jobs from elsewhere wake it. Without one, as in a command-line run
/// or a test, the thread's own calls through `assumeIsolated` work as they are, and
/// `runPending()` runs what others have left.
package final class LoopExecutor: SerialExecutor {
  private enum Work {
    case job(UnownedJob)
    case call(@Sendable () -> Void)
  }

  private struct State {
    var work: [Work] = []
    var pipe: WakePipe?
  }

  private let state = Mutex(State())
  private let thread: Atomic<UInt>

  package init() {
    thread = Atomic(Platform.currentThread)
  }

  /// For whoever sets everything up on one thread and runs the loop on another.
  package func bindToCurrentThread() {
    thread.store(Platform.currentThread, ordering: .releasing)
  }

  package var isOnThread: Bool {
    thread.load(ordering: .acquiring) == Platform.currentThread
  }

  package func enqueue(_ job: consuming ExecutorJob) {
    add(.job(UnownedJob(job)))
  }

  /// Runs the call on the thread, at the beginning of the loop's next turn. This is how work done
  /// elsewhere (a sync, an HTTP answer) comes back.
  package func post(_ call: @escaping @Sendable () -> Void) {
    add(.call(call))
  }

  /// Runs what is there. What that leaves behind waits for the next time, so this ends.
  package func runPending() {
    checkIsolated()
    let work = state.withLock { state in
      defer { state.work = [] }
      return state.work
    }
    for item in work {
      switch item {
      case .job(let job): job.runSynchronously(on: asUnownedSerialExecutor())
      case .call(let call): call()
      }
    }
  }

  package func asUnownedSerialExecutor() -> UnownedSerialExecutor {
    UnownedSerialExecutor(ordinary: self)
  }

  package func checkIsolated() {
    precondition(isOnThread, "This actor is pinned to the thread of its event loop.")
  }

  package func isIsolatingCurrentContext() -> Bool? {
    isOnThread
  }

  var hasWork: Bool { state.withLock { !$0.work.isEmpty } }

  /// What ends the loop's waiting from now on.
  func attach(_ pipe: WakePipe?) {
    state.withLock { $0.pipe = pipe }
  }

  /// The thread itself is awake, and looks for work before it waits.
  func wake() {
    if !isOnThread { state.withLock(\.pipe)?.wake() }
  }

  private func add(_ work: Work) {
    state.withLock { $0.work.append(work) }
    wake()
  }
}
