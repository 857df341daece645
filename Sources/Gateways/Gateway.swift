import CampaignEngine

/// Carries messages to people and brings back what is heard of them. Everything comes back as a
/// report, never as a return value, so that whoever owns the clock decides when it counts.
package protocol Gateway {
  /// Hands attempts over. Each is durable by now.
  mutating func send(_ requests: [SendRequest], at time: Timestamp)

  /// An attempt from before a restart, whose reports may not have been taken in: the gateway repeats
  /// what it would have said.
  /// - Parameter isKnown: whether a report would change nothing; such need not come again.
  mutating func resume(
    _ request: SendRequest, at time: Timestamp, isKnown: (GatewayReport) -> Bool)

  /// How long after an attempt it may still be reported on.
  var memory: TimeSpan { get }

  /// When the next report is due, for gateways that live on our clock.
  var nextDue: Timestamp? { get }

  /// Reports due by then, in order of time, at most `limit`.
  mutating func takeReports(dueBy time: Timestamp, limit: Int) -> [GatewayReport]
}

/// One thing heard from a gateway: a command for the engine, and when it arrives.
package struct GatewayReport: Sendable {
  package enum Content: Sendable {
    /// What WhatsApp answered to a send.
    case answer(ReportAttempt)
    /// What became of a message that it took.
    case status(ReportStatus)
    /// What a person wrote.
    case inbound(ReceiveMessage)
  }

  package let due: Timestamp
  package let content: Content

  package init(due: Timestamp, content: Content) { (self.due, self.content) = (due, content) }
}

extension State {
  /// Whether taking it in would change nothing.
  package func knows(_ report: GatewayReport) -> Bool {
    switch report.content {
    case .answer(let command): knows(command)
    case .status(let command): knows(command)
    case .inbound(let command): knows(command)
    }
  }
}
