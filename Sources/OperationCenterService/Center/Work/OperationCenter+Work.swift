import CampaignEngine
import Dispatch
import JSONRPC
import Wire

extension OperationCenter {
  /// Leaves work to a thread of its own, and goes on with what came of it in a later turn of the loop.
  func onAnotherThread<Found: Sendable>(
    _ work: @escaping @Sendable () -> Found,
    then goOn: @escaping @Sendable (Found, isolated OperationCenter) -> Void
  ) {
    let post = configuration.post
    DispatchQueue.global().async {
      let found = work()
      post { self.assumeIsolated { goOn(found, $0) } }
    }
  }
}

/// Methods that do more than a command may, and so answer later.
extension OperationCenter {
  /// Answers with what is found in a copy of the state.
  func later<Output: WireValue & Sendable>(
    _ kind: WorkQueue.Kind,
    reading read: @escaping @Sendable (WorkQueue.Copy, StopFlag) throws -> Output
  ) throws -> JobStart<Output> {
    try later(kind, begin: Self.begin(read), isChange: false) { found, _ in found }
  }

  /// Changes something after a look at a copy of the state.
  /// - Parameters:
  ///   - read: looks at the copy, on another thread.
  ///   - finish: changes, on the actor; the state may be another since. Not called where the caller has
  ///     given up.
  func later<Found: Sendable, Output: WireValue & Sendable>(
    _ kind: WorkQueue.Kind,
    reading read: @escaping @Sendable (WorkQueue.Copy, StopFlag) throws -> Found,
    then finish: @escaping @Sendable (Found, isolated OperationCenter) throws -> Output
  ) throws -> JobStart<Output> {
    try later(kind, begin: Self.begin(read), isChange: true, then: finish)
  }

  /// The same for work that needs nothing of the state.
  /// - Parameter isChange: later requests of the caller rely on it.
  func later<Found: Sendable, Output: WireValue & Sendable>(
    _ kind: WorkQueue.Kind, isChange: Bool = true,
    working work: @escaping @Sendable () throws -> Found,
    then finish: @escaping @Sendable (Found, isolated OperationCenter) throws -> Output
  ) throws -> JobStart<Output> {
    try later(kind, begin: { _ in { _ in try work() } }, isChange: isChange, then: finish)
  }

  private static func begin<Found: Sendable>(
    _ read: @escaping @Sendable (WorkQueue.Copy, StopFlag) throws -> Found
  ) -> @Sendable (isolated OperationCenter) -> @Sendable (StopFlag) throws -> Found {
    { center in
      let copy = WorkQueue.Copy(state: center.engine.state, asOf: center.asOf)
      return { stop in try read(copy, stop) }
    }
  }

  private func later<Found: Sendable, Output: WireValue & Sendable>(
    _ kind: WorkQueue.Kind,
    begin:
      @escaping @Sendable (isolated OperationCenter) -> @Sendable (StopFlag) throws -> Found,
    isChange: Bool,
    then finish: @escaping @Sendable (Found, isolated OperationCenter) throws -> Output
  ) throws -> JobStart<Output> {
    guard !workQueues.isFull(kind) else {
      throw RPCError.overloaded(
        "\(kind.longest) \(kind.noun) wait already; try again when one of them has ended.")
    }
    let job = jobs.begin(isChange: isChange)
    let name = call.operatorName
    let entry = WorkQueue.Entry(job: job) { center in
      let work = begin(center)
      return { stop in
        let found = Result { try work(stop) }
        return { center in
          center.end(job, of: kind, isGivenUp: stop.isSet, by: name) {
            try finish(found.get(), center)
          }
        }
      }
    }
    workQueues.append(entry, to: kind)
    startWork(kind)
    return .later(job)
  }

  private func startWork(_ kind: WorkQueue.Kind) {
    guard let (entry, stop) = workQueues.begin(kind) else { return }
    let work = entry.begin(self)
    onAnotherThread {
      work(stop)
    } then: { complete, center in
      complete(center)
    }
  }

  private func end<Output: WireValue>(
    _ job: JobToken, of kind: WorkQueue.Kind, isGivenUp: Bool, by name: String?,
    _ answer: () throws -> Output
  ) {
    workQueues.ended(kind)
    if !isGivenUp { finish(job, by: name, answer) }
    startWork(kind)
  }
}
