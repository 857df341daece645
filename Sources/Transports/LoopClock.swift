/// Tells the loop how much time has passed; a test hands in its own.
package struct LoopClock: Sendable {
  /// Never goes back, and counts the time that the machine was asleep.
  package let milliseconds: @Sendable () -> Int64

  package init(milliseconds: @escaping @Sendable () -> Int64) {
    self.milliseconds = milliseconds
  }

  package static var continuous: LoopClock {
    let start = ContinuousClock.now
    return LoopClock {
      let (seconds, attoseconds) = start.duration(to: .now).components
      return seconds * 1_000 + attoseconds / 1_000_000_000_000_000
    }
  }
}
