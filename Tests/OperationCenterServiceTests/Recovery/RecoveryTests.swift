import CampaignEngine
import Gateways
import Persistence
import ServiceTesting
import Testing
import Wire

import OperationCenterService

/// A campaign of simulated guests goes on after a stop as if nothing had been: the journal, or a
/// snapshot and the journal, hold all that matters, and the simulator repeats what it said.
struct RecoveryTests {
  private static let start = time("2026-11-14T03:00:00.000Z")
  private static let end = time("2027-02-01T00:00:00.000Z")
  private static let guestCount = 24

  /// A world in which everything that can go wrong does so often.
  private static var rough: SimulatorSettings {
    var settings = SimulatorSettings()
    settings.whatsApp.refusals = 100
    settings.whatsApp.lateFailures = 150
    settings.whatsApp.repeatedFailures = 500
    settings.whatsApp.windowRefusals = 100
    settings.whatsApp.cappedTemplates = 50
    settings.whatsApp.heldTemplates = 100
    settings.whatsApp.lostAnswers = 100
    settings.whatsApp.doubledReports = 200
    settings.whatsApp.reorderedReports = 200
    settings.whatsApp.earlyReports = 200
    settings.whatsApp.namelessReports = 300
    settings.whatsApp.doubledMessages = 200
    settings.guests.hiddenNumbers = 150
    settings.guests.nonsense = 100
    settings.guests.invalid = 200
    settings.guests.optOuts = 30
    settings.guests.chatter = 300
    settings.guests.earlyReplies = 100
    settings.guests.quickReplies = 150
    settings.guests.doubleReplies = 150
    settings.guests.lateChanges = 200
    settings.guests.lateChangeDelay = .days(2)
    return settings
  }

  private func service(on disk: MemoryStorage, seed: UInt64) throws -> InProcessService {
    try InProcessService(on: disk, at: Self.start, seed: seed, simulator: Self.rough)
  }

  private func started(on disk: MemoryStorage, seed: UInt64) throws -> (
    InProcessService, SampleCampaign
  ) {
    let service = try service(on: disk, seed: seed)
    let campaign = try SampleCampaign(guests: SampleCampaign.guests(Self.guestCount)) {
      try service.call($0, $1)
    }
    try service.call("campaign.start", #"{"campaign_id": "\#(campaign.campaign)"}"#)
    return (service, campaign)
  }

  private func finish(_ service: InProcessService) throws {
    try service.run(until: Self.end)
    #expect(service.state.checkInvariants().isEmpty)
    #expect(service.log.filter { !$0.hasPrefix("restored") && !$0.contains("under way") }.isEmpty)
  }

  /// The state as a snapshot holds it, block by block.
  private func blocks(of state: State) throws -> [[UInt8]] {
    var blocks: [[UInt8]] = []
    try state.encodeSnapshot { tag, payload in blocks.append([UInt8(tag.rawValue)] + payload) }
    return blocks
  }

  @Test(arguments: [1] as [UInt64])
  func `a state restored from a snapshot and the journal behind it is the state that was`(
    seed: UInt64
  ) throws {
    let disk = MemoryStorage()
    let (original, campaign) = try started(on: disk, seed: seed)
    try original.run(until: Self.start + .hours(5))
    let summary = try original.call("system.snapshot")
    #expect(summary["bytes"]?.isNull == false)
    try original.run(until: Self.start + .days(3))

    let recovered = try service(on: disk.copy(), seed: seed)
    #expect(try blocks(of: recovered.state) == blocks(of: original.state))
    #expect(recovered.state.checkInvariants().isEmpty)
    #expect(recovered.sequence == original.sequence)
    let halfway = try campaign.outcome { try original.call($0, $1) }
    #expect(halfway.differences(from: try campaign.outcome { try recovered.call($0, $1) }) == [])

    try recovered.recover()
    try finish(original)
    try finish(recovered)
    let outcome = try campaign.outcome { try original.call($0, $1) }
    #expect(outcome.differences(from: try campaign.outcome { try recovered.call($0, $1) }) == [])
  }

  /// Each kill loses what was not committed yet, and that happens again in the same way.
  @Test(arguments: [2, 3] as [UInt64])
  func `a campaign that is killed again and again ends as one that was left alone`(seed: UInt64)
    throws
  {
    let (reference, campaign) = try started(on: MemoryStorage(), seed: seed)
    try finish(reference)
    let expected = try campaign.outcome { try reference.call($0, $1) }

    var disk = MemoryStorage()
    var (killed, _) = try started(on: disk, seed: seed)
    var chance = StableHash()
    chance.add(seed)
    var now = Self.start
    var lostCount: UInt64 = 0
    for round in 0..<5 {
      chance.add(UInt64(round))
      now = now + TimeSpan(milliseconds: Int64(chance.value % 172_800_000))
      try killed.run(until: now)
      if round == 2 { try killed.call("system.snapshot") }
      let durable = killed.sequence
      killed.runUncommitted(until: now + .hours(6))
      lostCount += killed.sequence - durable
      let isPowerCut = chance.value & 1 == 0
      disk = isPowerCut ? disk.crashed() : disk.copy()
      killed = try service(on: disk, seed: seed)
      #expect(killed.sequence == durable)
      try killed.recover()
    }
    #expect(lostCount > 0)
    try finish(killed)
    let outcome = try campaign.outcome { try killed.call($0, $1) }
    #expect(outcome.differences(from: expected) == [], "seed \(seed)")
  }
}
