import Wire

/// A reminder's numbers, kept by `apply`: matched = skipped + messages.
package struct ReminderCounters: WireObject, Equatable {
  /// By status.
  package var messages = Array(repeating: 0, count: MessageStatus.allCases.count)
  /// By reason.
  package var skipped: [SymbolCount] = []
  package var estimatedMicros: Int64 = 0
  package var billedMicros: Int64 = 0
  package var savedMicros: Int64 = 0
  package var unpricedMessages = 0

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("messages", &messages, "By status.")
    try visit.field("skipped", &skipped, "By reason.")
    try visit.field("estimated", &estimatedMicros, "Cost, with what is on its way.")
    try visit.field("billed", &billedMicros, "Cost of what was delivered.")
    try visit.field("saved", &savedMicros, "What free text saved.")
    try visit.field("unpriced", &unpricedMessages, "Messages without a price.")
  }

  package subscript(status: MessageStatus) -> Int { messages[status.index] }

  package var matched: Int {
    messages.reduce(0, +) + skipped.reduce(0) { $0 + $1.count }
  }

  /// Messages that we still have to send.
  package var open: Int { self[.pending] + self[.queued] + self[.sending] }

  /// What became of it once nothing is open. Whoever was skipped with a reason was not meant.
  var outcome: ReminderStatus {
    let lost = self[.failed] + self[.suppressed] + self[.cancelled]
    let went = messages.reduce(0, +) - open - lost
    if went > 0 { return lost == 0 ? .sent : .partlySent }
    return self[.failed] > 0 ? .failed : .skipped
  }
}

extension MessageTally {
  func count(_ difference: Int, in counters: inout ReminderCounters) {
    counters.messages[status.index] += difference
    counters.estimatedMicros += Int64(difference) * cost.estimatedMicros
    counters.billedMicros += Int64(difference) * cost.billedMicros
    counters.savedMicros += Int64(difference) * cost.savedMicros
    counters.unpricedMessages += difference * cost.unpriced
  }
}
