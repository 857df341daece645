import CampaignEngine
import Testing

import Gateways

@Suite struct RehearsalTests {
  private func check(_ rehearsal: Rehearsal, guests: Int, _ seed: UInt64) {
    #expect(rehearsal.rejections.isEmpty, "seed \(seed)")
    #expect(rehearsal.engine.state.checkInvariants() == [], "seed \(seed)")
    let twice = rehearsal.delivered.filter { $0.value.count > 1 }
    #expect(twice.isEmpty, "seed \(seed): \(twice.keys.map(\.wireText)) reached the guest twice")
    #expect(rehearsal.executions.count == guests, "seed \(seed)")
    let open = rehearsal.executions.filter { !$0.status.isEnded }
    #expect(
      open.isEmpty,
      "seed \(seed): \(open.map { "\($0.status) for \($0.wait?.kind.rawValue ?? "nothing")" })")
    #expect(rehearsal.row.status == .completed, "seed \(seed)")
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func `a campaign with ordinary guests comes to its end and every number holds`(
    seed: UInt64
  ) throws {
    var rehearsal = try Rehearsal(guests: 300, seed: seed, settings: SimulatorSettings())
    let isSettled = rehearsal.play()
    #expect(isSettled, "seed \(seed)")
    check(rehearsal, guests: 300, seed)
    let outcomes = Set(rehearsal.executions.map(\.status))
    #expect(outcomes.isSuperset(of: [.completed, .failed, .skipped]), "seed \(seed)")
  }

  @Test(arguments: [11, 12, 13] as [UInt64])
  func `a campaign in a bad world does so too`(seed: UInt64) throws {
    var rehearsal = try Rehearsal(guests: 300, seed: seed, settings: .bad)
    let isSettled = rehearsal.play()
    #expect(isSettled, "seed \(seed)")
    check(rehearsal, guests: 300, seed)
  }

  @Test(arguments: [21, 22] as [UInt64])
  func `a restart in the middle changes nothing`(seed: UInt64) throws {
    var whole = try Rehearsal(guests: 100, seed: seed, settings: .bad)
    var broken = whole
    broken.packsRows = true
    let isWholeSettled = whole.play()
    #expect(isWholeSettled, "seed \(seed)")
    for hours: Int64 in [0, 1, 30, 50, 200] {
      _ = broken.play(until: whole.row.startedAt + .hours(hours))
      broken.restart()
    }
    let isBrokenSettled = broken.play()
    #expect(isBrokenSettled, "seed \(seed)")
    check(broken, guests: 100, seed)
    #expect(broken.mostPacked > 0, "seed \(seed)")
    #expect(broken.known > 500 && broken.falselyKnown.isEmpty, "seed \(seed)")
    #expect(broken.row.counters == whole.row.counters, "seed \(seed)")
    #expect(
      broken.messages.map { String(describing: $0) }
        == whole.messages.map { String(describing: $0) }, "seed \(seed)")
  }

  @Test(arguments: [41, 42] as [UInt64])
  func `attempts that a restart interrupts are settled and never sent again`(seed: UInt64) throws {
    var rehearsal = try Rehearsal(guests: 100, seed: seed, settings: .bad)
    var recovered = 0
    // In the first seconds there is always something under way.
    for seconds: Int64 in [0, 1, 2, 3600, 90_000, 180_000] {
      _ = rehearsal.play(until: rehearsal.row.startedAt + .seconds(seconds))
      recovered += rehearsal.engine.perform(RecoverAttempts(), at: rehearsal.clock)
      rehearsal.restart()
    }
    let isSettled = rehearsal.play()
    #expect(recovered > 0 && isSettled, "seed \(seed)")
    #expect(rehearsal.falselyKnown.isEmpty, "seed \(seed): \(rehearsal.falselyKnown.prefix(3))")
    check(rehearsal, guests: 100, seed)
  }

  @Test func `the same seed gives the same campaign`() throws {
    func run(_ seed: UInt64) throws -> [String] {
      var rehearsal = try Rehearsal(guests: 60, seed: seed, settings: SimulatorSettings())
      _ = rehearsal.play()
      return rehearsal.messages.map { String(describing: $0) }
    }
    let first = try run(31)
    #expect(try run(31) == first)
    #expect(try run(32) != first)
  }
}
