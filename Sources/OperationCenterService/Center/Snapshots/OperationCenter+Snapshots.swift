import CampaignEngine
import JSONRPC
import Persistence
import Wire

/// Snapshots: the state is copied by reference, chunk by chunk, and encoded on another thread while
/// commands go on.
extension OperationCenter {
  package var isSnapshotRunning: Bool { snapshots.isRunning }

  func requestSnapshot() throws -> JobStart<SnapshotSummary> {
    guard isPersistent else {
      throw Rejection.notReady(
        "This service keeps nothing; start it with --data DIR.", reason: "not_persistent")
    }
    let job = jobs.begin(isChange: false)
    snapshots.wait(job)
    return .later(job)
  }

  /// After a commit.
  func startSnapshotIfDue() {
    let bytes = journal?.bytesSinceSnapshot ?? 0
    if snapshots.isDue(after: bytes, of: configuration.snapshotBytes, at: .now) { startSnapshot() }
  }

  /// Begins a snapshot unless one is being written.
  func startSnapshot() {
    guard !snapshots.isRunning, journal != nil else { return }
    let ticket: SnapshotTicket?
    do {
      ticket = try journal?.beginSnapshot()
    } catch {
      configuration.log("no snapshot could be begun: \(error.sentence)")
      return snapshotFailed(error)
    }
    guard let ticket else {
      snapshots.hadNothingToWrite()
      finishErasure()
      forgetDeletedEvents()
      var summary = SnapshotSummary()
      summary.sequence = sequence
      return answerSnapshots(.success(summary))
    }
    snapshots.began()
    history.beginSegment(at: engine.state.now, by: engine.state.cause)
    let state = engine.state
    onAnotherThread {
      Result { try Self.write(state, to: ticket) }
    } then: { outcome, center in
      center.snapshotEnded(outcome)
    }
  }

  private static func write(_ state: State, to ticket: SnapshotTicket) throws -> VerifiedSnapshot {
    try ticket.write { writer in
      var digest = StableHash()
      try state.encodeSnapshot { tag, payload in
        digest.add(UInt64(payload.count))
        try writer.write(tag: tag.rawValue, payload)
      }
      return digest.value
    }
  }

  private func snapshotEnded(_ outcome: Result<VerifiedSnapshot, any Error>) {
    switch outcome {
    case .success(let snapshot):
      snapshots.succeeded()
      keep(snapshot)
      var summary = SnapshotSummary()
      summary.sequence = snapshot.sequence
      summary.bytes = Int64(snapshot.byteCount)
      answerSnapshots(.success(summary))
    case .failure(let error):
      journal?.snapshotFailed()
      configuration.log("a snapshot failed; the journal goes on without it: \(error.sentence)")
      snapshotFailed(error)
    }
  }

  private func snapshotFailed(_ error: any Error) {
    snapshots.failed(at: .now)
    answerSnapshots(.failure(.storageFailed(error.sentence)))
  }

  private func keep(_ snapshot: VerifiedSnapshot) {
    defer { forgetDeletedEvents() }
    if snapshots.endsErasure(with: snapshot.sequence) { return finishErasure(by: snapshot) }
    do throws(JournalError) {
      try journal?.snapshotFinished(snapshot)
    } catch {
      configuration.log("old files could not be deleted after a snapshot: \(error.sentence)")
    }
  }

  private func answerSnapshots(_ result: Result<SnapshotSummary, RPCError>) {
    for job in snapshots.takeWaiting() { finish(job, with: result) }
  }
}

extension RPCError {
  static func storageFailed(_ message: String) -> RPCError {
    RPCError(message, StorageFailedData())
  }
}

/// A verified snapshot.
package struct SnapshotSummary: WireObject {
  package var sequence: UInt64 = 0
  package var bytes: Int64?

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("sequence", &sequence, "Newest event that it holds.")
    try visit.field(
      "bytes", &bytes, "Size of the file; null where nothing had changed since the last one.")
  }
}
