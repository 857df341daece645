/// How much one command does: a few milliseconds of work. A longer list is read in slices, or before
/// the command by whoever gives it.
package struct Pace: Sendable {
  /// Conditions that are asked in one command. Rows count the more, the more is asked of each.
  package var tests = 8192
  /// Guests who join in one command and are set going by it; more wait in the ready queue.
  package var walks = 64

  package init() {}
  package init(tests: Int, walks: Int) { (self.tests, self.walks) = (tests, walks) }

  /// For whoever is the only caller.
  package static let unlimited = Pace(tests: .max, walks: .max)

  package func rows(testing weight: Int) -> UInt32 {
    UInt32(clamping: max(tests / max(weight, 1), 1))
  }
}
