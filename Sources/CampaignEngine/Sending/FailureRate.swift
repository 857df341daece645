import Wire

/// The outcomes of a campaign's newest attempts, a bit each: the breaker looks at them.
package struct FailureRate: WireObject, Equatable {
  package private(set) var count = 0
  /// The newest outcome is the lowest bit of `newer`; a failure is a one.
  private var newer: UInt64 = 0
  private var older: UInt64 = 0

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("count", &count, "Outcomes that are remembered.")
    try visit.field("newer", &newer, "The newest 64.")
    try visit.field("older", &older, "Those before.")
  }

  package mutating func add(isFailure: Bool) {
    older = (older << 1 | newer >> 63) & (1 << UInt64(Limits.breakerOutcomes - 64) - 1)
    newer = newer << 1 | (isFailure ? 1 : 0)
    count = min(count + 1, Limits.breakerOutcomes)
  }

  package var failures: Int { newer.nonzeroBitCount + older.nonzeroBitCount }

  package var isTooHigh: Bool {
    count >= Limits.breakerLeastOutcomes && failures * 100 >= count * Limits.breakerPercent
  }
}

extension ErrorClass {
  /// Failures that say something about us, the number or WhatsApp, not about one recipient. A stopped
  /// template, a stopped sender and a throttled number have means of their own.
  var countsForBreaker: Bool {
    switch self {
    case .transient, .payload, .unknown: true
    case .throttle, .pairThrottle, .defer, .window, .recipient, .optOut, .templateStop,
      .senderStop, .missingVariable, .repeating, .tooLong:
      false
    }
  }
}

extension State {
  /// Counts what became of an attempt.
  mutating func countOutcome(of message: MessageID, isFailure: Bool) {
    let campaign = self[message].campaign
    guard !campaign.isNone else { return }
    projects[of: campaign].campaigns[campaign].failureRate
      .add(isFailure: isFailure)
  }

  /// Counts a failure, where it is one that counts and an attempt was made.
  mutating func countFailure(
    of message: MessageID, _ error: MessageError?, _ failure: FailureProof?
  ) {
    guard let error, self[message].attempts > 0 else { return }
    // Journals from before it was kept what a failure proves counted throttles too.
    let didCount = error.errorClass == .throttle && failure == nil
    if error.errorClass.countsForBreaker || didCount {
      countOutcome(of: message, isFailure: true)
    }
  }
}

extension Engine {
  /// The breaker: a campaign whose attempts fail for reasons of ours pauses itself.
  mutating func pauseIfFailing(_ campaign: CampaignID) {
    guard !campaign.isNone, state[campaign].status == .running,
      state[campaign].failureRate.isTooHigh
    else { return }
    emit(
      CampaignStatusChanged(campaign: campaign, status: .paused, pauseReason: "failure_rate"))
  }
}
