import Foundation
import Testing

import CampaignEngine

struct SimulationTests {
  /// More lives where somebody has the time: `OPCENTER_LIVES=5000 swift test`.
  private static let lives =
    ProcessInfo.processInfo.environment["OPCENTER_LIVES"].flatMap { UInt64($0) } ?? 160

  @Test(arguments: stride(from: 1, through: Self.lives, by: 10).map { $0 })
  func `whatever happens in whatever order, the ledger holds and everything ends`(
    firstSeed: UInt64
  ) throws {
    for seed in firstSeed..<(firstSeed + 10) {
      let simulation = try Simulation(seed: seed)
      try simulation.run(steps: 70)
    }
  }

  @Test func `a few lives meet every kind of event that a running campaign can cause`() throws {
    let isOfSetUp: Set<EventKind> = [
      .resultRemembered, .zoneRecorded, .senderCreated, .projectCreated, .templateCreated,
      .chatflowSaved, .senderUpdated, .projectUpdated, .projectDeleted, .templateUpdated,
      .templateDeleted, .chatflowDeleted,
    ]
    // As many as it takes: some meetings are rare.
    var missing = Set(EventKind.allCases).subtracting(isOfSetUp)
    for seed in UInt64(1001)...3000 where !missing.isEmpty {
      let simulation = try Simulation(seed: seed)
      try simulation.run(steps: 100)
      missing.subtract(simulation.harness.seenKinds)
    }
    #expect(missing.isEmpty)
  }

  @Test(arguments: [UInt64(7), 77])
  func `the same inputs give the same journal, bit by bit`(seed: UInt64) throws {
    let journals = try (0..<2).map { _ in
      let simulation = try Simulation(seed: seed)
      simulation.harness.journal = StableHash()
      try simulation.run(steps: 100)
      return simulation.harness.journal?.value
    }
    #expect(journals[0] == journals[1], "seed \(seed)")
  }
}
