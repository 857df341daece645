import CampaignEngine
import Testing

import Gateways

/// Attempts that another gateway began, as a forecast goes on with them.
struct TakeOverTests {
  private static let lively: SimulatorSettings = {
    var settings = SimulatorSettings()
    (settings.guests.silent, settings.guests.replies) = (0, 1000)
    (settings.guests.unreachable, settings.guests.chatter) = (0, 0)
    return settings
  }()

  private func reports(
    of attempt: OpenAttempt, after span: TimeSpan, seed: UInt64,
    _ settings: SimulatorSettings = lively
  ) -> [GatewayReport] {
    var simulator = Simulator(seed: seed, settings: settings)
    simulator.takeOver([attempt], at: attempt.request.startedAt + span)
    return simulator.takeReports(dueBy: .distantFuture, limit: 1000)
  }

  private func isInbound(_ report: GatewayReport) -> Bool {
    if case .inbound = report.content { true } else { false }
  }

  @Test(arguments: 1...40 as ClosedRange<UInt64>)
  func `a guest who was silent until now answers later or never`(seed: UInt64) {
    let request = request(Int(seed))
    let attempt = OpenAttempt(request: request, isDelivered: true, isUnanswered: true)
    let now = request.startedAt + .hours(2)
    for report in reports(of: attempt, after: .hours(2), seed: seed) where isInbound(report) {
      #expect(report.due > now)
    }
  }

  @Test func `some of the silent ones answer yet`() {
    let answered = (1...40 as ClosedRange<UInt64>).count { seed in
      let attempt = OpenAttempt(
        request: request(Int(seed)), isDelivered: true, isUnanswered: true)
      return reports(of: attempt, after: .hours(2), seed: seed).contains(where: isInbound)
    }
    #expect(answered > 5)
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func `a message that was answered is not answered again`(seed: UInt64) {
    let attempt = OpenAttempt(
      request: request(Int(seed)), isDelivered: false, isUnanswered: false)
    let reports = reports(of: attempt, after: .zero, seed: seed)
    #expect(!reports.contains(where: isInbound))
    #expect(!reports.isEmpty)
  }

  @Test(arguments: 1...40 as ClosedRange<UInt64>)
  func `what was delivered does not fail, and every report names its attempt`(seed: UInt64) {
    var settings = Self.lively
    (settings.whatsApp.lateFailures, settings.whatsApp.namelessReports) = (500, 1000)
    let attempt = OpenAttempt(
      request: request(Int(seed)), isDelivered: true, isUnanswered: true)
    for report in reports(of: attempt, after: .minutes(1), seed: seed, settings) {
      guard case .status(let status) = report.content else { continue }
      #expect(status.report.status != .failed)
      #expect(status.attempt == attempt.request.attempt)
    }
  }
}
