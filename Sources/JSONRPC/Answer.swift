import Wire

/// What is to be said to one frame.
package enum Answer: Sendable {
  /// Notifications only, or an answer that nobody asked for.
  case nothing
  case complete([UInt8])
  /// A job has begun. Its place in the order of replies stays free until it answers.
  case waiting(WaitingAnswer)
}

/// The answer to a frame, some of whose requests began jobs. A batch leaves as one frame, so the
/// slowest of its jobs holds it.
package struct WaitingAnswer: Sendable {
  enum Part: Sendable {
    case done([UInt8])
    case waiting(JobToken, id: RequestID)
  }

  private var parts: [Part]
  private let isBatch: Bool
  /// Of the answers that are there.
  private(set) var doneBytes = 0

  init(_ parts: [Part], isBatch: Bool) {
    self.parts = parts
    self.isBatch = isBatch
  }

  mutating func append(_ part: Part) {
    if case .done(let body) = part { doneBytes += body.count }
    parts.append(part)
  }

  var whole: Answer {
    if parts.isEmpty { return .nothing }
    return completed.map(Answer.complete) ?? .waiting(self)
  }

  /// What is still missing. The id is there for cancellations.
  package var waiting: [(job: JobToken, id: RequestID)] {
    parts.compactMap { part in
      if case .waiting(let job, let id) = part { (job, id) } else { nil }
    }
  }

  /// Whether later requests of the caller rely on it.
  package var isChange: Bool { waiting.contains { $0.job.isChange } }

  /// Answers what waits under this id as cancelled, and gives the jobs that nobody waits for now.
  mutating func cancel(_ id: RequestID) -> [JobToken] {
    let jobs = waiting.filter { $0.id.hasSameValue(as: id) }.map(\.job)
    for job in jobs { refuse(job, with: .requestCancelled) }
    return jobs
  }

  package mutating func answer(_ job: JobToken, with output: some WireValue) {
    fill(job) { Response.success(output, id: $0.bytes[...]) }
  }

  package mutating func refuse(_ job: JobToken, with error: RPCError) {
    fill(job) { Response.failure(error, id: $0.bytes[...]) }
  }

  /// The whole answer, once nothing is missing.
  package var completed: [UInt8]? {
    var bodies: [[UInt8]] = []
    for part in parts {
      guard case .done(let body) = part else { return nil }
      bodies.append(body)
    }
    return isBatch ? Self.batch(bodies) : bodies.first
  }

  private mutating func fill(_ job: JobToken, _ body: (RequestID) -> [UInt8]) {
    for index in parts.indices {
      if case .waiting(job, let id) = parts[index] { parts[index] = .done(body(id)) }
    }
  }

  private static func batch(_ bodies: [[UInt8]]) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(bodies.reduce(bodies.count + 2) { $0 + $1.count })
    output.append(UInt8(ascii: "["))
    for (index, body) in bodies.enumerated() {
      if index > 0 { output.append(UInt8(ascii: ",")) }
      output.append(contentsOf: body)
    }
    output.append(UInt8(ascii: "]"))
    return output
  }
}
