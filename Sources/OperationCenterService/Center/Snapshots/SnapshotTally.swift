/// How snapshots have gone since the start.
struct SnapshotTally: Sendable {
  private(set) var made = 0
  private(set) var failed = 0
  /// Failures since the last one that was made, or that nothing had to be written for.
  var failuresInARow = 0

  mutating func countMade() {
    made += 1
    failuresInARow = 0
  }

  mutating func countFailed() {
    failed += 1
    failuresInARow += 1
  }
}
