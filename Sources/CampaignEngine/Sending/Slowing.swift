import Wire

/// WhatsApp takes fewer messages of a number than we send (130429 and its like): the number rests,
/// then goes at a part of its rate, and each quiet minute doubles that again. It is a pure function
/// of the time since, so that nothing has to fall due.
package enum Slowing {
  package static let recovery = TimeSpan.minutes(1)
  /// The rest after a throttle, times the slowness.
  package static let rest = TimeSpan.seconds(1)
  /// At 80 a second, one a second is left.
  package static let most: Int64 = 64
}

extension Sender {
  /// The part of the rate that is left is one by this.
  func slowness(at time: Timestamp) -> Int64 {
    let quiet = max(0, (time - throttledUntil).milliseconds) / Slowing.recovery.milliseconds
    return quiet >= 62 ? 1 : max(1, slowness >> quiet)
  }

  /// Messages a second, never fewer than one.
  package func throughput(at time: Timestamp) -> Int64 {
    max(1, messagesPerSecond / slowness(at: time))
  }
}

extension Engine {
  /// Those that were under way when the number was slowed last say nothing new, but for how long
  /// WhatsApp asks to wait.
  mutating func slow(_ sender: SenderID, attemptAt: Timestamp, retryAfter: TimeSpan) {
    let row = state[sender].row
    let isNews = attemptAt > row.slowedAt
    let slowness = isNews ? min(row.slowness(at: state.now) * 2, Slowing.most) : row.slowness
    let rest = TimeSpan(milliseconds: isNews ? Slowing.rest.milliseconds * slowness : 0)
    let until = max(row.throttledUntil, state.now + max(retryAfter, rest))
    guard isNews || until > row.throttledUntil else { return }
    emit(SenderSlowed(sender: sender, until: until, slowness: slowness))
  }
}
