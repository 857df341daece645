import CampaignEngine
import Foundation
import Gateways
import ServiceTesting
import Testing
import Transports
import Wire

@testable import OperationCenterService
@testable import opcenter

/// The main job: a guest list and a chatflow in, a campaign run to its end, and a report.
struct CampaignRunTests {
  private struct Finished: Sendable {
    let run: CampaignRun
    let json: [UInt8]
    let text: String
  }

  private func play(
    _ chatflow: String, _ list: String = "guests.csv", seed: UInt64,
    _ profile: SimulatedGuests.Profile = .eager
  ) throws -> Finished {
    let document = try RunDocument.read(SampleCampaign.folder.appendingPathComponent(chatflow).path)
    let guests = try GuestImportRows(file: SampleCampaign.folder.appendingPathComponent(list).path)
    var simulator = SimulatorSettings()
    simulator.guests = SimulatedGuests(profile)
    let center = try OperationCenter(
      executor: LoopExecutor(),
      configuration: OperationCenter.Configuration(
        clock: .virtual(document.defaultStart), seed: seed, simulator: simulator,
        version: programVersion),
      storage: .memory)
    return try center.assumeIsolated { center in
      var run = CampaignRun(document: document, guests: guests)
      try run.run(in: center, interrupted: { false }) { _, _, _ in }
      let report = RunReport(run: run, seed: Int64(seed))
      return Finished(run: run, json: report.json(), text: try report.text(style: .plain))
    }
  }

  private func count(_ name: String, in map: String, of run: CampaignRun) throws -> Int {
    let counts = try run.statistics.decoded(map, as: WireMap<Int>.self)
    return counts[name] ?? 0
  }

  private func checkWhole(_ finished: Finished, rows: Int = 500) throws {
    let run = finished.run
    #expect(run.faults == [])
    let counts = run.importCounts
    #expect(counts.rows == rows)
    #expect(counts.created + counts.updated + counts.unchanged + counts.refused == rows)
    #expect(run.guests.refused.count == counts.refused)
    #expect(run.guests.refused.map(\.line) == run.guests.refused.map(\.line).sorted())
    let executions = try run.statistics.decoded("executions", as: WireMap<Int>.self)
    #expect(executions.entries.reduce(0) { $0 + $1.value } == counts.created)
    for status in ["pending", "active", "waiting", "paused"] { #expect(executions[status] == 0) }
    #expect(try run.statistics.decoded("status", as: String.self) == "completed")
    let outcomes = try run.statistics.decoded("outcomes", as: WireMap<Int>.self)
    #expect(outcomes.entries.reduce(0) { $0 + $1.value } == executions["completed"])
    let skipped = try run.statistics.decoded("skipped", as: WireMap<Int>.self)
    #expect(skipped.entries.reduce(0) { $0 + $1.value } == executions["skipped"])
    #expect(run.endedAt > run.startedAt)
    #expect(finished.text.contains("The ledger reconciles."))
  }

  @Test func `the sample campaign runs to its end and every row is accounted for`() throws {
    let finished = try play("rsvp.chatflow.json", seed: 1)
    try checkWhole(finished)
    for outcome in ["attending", "declined", "no_answer"] {
      #expect(try count(outcome, in: "outcomes", of: finished.run) > 20)
    }
    #expect(try count("through_household", in: "skipped", of: finished.run) > 20)
    let again = try play("rsvp.chatflow.json", seed: 1)
    #expect(again.json == finished.json)
    #expect(try play("rsvp.chatflow.json", seed: 2).json != finished.json)
  }

  /// Four functions, households, three languages: each function adds up, and so do its dishes.
  @Test(arguments: SimulatedGuests.Profile.allCases)
  func `the wedding of four functions adds up for each of them`(
    profile: SimulatedGuests.Profile
  ) throws {
    let finished = try play(
      "wedding/wedding.chatflow.json", "wedding/guests.csv", seed: 1, profile)
    try checkWhole(finished, rows: 800)
    #expect(finished.run.importCounts.refused == 0)
    let functions = try JSON.decode(
      RSVPStatsView.self, from: JSON.encode(finished.run.functions)
    ).events
    #expect(functions.compactMap(\.event) == ["wedding", "mehndi", "sangeet", "reception"])
    for function in functions {
      let heads = function.rsvp.heads
      #expect(heads.attending > 20 && heads.children?.attending ?? 0 > 0)
      #expect(
        heads.invited + (heads.extra ?? 0)
          == heads.attending + heads.pending + heads.declined + heads.maybe)
    }
    #expect(finished.run.dishes.count == 2)
    for dishes in finished.run.dishes {
      let counts = try JSON.decode(AnswerStatsView.self, from: JSON.encode(dishes)).events
      #expect(counts.map(\.heads) == functions.map(\.rsvp.heads.attending))
      for count in counts {
        #expect(count.answers.entries.reduce(count.unanswered) { $0 + $1.value } == count.heads)
      }
    }
    #expect(
      finished.text.contains("People by function") && finished.text.contains("People by dish"))
  }

  @Test func `the second sample flow runs to its end`() throws {
    let finished = try play("save-the-date.chatflow.json", seed: 1)
    try checkWhole(finished)
    for outcome in ["kept", "away", "no_answer"] {
      #expect(try count(outcome, in: "outcomes", of: finished.run) > 20)
    }
  }
}
