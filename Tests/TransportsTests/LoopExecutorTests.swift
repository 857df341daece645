import Synchronization
import Testing

import Transports

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

@Suite struct LoopExecutorTests {
  @Test func `an actor can be entered on its thread without a loop`() {
    let service = TestService(executor: LoopExecutor())
    enter(service)
    #expect(service.assumeIsolated { $0.log } == ["here"])
  }

  @Test func `and nowhere else`() async {
    await #expect(processExitsWith: .failure) {
      let executor = LoopExecutor()
      let service = TestService(executor: executor)
      try await onAnotherThread { executor.bindToCurrentThread() }
      enter(service)
    }
  }

  @Test func `the thread is told apart`() {
    let executor = LoopExecutor()
    let answer = Mutex<Bool??>(nil)
    startThread {
      let found = executor.isIsolatingCurrentContext()
      answer.withLock { $0 = .some(found) }
    }
    // The other thread needs no more than to be scheduled; this one stays alive meanwhile.
    while answer.withLock({ $0 == nil }) { sched_yield() }
    #expect(answer.withLock { $0 } == .some(false))
    #expect(executor.isIsolatingCurrentContext() == true)
  }

  @Test func `what others post runs when the thread asks for it, in order`() {
    let executor = LoopExecutor()
    let order = Mutex<[Int]>([])
    executor.post {
      order.withLock { $0.append(1) }
      executor.post { order.withLock { $0.append(3) } }
    }
    executor.post { order.withLock { $0.append(2) } }
    executor.runPending()
    #expect(order.withLock { $0 } == [1, 2])
    executor.runPending()
    #expect(order.withLock { $0 } == [1, 2, 3])
  }

  @Test(arguments: PollerKind.allCases)
  func `another thread wakes a loop that waits`(_ kind: PollerKind) throws {
    try onLoop { service in
      let harness = try LoopHarness(kind, serving: service)
      let handle = service.handle
      startThread { handle.stop() }
      #expect(try harness.loop.run(service) == .requested)
    }
  }

  @Test(arguments: PollerKind.allCases)
  func `calls from elsewhere reach the actor through the loop`(_ kind: PollerKind) async throws {
    // The loop waits on a thread of its own: the task needs one of those that tests run on.
    let (reason, frames) = try await onAnotherThread {
      try onLoop { service in
        let harness = try LoopHarness(kind, serving: service)
        let (actor, handle) = (service as TestService, service.handle)
        Task.detached {
          await actor.note("from a task")
          handle.stop()
        }
        return (try harness.loop.run(service), service.frames)
      }
    }
    #expect(reason == .requested)
    #expect(frames == ["from a task"])
  }
}

private func enter(_ service: TestService) {
  service.assumeIsolated { $0.note("here") }
}

/// A thread of its own: those of tasks are shared with the tests.
func startThread(_ body: @escaping @Sendable () -> Void) {
  final class Box {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }
  let context = Unmanaged.passRetained(Box(body)).toOpaque()
  #if canImport(Glibc)
    var thread = pthread_t()
    pthread_create(
      &thread, nil,
      { context in
        guard let context else { return nil }
        Unmanaged<Box>.fromOpaque(context).takeRetainedValue().body()
        return nil
      }, context)
    pthread_detach(thread)
  #else
    var thread: pthread_t?
    pthread_create(
      &thread, nil,
      { context in
        Unmanaged<Box>.fromOpaque(context).takeRetainedValue().body()
        return nil
      }, context)
    if let thread { pthread_detach(thread) }
  #endif
}

func onAnotherThread<Result: Sendable>(
  _ body: @escaping @Sendable () throws -> Result
) async throws -> Result {
  try await withCheckedThrowingContinuation { continuation in
    startThread { continuation.resume(with: Swift.Result(catching: body)) }
  }
}
