import CampaignEngine
import JSONRPC
import Persistence
import Wire

/// Work that ends after the call that began it.
extension OperationCenter {
  /// Keeps an answer until its jobs are done.
  package func hold(_ answer: WaitingAnswer, at place: ReplyPlace) {
    for waiting in answer.waiting {
      heldAnswers[waiting.job] = HeldAnswer(answer: answer, place: place)
    }
  }

  func newJob(isChange: Bool = false) -> JobToken {
    defer { nextJob += 1 }
    return JobToken(rawValue: nextJob, isChange: isChange)
  }

  func finish(_ job: JobToken, with result: Result<some WireValue, RPCError>) {
    requestCounts.finish(job, isRefused: (try? result.get()) == nil)
    switch result {
    case .success(let output): settle(job) { $0.answer(job, with: output) }
    case .failure(let error): refuse(job, with: error)
    }
  }

  /// Does the rest of a job as the caller who began it.
  func finish<Output: WireValue>(
    _ job: JobToken, by name: String?, _ answer: () throws -> Output
  ) {
    operatorName = name
    let result = Result { try answer() }
    operatorName = nil
    finish(
      job,
      with: result.mapError { error in
        if let error = error as? any RPCErrorConvertible { return error.rpcError }
        configuration.log("a job failed inside the service: \(error.sentence)")
        return .internalFault
      })
  }

  func refuse(_ job: JobToken, with error: RPCError) {
    settle(job) { $0.refuse(job, with: error) }
  }

  /// Nothing happens where nobody waits any more.
  private func settle(_ job: JobToken, _ fill: (inout WaitingAnswer) -> Void) {
    guard var held = heldAnswers.removeValue(forKey: job) else { return }
    fill(&held.answer)
    for waiting in held.answer.waiting { heldAnswers[waiting.job] = held }
    if let body = held.answer.completed { configuration.reply(held.place, body) }
  }

  func requestSnapshot() throws -> JobStart<SnapshotSummary> {
    guard isPersistent else {
      throw Rejection.notReady(
        "This service keeps nothing; start it with --data DIR.", reason: "not_persistent")
    }
    let job = newJob()
    snapshotJobs.append(job)
    return .later(job)
  }

  /// Begins a snapshot unless one is being written. The state is copied by reference, chunk by
  /// chunk, and encoded on another thread while commands go on.
  func startSnapshot() {
    guard !isSnapshotRunning, journal != nil else { return }
    let ticket: SnapshotTicket?
    do {
      ticket = try journal?.beginSnapshot()
    } catch {
      configuration.log("no snapshot could be begun: \(error.sentence)")
      snapshotFailed()
      return finishSnapshots(.failure(.storageFailed(error.sentence)))
    }
    guard let ticket else {
      // Nothing has changed since the last one, which is whole.
      snapshotTally.failuresInARow = 0
      finishErasure()
      forgetDeletedEvents()
      var summary = SnapshotSummary()
      summary.sequence = sequence
      return finishSnapshots(.success(summary))
    }
    isSnapshotRunning = true
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
    isSnapshotRunning = false
    switch outcome {
    case .success(let snapshot):
      snapshotTally.countMade()
      keep(snapshot)
      var summary = SnapshotSummary()
      summary.sequence = snapshot.sequence
      summary.bytes = Int64(snapshot.byteCount)
      finishSnapshots(.success(summary))
    case .failure(let error):
      journal?.snapshotFailed()
      snapshotFailed()
      configuration.log("a snapshot failed; the journal goes on without it: \(error.sentence)")
      finishSnapshots(.failure(.storageFailed(error.sentence)))
    }
  }

  private func snapshotFailed() {
    snapshotTally.countFailed()
    postponeSnapshots()
  }

  func postponeSnapshots() { nextSnapshotAttempt = ContinuousClock.now + .seconds(60) }

  private func keep(_ snapshot: VerifiedSnapshot) {
    defer { forgetDeletedEvents() }
    if let erasureToFinish, erasureToFinish.sequence < snapshot.sequence {
      return finishErasure(by: snapshot)
    }
    do throws(JournalError) {
      try journal?.snapshotFinished(snapshot)
    } catch {
      configuration.log("old files could not be deleted after a snapshot: \(error.sentence)")
    }
  }

  private func finishSnapshots(_ result: Result<SnapshotSummary, RPCError>) {
    let jobs = snapshotJobs
    snapshotJobs = []
    for job in jobs { finish(job, with: result) }
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
