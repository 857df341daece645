/// Reports that say nothing new. After a restart a gateway repeats what it may have said before, and there
/// are millions of such: taking one in changes nothing, so it need not be kept until its turn.
extension State {
  package func knows(_ command: ReportAttempt) -> Bool {
    guard let row = settled(command.attempt.message), row.currentAttempt == command.attempt.number
    else { return false }
    switch command.outcome {
    case .accepted(let gatewayID, let isHeld, let userID, let phone):
      return row.gatewayID == gatewayID && phone == nil && knows(userID, of: row)
        && !row.isRefuted(by: isHeld ? .held : .accepted) && !hasParkedReport(of: row)
    case .refused, .unknown: return true
    }
  }

  package func knows(_ command: ReportStatus) -> Bool {
    let named = command.attempt?.message ?? message(named: command.gatewayID, at: command.sender)
    guard let named, let row = settled(named), row.sender == command.sender,
      row.gatewayID == command.gatewayID, command.recipient == nil, knows(command.userID, of: row),
      command.attempt.map({ $0.number == row.currentAttempt }) ?? true,
      row.earlierAttempt(named: command.attempt, gatewayID: command.gatewayID) == nil
    else { return false }
    return !row.isChanged(by: command.report.status.messageStatus)
  }

  package func knows(_ command: ReceiveMessage) -> Bool {
    message(named: command.gatewayID, at: command.sender) != nil
      || self[command.sender].wasErased(command.gatewayID, at: now)
  }

  /// A message of which it is known whether it was taken, and that no reply waits behind.
  private func settled(_ id: MessageID) -> Message? {
    guard let row = sentMessage(id), !row.mayHaveBeenTaken,
      row.execution.isNone || !self[row.execution].hasUnappliedReply
    else { return nil }
    return row
  }

  private func knows(_ userID: String?, of row: Message) -> Bool {
    guard let userID, !userID.isEmpty, row.person != 0 else { return true }
    return self[row.sender].persons[row.person].userID == userID
  }

  private func hasParkedReport(of row: Message) -> Bool {
    self[row.sender].parkedReports.contains { $0.gatewayID == row.gatewayID }
  }
}
