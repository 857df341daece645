/// How many rows of a list one command looks at: a few milliseconds of work. A longer list is read
/// in slices, or before the command by whoever gives it.
package struct Pace: Sendable {
  /// Conditions that are asked in one command. Rows count the more, the more is asked of each.
  package var tests = 8192

  package init() {}
  package init(tests: Int) { self.tests = tests }

  /// For whoever is the only caller.
  package static let unlimited = Pace(tests: .max)

  package func rows(testing weight: Int) -> UInt32 {
    UInt32(clamping: max(tests / max(weight, 1), 1))
  }
}
