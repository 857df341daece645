import CampaignEngine

/// What goes on, or does not.
extension OperationCenter {
  /// The engine's time never goes back, so it stands still until the clock has caught up.
  func clockFinding() -> HealthFinding {
    let ahead = engine.state.now - clock.now()
    guard ahead > HealthLimits.clockStep else { return .ok("The clock has not gone back.") }
    return .degraded(
      "The clock went back: the newest event is \(HealthText.span(ahead)) ahead of it, and timers wait until it has caught up."
    )
  }

  func workFinding() -> HealthFinding {
    let late = nextDue.map { clock.realTime(since: $0) } ?? .zero
    guard late > HealthLimits.overdue else { return .ok("All that is due is done.") }
    return .degraded("Something has been due for \(HealthText.span(late)) and is not done.")
  }

  /// Whoever does not read delays nobody but is cut off in the end.
  func readersFinding() -> HealthFinding {
    guard !congested.isEmpty else { return .ok("All connections read what they are sent.") }
    return .degraded(
      congested.count == 1
        ? "1 connection does not read what it is sent."
        : "\(congested.count) connections do not read what they are sent.")
  }
}
