import JSONRPC

/// Jobs that their caller no longer waits for. Only jobs: everything else is answered within its
/// turn, before anybody could give it up.
extension OperationCenter {
  package func isCancellation(_ frame: ArraySlice<UInt8>) -> Bool {
    dispatcher.isCancellation(frame)
  }

  /// A cancelled job is answered in its place. Ids mean the caller's own requests, on this connection.
  func cancel(_ id: RequestID, begun jobs: [JobToken]) {
    for job in jobs { drop(job) }
    for job in jobsHeld(for: caller) {
      let isMeant = heldAnswers[job]?.answer.waiting.contains {
        $0.job == job && $0.id.hasSameValue(as: id)
      }
      if isMeant == true { cancel(job) }
    }
  }

  /// For a connection that this side ends: it ends once everything on it is answered.
  func cancelJobs(of connection: UInt64) {
    for job in jobsHeld(for: connection) where !job.isChange { cancel(job) }
  }

  /// For a connection that is gone. What it asked to be changed is changed all the same.
  func forgetJobs(of connection: UInt64) {
    for job in jobsHeld(for: connection) {
      if !job.isChange { drop(job) }
      heldAnswers[job] = nil
    }
  }

  private func cancel(_ job: JobToken) {
    drop(job)
    refuse(job, with: .requestCancelled)
  }

  private func jobsHeld(for connection: UInt64) -> [JobToken] {
    heldAnswers.filter { $0.value.place.connection == connection }.map(\.key)
      .sorted { $0.rawValue < $1.rawValue }
  }

  /// A snapshot that is being written goes on, since the next start is glad of it.
  private func drop(_ job: JobToken) {
    requestCounts.finish(job, isRefused: true)
    snapshotJobs.removeAll { $0 == job }
    dropWork(job)
    callsAfterWebhooks.removeAll { $0.job == job }
  }
}
