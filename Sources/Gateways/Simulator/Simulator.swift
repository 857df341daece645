import CampaignEngine

/// WhatsApp and its people, simulated. What happens to an attempt is a pure function of the seed,
/// the person and the attempt; the simulator keeps nothing but the reports that are not due yet.
/// Therefore a new one that resumes the same attempts repeats the same reports, to the byte.
package struct Simulator: Gateway, Sendable {
  package let seed: UInt64
  package let settings: SimulatorSettings
  private var pending = SortedChunks<PendingReport>()

  package init(seed: UInt64, settings: SimulatorSettings = SimulatorSettings()) {
    (self.seed, self.settings) = (seed, settings)
  }

  package mutating func send(_ requests: [SendRequest], at time: Timestamp) {
    for request in requests {
      for report in Story(of: request, seed: seed, settings: settings).reports {
        pending.insert(report)
      }
    }
  }

  package mutating func resume(
    _ request: SendRequest, at time: Timestamp, isKnown: (GatewayReport) -> Bool
  ) {
    for report in Story(of: request, seed: seed, settings: settings).reports
    where report.due > time || !isKnown(self.report(report)) {
      pending.insert(report)
    }
  }

  mutating func insert(_ report: PendingReport) { pending.insert(report) }

  package var nextDue: Timestamp? { pending.first?.due }
  package var pendingCount: Int { pending.count }
  package var memory: TimeSpan { settings.longestStory }

  package mutating func takeReports(dueBy time: Timestamp, limit: Int) -> [GatewayReport] {
    var reports: [GatewayReport] = []
    while reports.count < limit, let first = pending.first, first.due <= time {
      pending.remove(first)
      reports.append(report(first))
    }
    return reports
  }
}

/// Writing pending reports out.
extension Simulator {
  private func report(_ report: PendingReport) -> GatewayReport {
    switch report.fact {
    case .accepted, .refused, .lost:
      GatewayReport(
        due: report.due,
        content: .answer(
          ReportAttempt(attempt: report.attempt, outcome: outcome(report.fact, of: report.attempt)))
      )
    case .status(let status, let at, let code, let isNamed):
      GatewayReport(
        due: report.due,
        content: .status(
          ReportStatus(
            sender: report.sender, gatewayID: gatewayID(of: report.attempt),
            attempt: isNamed ? report.attempt : nil, report: delivery(status, at: at, code: code))))
    case .inbound(let fact):
      GatewayReport(due: report.due, content: .inbound(message(fact, report)))
    }
  }

  private func outcome(_ fact: PendingReport.Fact, of attempt: AttemptID) -> ReportAttempt.Outcome {
    switch fact {
    case .accepted(let isHeld, let userNumber):
      .accepted(
        gatewayID: gatewayID(of: attempt), isHeld: isHeld, userID: userNumber.map(userID))
    case .refused(let code): .refused(SimulatedError.error(code), retryAfter: nil)
    case .lost, .status, .inbound: .unknown("WhatsApp did not answer in time.")
    }
  }

  private func delivery(_ status: ReportedStatus, at: Timestamp, code: Int64?) -> DeliveryReport {
    var delivery = DeliveryReport()
    delivery.status = status
    delivery.at = at
    delivery.error = code.map(SimulatedError.error)
    return delivery
  }

  private func message(_ fact: InboundFact, _ report: PendingReport) -> ReceiveMessage {
    var content = MessageContent()
    content.kind = fact.kind
    content.text = fact.text
    content.payload = fact.payload
    content.quotes = fact.isQuoting ? gatewayID(of: report.attempt) : ""
    return ReceiveMessage(
      sender: report.sender, gatewayID: gatewayID(of: report.attempt, reply: fact.ordinal),
      from: fact.from, userID: fact.userNumber.map(userID), sentAt: fact.sentAt, content: content)
  }

  /// WhatsApp's name of the message, or of the nth message that answers it.
  private func gatewayID(of attempt: AttemptID, reply ordinal: UInt64? = nil) -> String {
    let chance = Chance(seed: seed).about(attempt.message.rawValue).about(UInt64(attempt.number))
    return "wamid."
      + hexadecimal(ordinal.map { chance.about($0).draw("reply") } ?? chance.draw("id"))
  }

  private func userID(_ number: UInt64) -> String { "XX." + hexadecimal(number) }

  private func hexadecimal(_ number: UInt64) -> String {
    let digits = String(number, radix: 16, uppercase: true)
    return String(repeating: "0", count: 16 - digits.utf8.count) + digits
  }
}
