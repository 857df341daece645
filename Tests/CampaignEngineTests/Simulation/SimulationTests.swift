import Testing

@testable import CampaignEngine

struct SimulationTests {
  @Test(arguments: stride(from: UInt64(1), through: 240, by: 10).map { $0 })
  func `whatever happens in whatever order, the ledger holds and everything ends`(
    firstSeed: UInt64
  ) throws {
    for seed in firstSeed..<(firstSeed + 10) {
      let simulation = try Simulation(seed: seed)
      try simulation.run(steps: 70)
    }
  }

  @Test(arguments: [UInt64(7), 77, 777])
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
