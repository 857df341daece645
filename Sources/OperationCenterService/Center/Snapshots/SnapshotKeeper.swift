import CampaignEngine
import JSONRPC

/// When a snapshot is due, who waits for one, and how they have gone. It touches no file: whoever owns the
/// journal asks it, and tells it what came of it.
struct SnapshotKeeper: Sendable {
  private(set) var tally = SnapshotTally()
  /// Another thread writes one.
  private(set) var isRunning = false
  /// As long as older files may still tell of what was erased.
  private(set) var erasure: UnfinishedErasure?
  private var waiting: [JobToken] = []
  /// After a failure, none is begun by itself and no file deleted before this.
  private var nextAttempt: ContinuousClock.Instant
  static let pause = Duration.seconds(60)

  init(erasure: UnfinishedErasure?, at now: ContinuousClock.Instant) {
    (self.erasure, nextAttempt) = (erasure, now)
  }

  /// Who waits is served at once; what is due by itself waits after a failure, since a disk without room
  /// would fail it in every turn.
  /// - Parameters:
  ///   - bytes: what the journal has grown by since the last one.
  ///   - usual: at how much of that one is made.
  func isDue(after bytes: Int, of usual: Int, at now: ContinuousClock.Instant) -> Bool {
    guard !isRunning else { return false }
    if !waiting.isEmpty { return true }
    return (bytes >= usual || erasure != nil) && now >= nextAttempt
  }

  // MARK: Who waits

  mutating func wait(_ job: JobToken) { waiting.append(job) }

  mutating func drop(_ job: JobToken) { waiting.removeAll { $0 == job } }

  mutating func takeWaiting() -> [JobToken] {
    defer { waiting = [] }
    return waiting
  }

  // MARK: How they go

  mutating func began() { isRunning = true }

  /// Nothing has changed since the last one, which is whole.
  mutating func hadNothingToWrite() { tally.failuresInARow = 0 }

  mutating func succeeded() {
    isRunning = false
    tally.countMade()
  }

  mutating func failed(at now: ContinuousClock.Instant) {
    isRunning = false
    tally.countFailed()
    postpone(until: now + Self.pause)
  }

  mutating func postpone(until moment: ContinuousClock.Instant) { nextAttempt = moment }

  // MARK: Erasures

  /// - Parameter newest: the newest event before the erasure.
  mutating func erased(after newest: UInt64, at now: Timestamp) {
    erasure = UnfinishedErasure(sequence: newest, since: erasure?.since ?? now)
  }

  /// Whether a snapshot makes superfluous all that may tell of what was erased.
  func endsErasure(with sequence: UInt64) -> Bool {
    erasure.map { $0.sequence < sequence } ?? false
  }

  mutating func erasureEnded() { erasure = nil }
}

/// Erasures whose old files are still there.
struct UnfinishedErasure: Sendable {
  /// Newest event before the newest of them.
  let sequence: UInt64
  /// When the oldest of them was.
  let since: Timestamp
}
