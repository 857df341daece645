import CampaignEngine
import Foundation
import JSONRPC
import Wire

/// Methods that read more than a command may, and so answer later.
extension OperationCenter {
  /// Answers with what is found in a copy of the state.
  func later<Output: WireValue & Sendable>(
    _ kind: WorkQueue.Kind,
    _ read: @escaping @Sendable (WorkQueue.Copy, StopFlag) throws -> Output
  ) throws -> JobStart<Output> {
    try later(kind, read) { found, _ in found }
  }

  /// - Parameters:
  ///   - read: looks at a copy of the state, on another thread.
  ///   - finish: makes the answer of what was found, on the actor; the state may have changed since.
  ///     Not called where the caller has given up.
  func later<Found: Sendable, Output: WireValue & Sendable>(
    _ kind: WorkQueue.Kind,
    _ read: @escaping @Sendable (WorkQueue.Copy, StopFlag) throws -> Found,
    then finish: @escaping @Sendable (Found, isolated OperationCenter) throws -> Output
  ) throws -> JobStart<Output> {
    guard (workQueues[kind]?.waiting.count ?? 0) < kind.longest else {
      throw RPCError.overloaded(
        "\(kind.longest) \(kind.noun) wait already; try again when one of them has ended.")
    }
    let job = newJob()
    let name = operatorName
    let entry = WorkQueue.Entry(job: job) { copy, stop in
      let found = Result { try read(copy, stop) }
      return { center in
        center.end(job, of: kind, isGivenUp: stop.isSet, by: name) {
          try finish(found.get(), center)
        }
      }
    }
    workQueues[kind, default: WorkQueue()].waiting.append(entry)
    startWork(kind)
    return .later(job)
  }

  private func startWork(_ kind: WorkQueue.Kind) {
    guard var queue = workQueues[kind], queue.running == nil, !queue.waiting.isEmpty else { return }
    let entry = queue.waiting.removeFirst()
    let stop = StopFlag()
    queue.running = (entry.job, stop)
    workQueues[kind] = queue
    let copy = WorkQueue.Copy(state: engine.state, asOf: asOf)
    let post = configuration.post
    Thread.detachNewThread {
      let complete = entry.work(copy, stop)
      post { self.assumeIsolated { complete($0) } }
    }
  }

  private func end<Output: WireValue>(
    _ job: JobToken, of kind: WorkQueue.Kind, isGivenUp: Bool, by name: String?,
    _ answer: () throws -> Output
  ) {
    workQueues[kind]?.running = nil
    if !isGivenUp {
      operatorName = name
      let result = Result { try answer() }
      operatorName = nil
      finish(job, with: result.mapError { error($0, in: kind) })
    }
    startWork(kind)
  }

  private func error(_ error: any Error, in kind: WorkQueue.Kind) -> RPCError {
    if let error = error as? any RPCErrorConvertible { return error.rpcError }
    configuration.log("one of the \(kind.noun) failed inside the service: \(error)")
    return .internalFault
  }

  func dropWork(_ job: JobToken) {
    for kind in workQueues.keys { workQueues[kind]?.drop(job) }
  }
}
