import CampaignEngine
import JSONRPC

/// Work on another thread, on a copy of the state or on none, while commands go on. Each piece keeps a
/// core busy, so it waits for the one before it.
struct WorkQueue {
  enum Kind: CaseIterable, Sendable {
    /// Large bodies are checked: some hundredths of a second.
    case webhook
    /// Guests are counted for what a call is about to change.
    case counting
    /// Long lists are read for whoever wants to see them.
    case reading
    /// Campaigns are played: a minute at most.
    case forecast

    /// Pieces that wait at most.
    var longest: Int {
      switch self {
      case .webhook: 16
      case .counting: 32
      case .reading: 32
      case .forecast: 4
      }
    }

    var noun: String {
      switch self {
      case .webhook: "large webhooks"
      case .counting: "counts of long lists"
      case .reading: "reads of long lists"
      case .forecast: "forecasts"
      }
    }
  }

  /// The state of one moment, copied by reference, chunk by chunk.
  struct Copy: Sendable {
    let state: State
    let asOf: AsOf
  }

  /// Runs on the other thread; what it returns then runs on the actor.
  typealias Work = @Sendable (StopFlag) -> Completion
  typealias Completion = @Sendable (isolated OperationCenter) -> Void

  struct Entry {
    let job: JobToken
    /// Takes along what it needs of the state when its turn comes.
    let begin: @Sendable (isolated OperationCenter) -> Work
  }

  fileprivate var waiting: [Entry] = []
  fileprivate var running: (job: JobToken, stop: StopFlag)?
}

/// The queues of all kinds, side by side.
struct WorkQueues {
  private var queues: [WorkQueue.Kind: WorkQueue] = [:]

  func isFull(_ kind: WorkQueue.Kind) -> Bool {
    queues[kind].map { $0.waiting.count >= kind.longest } ?? false
  }

  mutating func append(_ entry: WorkQueue.Entry, to kind: WorkQueue.Kind) {
    queues[kind, default: WorkQueue()].waiting.append(entry)
  }

  /// The next piece of a kind; nil while one runs, and where none waits.
  mutating func begin(_ kind: WorkQueue.Kind) -> (entry: WorkQueue.Entry, stop: StopFlag)? {
    guard var queue = queues[kind], queue.running == nil, !queue.waiting.isEmpty else { return nil }
    let (entry, stop) = (queue.waiting.removeFirst(), StopFlag())
    queue.running = (entry.job, stop)
    queues[kind] = queue
    return (entry, stop)
  }

  mutating func ended(_ kind: WorkQueue.Kind) { queues[kind]?.running = nil }

  /// Work that runs ends soon, and what it has found is thrown away.
  mutating func drop(_ job: JobToken) {
    for kind in WorkQueue.Kind.allCases {
      queues[kind]?.waiting.removeAll { $0.job == job }
      if let running = queues[kind]?.running, running.job == job { running.stop.set() }
    }
  }
}
