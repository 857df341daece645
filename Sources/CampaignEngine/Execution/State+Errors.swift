/// What went wrong last for an execution, as it is shown and asked about.
extension State {
  /// The message that an execution waits for, while nobody has tried to send it, or before it is tried
  /// again.
  package func heldMessage(of id: ExecutionID) -> Message? {
    let awaited = self[id].awaitedMessage
    return !awaited.isNone && self[awaited].isInLane ? self[awaited] : nil
  }

  /// A failure that is still retried is known from its message alone: it may yet be mended.
  package func newestError(of id: ExecutionID) -> LastError? {
    let row = self[id]
    guard let message = heldMessage(of: id), let error = message.error, let wait = row.wait else {
      return row.lastError
    }
    var retried = LastError()
    (retried.errorClass, retried.gatewayCode) = (error.errorClass, error.code)
    retried.message = error.message
    retried.messageID = row.awaitedMessage
    retried.node = row.steps.last?.node ?? 0
    (retried.attempts, retried.at) = (Int64(message.attempts), wait.since)
    return retried
  }
}
