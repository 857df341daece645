import CampaignEngine
import Testing
@testable import Gateways

@Suite struct Stress {
  @Test(arguments: Array(100...139) as [UInt64]) func stress(seed: UInt64) throws {
    var s = SimulatorSettings.bad
    if seed % 3 == 1 { s.whatsApp.windowRefusals = 0 }
    if seed % 3 == 2 {
      s.whatsApp.lateFailures = 300; s.whatsApp.namelessReports = 500;
      s.whatsApp.doubledReports = 500
    }
    var r = try Rehearsal(guests: 80, seed: seed, settings: s)
    let fresh = r
    let ok = r.play()
    let open = r.executions.filter { !$0.status.isEnded }
    let twice = r.delivered.filter { $0.value.count > 1 }
    let faults = r.engine.state.checkInvariants()
    #expect(
      ok && r.rejections.isEmpty && open.isEmpty && twice.isEmpty && faults.isEmpty
        && r.row.status == .completed,
      "seed \(seed) settled \(ok) rej \(r.rejections.prefix(3)) open \(open.map { "\($0.status) \($0.wait as Any)" }.prefix(3)) twice \(twice) faults \(faults.prefix(3)) \(r.row.status)"
    )
    var b = fresh
    for hours: Int64 in [0, 2, 40, 90] {
      _ = b.play(until: r.row.startedAt + .hours(hours))
      _ = try b.engine.perform(RecoverAttempts(), at: b.clock)
      b.restart()
    }
    let ok2 = b.play()
    let open2 = b.executions.filter { !$0.status.isEnded }
    let twice2 = b.delivered.filter { $0.value.count > 1 }
    let faults2 = b.engine.state.checkInvariants()
    #expect(
      ok2 && b.rejections.isEmpty && open2.isEmpty && twice2.isEmpty && faults2.isEmpty,
      "restart seed \(seed) settled \(ok2) rej \(b.rejections.prefix(3)) open \(open2.map { "\($0.status) \($0.wait as Any)" }.prefix(3)) twice \(twice2) faults \(faults2.prefix(3))"
    )
    if seed < 103 {
      let st = Dictionary(grouping: r.executions, by: \.status).mapValues(\.count)
      let ms = Dictionary(grouping: r.messages, by: \.status).mapValues(\.count)
      let rt = Dictionary(
        grouping: r.messages.filter { $0.direction == .inbound },
        by: { $0.routedBy?.rawValue ?? "none" }
      ).mapValues(\.count)
      let reasons = Dictionary(
        grouping: r.messages.compactMap(\.error),
        by: { "\($0.errorClass.rawValue) \($0.code ?? 0)" }
      ).mapValues(\.count)
      print("STAT", seed, st, ms, rt, reasons)
    }
  }
}
