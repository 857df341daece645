import CampaignEngine
import JSONRPC

/// Work on another thread, on a copy of the state or on none, while commands go on. Each piece keeps a
/// core busy, so it waits for the one before it.
struct WorkQueue {
  enum Kind: Sendable {
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

  var waiting: [Entry] = []
  var running: (job: JobToken, stop: StopFlag)?

  /// Work that runs ends soon, and what it has found is thrown away.
  mutating func drop(_ job: JobToken) {
    waiting.removeAll { $0.job == job }
    if let running, running.job == job { running.stop.set() }
  }
}
