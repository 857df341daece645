import JSONRPC

/// Requests since the start, by the place of their method in the registry: counting one costs an index
/// into an array.
struct RequestCounts: Sendable {
  struct Count: Sendable {
    var answered = 0
    var refused = 0
  }

  /// One more than there are methods: the last is for what is none.
  private(set) var counts: [Count]
  /// Methods whose jobs have not ended.
  private var jobs: [JobToken: Int] = [:]

  init(methods: Int) { counts = Array(repeating: Count(), count: methods + 1) }

  mutating func count(
    _ course: Dispatcher<OperationCenter>.Course, ofMethodAt place: Int?
  ) {
    let place = place ?? counts.count - 1
    switch course {
    case .answered: counts[place].answered += 1
    case .refused: counts[place].refused += 1
    case .begun(let job): jobs[job] = place
    }
  }

  mutating func finish(_ job: JobToken, isRefused: Bool) {
    guard let place = jobs.removeValue(forKey: job) else { return }
    count(isRefused ? .refused : .answered, ofMethodAt: place)
  }
}
