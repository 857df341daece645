import CampaignEngine
import Foundation
import Gateways
import JSONRPC
import Persistence
import ServiceTesting
import Testing
import Wire

@testable import OperationCenterService
@testable import opcenter

/// A service that is killed in the middle of a campaign, again and again, goes on to the outcome
/// of one that was left alone: on a clock of its own everything happens at its own time, and the
/// simulated guests do the same however often they are asked.
struct KillTests {
  private static let guestCount = 50
  private static let start = "2026-11-14T03:00:00.000Z"
  /// Four weeks in half a second.
  private static let rate = "5000000"

  /// Many faults, and nothing that takes longer than a few days.
  private static var simulator: SimulatorSettings {
    var settings = SimulatorSettings()
    settings.whatsApp.lateFailures = 80
    settings.whatsApp.lostAnswers = 60
    settings.whatsApp.namelessReports = 150
    settings.whatsApp.doubledReports = 150
    settings.whatsApp.doubledMessages = 150
    settings.guests.invalid = 150
    settings.guests.doubleReplies = 100
    settings.guests.lateChanges = 100
    settings.guests.lateChangeDelay = .days(1)
    settings.guests.longestRead = .days(1)
    settings.guests.longestReply = .days(2)
    settings.guests.weekLate = 0
    return settings
  }

  /// Longer than anything takes, so that nothing is to come after a silence of this length.
  private static let silence = TimeSpan.days(10)

  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try Files.write(JSON.encode(Self.simulator), to: folder.path("simulator.json"))
  }

  private func serve(_ data: String, rate: String = KillTests.rate) throws -> (
    ServedProcess, ServedPeer
  ) {
    let process = try ServedProcess([
      "--listen", "127.0.0.1:0", "--port-file", folder.path("port"), "--data", folder.path(data),
      "--clock-start", Self.start, "--clock-rate", rate,
      "--simulator", folder.path("simulator.json"),
    ])
    let peer = try ServedPeer.connected(
      toPort: try process.port(), framing: .newline, tokenFile: folder.path("\(data)/token"))
    return (process, peer)
  }

  /// A folder with a campaign that has just started: where all runs begin.
  private func prepare() throws -> SampleCampaign {
    let file = SampleCampaign.folder.appendingPathComponent("guests.csv").path
    let rows = try GuestImportRows(file: file).rows.prefix(Self.guestCount)
    let (process, peer) = try serve("base", rate: "1")
    let campaign = try SampleCampaign(guests: Array(rows)) { try peer.call($0, $1) }
    _ = try peer.call("campaign.start", .object([("campaign_id", .string(campaign.campaign))]))
    process.terminate()
    #expect(try process.exitCode() == 0)
    return campaign
  }

  private func copyBase(to name: String) throws {
    try FileManager.default.copyItem(atPath: folder.path("base"), toPath: folder.path(name))
  }

  private func stats(_ campaign: SampleCampaign, _ peer: ServedPeer) throws -> JSONValue {
    try peer.call("stats.campaign", .object([("campaign_id", .string(campaign.campaign))]))
  }

  /// Asks until the campaign is done and nothing more has happened for long.
  private func awaitSilence(_ campaign: SampleCampaign, _ peer: ServedPeer) throws {
    var last: (sequence: JSONValue, at: Timestamp)?
    for _ in 0..<1_000_000 {
      let stats = try stats(campaign, peer)
      guard let sequence = stats["as_of"]?["sequence"],
        case .string(let text)? = stats["as_of"]?["at"],
        let at = Timestamp(wireText: text)
      else { throw Fault("stats say no time") }
      if let last, last.sequence == sequence {
        if stats["status"] == .string("completed"), at - last.at > Self.silence { return }
      } else {
        last = (sequence, at)
      }
    }
    throw Fault("the campaign does not end")
  }

  private func finish(_ data: String, _ campaign: SampleCampaign) throws -> SampleCampaign.Outcome {
    let (process, peer) = try serve(data)
    try awaitSilence(campaign, peer)
    let outcome = try campaign.outcome { try peer.call($0, $1) }
    process.terminate()
    #expect(try process.exitCode() == 0)
    try checkLedger(data)
    return outcome
  }

  /// Opens what the service has left and counts again.
  private func checkLedger(_ data: String) throws {
    let storage = StorageChoice.journal(
      storage: FileStorage(), directory: folder.path(data), options: JournalOptions())
    let service = try InProcessService(storage, at: time(Self.start))
    let state = service.state
    #expect(state.checkInvariants() == [])
    var names: Set<String> = []
    state.project(of: 0).messages.forEach { counter, row in
      if row.direction == .outbound, !row.gatewayID.isEmpty {
        #expect(names.insert(row.gatewayID).inserted, "message \(counter)")
      }
      #expect(row.attempts <= 3)
    }
    #expect(names.count > Self.guestCount)
    try service.close()
  }

  @Test(arguments: [1] as [UInt64])
  func `a service killed three times ends as one that was left alone`(seed: UInt64) throws {
    let campaign = try prepare()
    try copyBase(to: "reference")
    let expected = try finish("reference", campaign)
    try copyBase(to: "killed")
    var chance = StableHash()
    chance.add(seed)
    var progress: UInt64 = 0
    for round in 0..<3 {
      chance.add(UInt64(round))
      progress += 10 + chance.value % 60
      let (process, peer) = try serve("killed")
      if round == 1 { _ = try peer.call("system.snapshot", .object([])) }
      try awaitProgress(progress, campaign, peer)
      try process.shoot()
    }
    let outcome = try finish("killed", campaign)
    #expect(outcome.differences(from: expected) == [], "seed \(seed)")
  }

  /// Progress is what went out and came in.
  private func awaitProgress(_ wanted: UInt64, _ campaign: SampleCampaign, _ peer: ServedPeer)
    throws
  {
    for _ in 0..<1_000_000 {
      let stats = try stats(campaign, peer)
      guard case .number(let sent)? = stats["messages"]?["total"],
        case .number(let received)? = stats["inbound"]?["total"],
        let one = UInt64(sent), let other = UInt64(received)
      else { throw Fault("stats count no messages") }
      if one + other >= wanted || stats["status"] != .string("running") { return }
    }
    throw Fault("the campaign does not go on")
  }
}
