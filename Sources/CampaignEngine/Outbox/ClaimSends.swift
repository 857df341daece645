/// A program that sends for us takes what is due. The attempts are durable before it learns of them,
/// and leased to it: if it says nothing in time, nobody knows what became of them.
package struct ClaimSends: Command {
  package static let cause: CauseKind? = .gateway
  package let sender: SenderID
  package let limit: Int
  package let lease: TimeSpan

  package init(sender: SenderID, limit: Int, lease: TimeSpan) {
    (self.sender, self.limit, self.lease) = (sender, limit, lease)
  }

  package func perform(in engine: inout Engine) throws(Rejection) -> [SendRequest] {
    try engine.checkClient(sender)
    guard (Limits.shortestLease...Limits.longestLease).contains(lease) else {
      throw .invalidParams(
        field: "lease", reason: "out_of_range",
        "expected \(Limits.shortestLease.wireText) to \(Limits.longestLease.wireText); found \(lease.wireText)"
      )
    }
    var requests: [SendRequest] = []
    engine.dispatch(
      from: sender, upTo: min(limit, Limits.claimedSends),
      leaseUntil: engine.state.now + lease, into: &requests)
    return requests
  }
}

/// What became of a claimed attempt.
package struct ReportClaimed: Command {
  package static let cause: CauseKind? = .gateway
  package let sender: SenderID
  package let attempt: AttemptID
  package let outcome: ReportAttempt.Outcome

  package init(sender: SenderID, attempt: AttemptID, outcome: ReportAttempt.Outcome) {
    (self.sender, self.attempt, self.outcome) = (sender, attempt, outcome)
  }

  package func perform(in engine: inout Engine) throws(Rejection) {
    try engine.checkClient(sender)
    guard let message = engine.state.find(attempt.message), message.sender == sender,
      message.direction == .outbound, attempt.number <= message.attempts
    else { throw .notFound(attempt.description, "Attempt") }
    try engine.performPart(ReportAttempt(attempt: attempt, outcome: outcome))
  }
}

extension State {
  /// The same with every number in the simulator's hands: in a world that is only imagined no
  /// program comes to claim anything.
  package func carriedBySimulator() -> State {
    var state = self
    for sender in state.senders.ids { state.senders[sender].row.gateway = .simulator }
    return state
  }
}

extension Engine {
  fileprivate func checkClient(_ sender: SenderID) throws(Rejection) {
    guard let found = state.find(sender) else { throw .notFound(sender) }
    guard found.row.gateway == .client else {
      throw .notReady(
        "\(sender.wireText) sends by \(found.row.gateway.rawValue); only a sender whose gateway is client has an outbox.",
        reason: "gateway")
    }
  }
}
