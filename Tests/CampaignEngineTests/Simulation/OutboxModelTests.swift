import Foundation
import Testing

import CampaignEngine

struct OutboxModelTests {
  /// More lives where somebody has the time: `OPCENTER_LIVES=5000 swift test`.
  private static let lives =
    ProcessInfo.processInfo.environment["OPCENTER_LIVES"].flatMap { UInt64($0) } ?? 200

  @Test(arguments: stride(from: UInt64(1), through: Self.lives, by: 20).map { $0 })
  func `nothing goes out again while it is taken or may be, and all that was taken counts`(
    firstSeed: UInt64
  ) throws {
    var repeats = 0
    for seed in firstSeed..<(firstSeed + 20) {
      let model = try OutboxModel(seed: seed)
      try model.run(steps: 105)
      repeats += model.repeats
    }
    // The model would prove nothing without them.
    #expect(repeats > 0)
  }
}
