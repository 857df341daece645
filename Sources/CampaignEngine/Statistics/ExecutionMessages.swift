/// What one execution sent and got, summed up from its messages.
package struct ExecutionMessages: Sendable {
  /// Messages that WhatsApp took.
  package private(set) var sent = 0
  package private(set) var delivered = 0
  package private(set) var read = 0
  package private(set) var failed = 0
  package private(set) var received = 0
  /// Zero where there was none.
  package private(set) var firstSentAt = Timestamp.zero
  package private(set) var lastReplyAt = Timestamp.zero
  package private(set) var estimatedMicros: Int64 = 0
  package private(set) var billedMicros: Int64 = 0
  package private(set) var savedMicros: Int64 = 0
  package private(set) var unpricedMessages = 0

  package init(of execution: ExecutionID, in state: State) {
    for id in state.messages(of: execution) { add(state[id]) }
  }

  private mutating func add(_ row: Message) {
    guard row.direction == .outbound else {
      received += 1
      lastReplyAt = max(lastReplyAt, row.sentAt)
      return
    }
    if row.status.isWithWhatsApp { sent += 1 }
    if row.status.rank >= MessageStatus.delivered.rank, row.status.isWithWhatsApp { delivered += 1 }
    if row.status == .read { read += 1 }
    if row.status == .failed { failed += 1 }
    if row.acceptedAt > .zero, firstSentAt == .zero || row.acceptedAt < firstSentAt {
      firstSentAt = row.acceptedAt
    }
    let cost = CountedCost(row)
    estimatedMicros += cost.estimatedMicros
    billedMicros += cost.billedMicros
    savedMicros += cost.savedMicros
    unpricedMessages += cost.unpriced
  }
}
