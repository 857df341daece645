import JSONRPC

/// Jobs that their caller no longer waits for. Only jobs: everything else is answered within its
/// turn, before anybody could give it up.
extension OperationCenter {
  package func isCancellation(_ frame: ArraySlice<UInt8>) -> Bool {
    dispatcher.isCancellation(frame)
  }

  /// A cancelled job is answered in its place. Ids mean the caller's own requests, on this connection.
  func cancel(_ id: RequestID, begun: [JobToken]) {
    for job in begun { drop(job) }
    for job in jobs.jobs(for: call.connection) where jobs.answers(job, id) { cancel(job) }
  }

  /// For a connection that this side ends: it ends once everything on it is answered.
  func cancelJobs(of connection: UInt64) {
    for job in jobs.jobs(for: connection) where !job.isChange { cancel(job) }
  }

  /// For a connection that is gone. What it asked to be changed is changed all the same.
  func forgetJobs(of connection: UInt64) {
    for job in jobs.jobs(for: connection) {
      if !job.isChange { drop(job) }
      jobs.forget(job)
    }
  }

  private func cancel(_ job: JobToken) {
    drop(job)
    refuse(job, with: .requestCancelled)
  }

  /// A snapshot that is being written goes on, since the next start is glad of it.
  private func drop(_ job: JobToken) {
    requestCounts.finish(job, isRefused: true)
    snapshots.drop(job)
    workQueues.drop(job)
    webhookWork.drop(job)
  }
}
