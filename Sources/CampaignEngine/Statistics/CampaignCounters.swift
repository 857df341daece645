import Wire

/// A campaign's numbers, kept by `apply` so that reading them costs nothing. Arrays are indexed by
/// the position of the state in its enumeration.
package struct CampaignCounters: WireObject, Equatable {
  package var executions = Array(repeating: 0, count: ExecutionStatus.allCases.count)
  package var waitingFor = Array(repeating: 0, count: WaitKind.allCases.count)
  package var phases = Array(repeating: 0, count: Phase.allCases.count)
  package var messages = Array(repeating: 0, count: MessageStatus.allCases.count)
  package var outcomes: [SymbolCount] = []
  package var skipped: [SymbolCount] = []
  package var funnel: [FunnelCount] = []
  var stored = StoredSums()
  package var inboundRouted = 0
  package var inboundUnrouted = 0
  package var estimatedMicros: Int64 = 0
  package var billedMicros: Int64 = 0
  package var savedMicros: Int64 = 0
  package var unpricedMessages = 0
  /// Messages sent in each of the last two minutes, for the rate.
  package var sentMinute: Int64 = 0
  package var sentThisMinute = 0
  package var sentLastMinute = 0
  /// Outbound messages by what they have in common.
  package var cells: [MessageCell] = []
  package var errors: [ErrorCount] = []
  /// The audience by category and events, with the answers for each event.
  package var categories: [CategoryCount] = []
  package var timeline = Timeline()
  /// Attempts that were taken beside another of the same message.
  package var duplicateAccepted = 0
  package var inboundByDisposition = Array(repeating: 0, count: Disposition.allCases.count)

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("executions", &executions, "By status.")
    try visit.field("waiting_for", &waitingFor, "By kind of wait.")
    try visit.field("phases", &phases, "By phase.")
    try visit.field("messages", &messages, "By status.")
    try visit.field("outcomes", &outcomes, "By outcome.")
    try visit.field("skipped", &skipped, "By reason.")
    try visit.field("funnel", &funnel, "By node.")
    try visit.field("guests_by_rsvp", &stored.guestsByRSVP, "Audience by answer.")
    try visit.field("heads_invited", &stored.headsInvited, "Party sizes of the audience.")
    try visit.field("heads_attending", &stored.headsAttending, "Attending counts of the audience.")
    try visit.field(
      "inbound_routed", &inboundRouted, "Inbound messages that found their execution.")
    try visit.field("inbound_unrouted", &inboundUnrouted, "Those that did not.")
    try visit.field("estimated", &estimatedMicros, "Cost, with what is on its way.")
    try visit.field("billed", &billedMicros, "Cost of what was delivered.")
    try visit.field("saved", &savedMicros, "What free text saved.")
    try visit.field("unpriced", &unpricedMessages, "Messages without a price.")
    try visit.field("sent_minute", &sentMinute, "Minute of the newest count.")
    try visit.field("sent_this_minute", &sentThisMinute, "Sent in it.")
    try visit.field("sent_last_minute", &sentLastMinute, "Sent in the minute before.")
    try visit.field("cells", &cells, "Outbound messages by group.")
    try visit.field("errors", &errors, "Failures by error.")
    try visit.field("categories", &categories, "Guests by category.")
    try visit.field("timeline", &timeline, "What happened when.")
    try visit.field("duplicate_accepted", &duplicateAccepted, "Attempts taken beside another.")
    try visit.field(
      "inbound_by_disposition", &inboundByDisposition, "Inbound, by what became of it.")
  }

  package var audience: Int { executions.reduce(0, +) }

  /// Executions that have not ended.
  package var open: Int {
    ExecutionStatus.allCases.enumerated().reduce(0) {
      $1.element.isEnded ? $0 : $0 + executions[$1.offset]
    }
  }

  package mutating func countSent(at time: Timestamp) {
    let minute = time.milliseconds / 60_000
    if minute != sentMinute {
      sentLastMinute = minute == sentMinute + 1 ? sentThisMinute : 0
      sentThisMinute = 0
      sentMinute = minute
    }
    sentThisMinute += 1
  }

  package func sentLastMinute(at time: Timestamp) -> Int {
    switch time.milliseconds / 60_000 - sentMinute {
    case 0: sentLastMinute
    case 1: sentThisMinute
    default: 0
    }
  }
}

/// Sums over the categories as they were before guests were invited to single events. Nobody reads them, but
/// they stand in what was stored, whose digests are compared.
struct StoredSums: Equatable, Sendable {
  var guestsByRSVP = Array(repeating: 0, count: RSVP.allCases.count)
  var headsInvited: Int64 = 0
  var headsAttending: Int64 = 0
}

package struct SymbolCount: WireObject, Equatable {
  package var symbol = Symbol.none
  package var count = 0
  package init() {}
  package init(symbol: Symbol, count: Int) { (self.symbol, self.count) = (symbol, count) }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("symbol", &symbol, "What is counted.")
    try visit.field("count", &count, "How many.")
  }
}

extension [SymbolCount] {
  /// Zero counts are dropped, so equal histories give equal counters.
  mutating func add(_ symbol: Symbol, _ difference: Int) {
    if let index = firstIndex(where: { $0.symbol == symbol }) {
      self[index].count += difference
      if self[index].count == 0 { remove(at: index) }
    } else {
      let index = firstIndex { $0.symbol > symbol } ?? count
      insert(SymbolCount(symbol: symbol, count: difference), at: index)
    }
  }
}

/// Visits of one node: `entered` = `inside` + `passed` + `failed` + `stopped`.
package struct FunnelCount: WireObject, Equatable {
  package var entered = 0
  package var inside = 0
  package var passed = 0
  package var failed = 0
  package var stopped = 0
  /// Dwell times of the visits that passed, in buckets by powers of two milliseconds.
  package var dwell: [Int] = []
  /// The visits that passed, by the number of the way out.
  package var handles: [Int] = []

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("entered", &entered, "Visits.")
    try visit.field("inside", &inside, "Going on.")
    try visit.field("passed", &passed, "Left by a way out.")
    try visit.field("failed", &failed, "Ended in failure.")
    try visit.field("stopped", &stopped, "Cancelled, skipped or reset here.")
    try visit.field("dwell", &dwell, "Histogram of dwell times.")
    try visit.field("handles", &handles, "Passed, by way out.")
  }

  package mutating func count(_ step: Step, _ difference: Int) {
    entered += difference
    switch step.exit {
    case .inside: inside += difference
    case .passed:
      passed += difference
      Self.count(difference, at: Int(step.handle), in: &handles)
      countDwell(step.leftAt - step.enteredAt, difference)
    case .failed: failed += difference
    case .stopped: stopped += difference
    }
  }

  private mutating func countDwell(_ span: TimeSpan, _ difference: Int) {
    Self.count(difference, at: Self.bucket(of: span), in: &dwell)
  }

  /// Zeros at the end are dropped, so equal histories give equal counters.
  private static func count(_ difference: Int, at place: Int, in counts: inout [Int]) {
    while counts.count <= place { counts.append(0) }
    counts[place] += difference
    while counts.last == 0 { counts.removeLast() }
  }

  /// How many left by a way out.
  package func passed(by handle: Int) -> Int {
    handles.indices.contains(handle) ? handles[handle] : 0
  }

  /// Bucket n holds spans of at most 2^n milliseconds.
  static func bucket(of span: TimeSpan) -> Int {
    let milliseconds = UInt64(max(span.milliseconds, 0))
    return milliseconds <= 1 ? 0 : 64 - (milliseconds - 1).leadingZeroBitCount
  }

  /// Upper bound of the bucket in which the middle visit lies; nil before the first.
  package var dwellMedianMilliseconds: Int64? { dwellMilliseconds(percent: 50) }

  /// Upper bound of the bucket that holds the last of this share of the visits, the shortest first.
  package func dwellMilliseconds(percent: Int) -> Int64? {
    let total = dwell.reduce(0, +)
    guard total > 0 else { return nil }
    var seen = 0
    for (bucket, count) in dwell.enumerated() {
      seen += count
      if seen * 100 >= total * percent { return 1 << Int64(min(bucket, 62)) }
    }
    return nil
  }
}
