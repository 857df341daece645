/// Lines about connections that the service has ended. Anybody may make it end any number of them,
/// so only a few a minute are told one by one, and of the rest how many there were.
struct ClosingLog: Sendable {
  static let lines = 10
  static let window = Duration.seconds(60)

  private var windowEnd: ContinuousClock.Instant?
  private var told = 0
  private var untold = 0

  /// - Parameter reason: of our own making: nothing that the peer has sent is in it.
  mutating func lines(
    _ peer: String, _ reason: String, at now: ContinuousClock.Instant
  ) -> [String] {
    var lines: [String] = []
    if now >= windowEnd ?? now {
      if untold > 0 { lines.append("closed \(untold) more connections since the last such line") }
      (windowEnd, told, untold) = (now + Self.window, 0, 0)
    }
    if told < Self.lines {
      told += 1
      lines.append("closed a connection of \(peer): \(reason)")
    } else {
      untold += 1
    }
    return lines
  }
}
