import CampaignEngine

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What time it is. The engine never asks; the service tells it.
package enum ServiceClock: Sendable {
  /// The clock of the machine, from a start and at a rate of choice: at 1,000 a week passes in ten
  /// minutes.
  case wall(WallClock)
  /// Stands still until it is set: whole campaigns run in the time it takes to compute them.
  case virtual(Timestamp)

  package func now() -> Timestamp {
    switch self {
    case .wall(let clock): clock.now()
    case .virtual(let time): time
    }
  }

  /// A clock of our own making belongs to a simulated world, which nothing outside keeps time with.
  package var isSimulated: Bool {
    switch self {
    case .wall(let clock): clock.isOwn
    case .virtual: true
    }
  }

  /// When something takes place that fell due at `due`. On the machine's clock that is when we come
  /// to it. In a simulated world it is its own time, however late we are: so a run depends neither
  /// on the speed of the machine nor on restarts.
  func moment(of due: Timestamp) -> Timestamp {
    switch self {
    case .wall(let clock): clock.isOwn ? due : clock.now()
    case .virtual(let time): time
    }
  }

  /// A clock of our own making goes on where the last run of the service had come to.
  func starting(noEarlierThan time: Timestamp) -> ServiceClock {
    guard case .wall(let clock) = self, clock.isOwn, clock.now() < time else { return self }
    return .wall(WallClock(start: time, rate: clock.rate))
  }

  /// How long ago a time was, in real time; zero before it.
  func realTime(since time: Timestamp) -> TimeSpan {
    let span = max(now() - time, .zero)
    return switch self {
    case .wall(let clock): TimeSpan(milliseconds: span.milliseconds / clock.rate)
    case .virtual: span
    }
  }

  /// Real milliseconds until a time comes.
  package func milliseconds(until time: Timestamp) -> Int64 {
    switch self {
    case .wall(let clock): max(0, (time - clock.now()).milliseconds / clock.rate + 1)
    case .virtual: 0
    }
  }
}

package struct WallClock: Sendable {
  package let rate: Int64
  private let start: Timestamp?
  private let startedAt = ContinuousClock.now

  /// Without a start, and at rate 1, it is the machine's own clock.
  package init(start: Timestamp?, rate: Int64) {
    self.rate = max(rate, 1)
    self.start = start ?? (rate > 1 ? Self.machine() : nil)
  }

  /// Not the machine's own clock.
  var isOwn: Bool { start != nil }

  package func now() -> Timestamp {
    guard let start else { return Self.machine() }
    let elapsed = ContinuousClock.now - startedAt
    let milliseconds =
      elapsed.components.seconds * 1000 + elapsed.components.attoseconds / 1_000_000_000_000_000
    return start
      + TimeSpan(milliseconds: milliseconds.multipliedReportingOverflow(by: rate).partialValue)
  }

  private static func machine() -> Timestamp {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Timestamp(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
  }
}
