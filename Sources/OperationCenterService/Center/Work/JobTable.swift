import JSONRPC

/// Calls that are answered in a later turn: their numbers, and the answers that wait for them.
struct JobTable: Sendable {
  private var held: [JobToken: HeldAnswer] = [:]
  private var nextNumber: UInt64 = 1

  /// - Parameter isChange: later requests of the caller rely on it.
  mutating func begin(isChange: Bool) -> JobToken {
    defer { nextNumber += 1 }
    return JobToken(rawValue: nextNumber, isChange: isChange)
  }

  /// Keeps an answer until its jobs are done.
  mutating func hold(_ answer: WaitingAnswer, at place: ReplyPlace) {
    for waiting in answer.waiting {
      held[waiting.job] = HeldAnswer(answer: answer, place: place)
    }
  }

  /// Fills in what a job has to say; nothing happens where nobody waits any more.
  /// - Returns: the answer, once it is whole.
  mutating func settle(
    _ job: JobToken, _ fill: (inout WaitingAnswer) -> Void
  ) -> (place: ReplyPlace, body: [UInt8])? {
    guard var settled = held.removeValue(forKey: job) else { return nil }
    fill(&settled.answer)
    for waiting in settled.answer.waiting { held[waiting.job] = settled }
    return settled.answer.completed.map { (settled.place, $0) }
  }

  var count: Int { held.count }

  /// In the order of their calls.
  func jobs(for connection: UInt64) -> [JobToken] {
    held.filter { $0.value.place.connection == connection }.map(\.key)
      .sorted { $0.rawValue < $1.rawValue }
  }

  /// Whether a job answers the request of this id.
  func answers(_ job: JobToken, _ id: RequestID) -> Bool {
    held[job]?.answer.waiting.contains { $0.job == job && $0.id.hasSameValue(as: id) } ?? false
  }

  /// Nobody is there any more to be answered.
  mutating func forget(_ job: JobToken) { held[job] = nil }
}

/// The place of a reply among those of its connection; whoever carries bytes knows what it means.
package struct ReplyPlace: Hashable, Sendable {
  package let connection: UInt64
  package let number: UInt64

  package init(connection: UInt64, number: UInt64) {
    (self.connection, self.number) = (connection, number)
  }
}

/// An answer that waits for jobs, and where it goes once it is whole.
private struct HeldAnswer: Sendable {
  var answer: WaitingAnswer
  let place: ReplyPlace
}
