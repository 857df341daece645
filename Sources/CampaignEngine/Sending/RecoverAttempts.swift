/// After a restart: nobody knows what became of attempts that were under way. They are not sent
/// again; a later report settles them.
package struct RecoverAttempts: Command {
  package static let cause: CauseKind? = .clock
  package init() {}

  package func perform(in engine: inout Engine) -> Int {
    var count = 0
    for space in engine.state.projects.spaces {
      var unsettled = engine.state.projects[space].unsettled
      while let counter = unsettled.popFirst() {
        if recover(MessageID(space: space, counter: counter), in: &engine) { count += 1 }
      }
    }
    return count
  }

  private func recover(_ id: MessageID, in engine: inout Engine) -> Bool {
    let row = engine.state[id]
    if row.isUnapplied, engine.state.isStranded(row.execution) {
      engine.emit(MessageDisposed(message: id, disposition: .needsAttention))
    }
    // A program that has claimed it may still report; its lease runs on.
    guard row.status == .sending, row.leaseUntil == .zero else { return false }
    engine.emit(
      MessageSettled(
        message: id, status: .outcomeUnknown,
        error: MessageError(
          .unknown, message: "The service stopped while the message was sent."),
        isOurs: true))
    return true
  }
}

extension State {
  /// Versions before left replies behind with executions that had ended.
  fileprivate func isStranded(_ execution: ExecutionID) -> Bool {
    let campaign = self[self[execution].campaign]
    return self[execution].status.isEnded && campaign.status != .paused
      && campaign.progress.sweep == nil
  }

  /// Attempts whose story may go on: everything handed to a gateway since `time`.
  package func forEachAttempt(since time: Timestamp, _ body: (SendRequest) -> Void) {
    for space in projects.spaces {
      projects[space].messages.forEach(changedSince: time) { counter, row in
        guard row.direction == .outbound, row.attempts > 0, row.attemptAt >= time,
          self[row.sender].row.isPushed, !self[row.guest].isErased
        else { return }
        body(sendRequest(for: MessageID(space: space, counter: counter)))
      }
    }
  }

  /// Attempts that are not settled by what is known: WhatsApp may still report on them, or the guest
  /// answer. In the order of their identifiers.
  package func openAttempts(since time: Timestamp) -> [OpenAttempt] {
    var attempts: [OpenAttempt] = []
    for space in projects.spaces {
      projects[space].messages.forEach(changedSince: time) { counter, row in
        guard row.direction == .outbound, row.attempts > 0, row.attemptAt >= time,
          !row.execution.isNone
        else { return }
        let isDelivered = row.status == .delivered || row.status == .read
        let isReportable =
          row.status == .sending || row.status == .outcomeUnknown || row.status.isWithWhatsApp
        let execution = self[row.execution]
        let isUnanswered = execution.lastMessage == counter && !execution.status.isEnded
        guard isReportable, !isDelivered || isUnanswered else { return }
        attempts.append(
          OpenAttempt(
            request: sendRequest(for: MessageID(space: space, counter: counter)),
            isDelivered: isDelivered, isUnanswered: isUnanswered))
      }
    }
    return attempts
  }
}

/// An attempt on which more may be heard.
package struct OpenAttempt: Sendable {
  package let request: SendRequest
  package let isDelivered: Bool
  /// Its execution goes on, and nothing was sent or received there since.
  package let isUnanswered: Bool

  package init(request: SendRequest, isDelivered: Bool, isUnanswered: Bool) {
    (self.request, self.isDelivered, self.isUnanswered) = (request, isDelivered, isUnanswered)
  }
}
