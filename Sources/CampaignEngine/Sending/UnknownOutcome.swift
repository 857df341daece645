/// Attempts of which nobody knows whether they were taken: what settles them, and when.
extension State {
  /// When something has to be done about a message without anybody saying so; zero for never.
  func alarmTime(of message: Message) -> Timestamp {
    switch message.status {
    case .sending: return message.leaseUntil
    case .outcomeUnknown:
      guard !message.campaign.isNone, let unknown = self[message.campaign].settings.retry.unknown,
        unknown.policy != .hold
      else { return .zero }
      return message.unknownSince + unknown.after
    default: return .zero
    }
  }
}

extension Engine {
  /// The lease of an attempt has run out, or nobody has said for long enough what became of one.
  mutating func ringForMessage(_ alarm: Alarm) {
    let id = MessageID(rawValue: alarm.id)
    let message = state[id]
    guard state.alarmTime(of: message) == alarm.due else { return }
    defer { takeReplies(of: message.execution) }
    guard message.status == .outcomeUnknown,
      let unknown = state[message.campaign].settings.retry.unknown
    else {
      emit(
        MessageSettled(
          message: id, status: .outcomeUnknown,
          error: MessageError(.unknown, message: "The lease ended without a report."),
          isOurs: true))
      return
    }
    switch unknown.policy {
    case .hold: break
    case .resend:
      guard message.countedAttempts < state[message.campaign].settings.retry.maxAttempts else {
        return
      }
      sendAgain(id)
    case .fail:
      giveUp(id, MessageError(.unknown, message: "Nobody said whether it was sent."))
    }
  }

  /// Another attempt, though the one before may have been taken: by a policy or by an operator.
  mutating func sendAgain(_ id: MessageID) {
    guard isWanted(id) else {
      emit(MessageSettled(message: id, status: .cancelled, error: state[id].error, isOurs: true))
      return
    }
    emit(MessagePostponed(message: id, readyAt: state.now, isForRate: true))
  }

  mutating func giveUp(_ id: MessageID, _ error: MessageError) {
    emit(MessageSettled(message: id, status: .failed, error: error, isOurs: true))
    goOn(afterFailed: id, error)
  }

  // MARK: Earlier attempts

  /// Returns false where the report is no news.
  mutating func apply(
    _ report: DeliveryReport, toEarlier number: UInt16, of id: MessageID, gatewayID given: String,
    proof: FailureProof
  ) -> Bool {
    let message = state[id]
    let given = state[message.guest].isErased ? "" : given
    let status = report.status.messageStatus
    guard let attempt = message.earlier.first(where: { $0.number == number }),
      attempt.isNews(status), given.isEmpty || isFree(given, for: id)
    else { return false }
    let billed = deliveredPrice(of: message, attempt.cost, attempt.status, report)
    emit(
      EarlierAttemptReported(
        message: id, number: number, status: status, at: report.at,
        gatewayID: attempt.gatewayID.isEmpty && given != message.gatewayID ? given : "",
        billedMicros: billed, failure: status == .failed ? proof : nil))
    noteReached(state[id], status)
    if state[id].currentAttempt == number, status != .held { goOn(afterAccepted: id) }
    return true
  }

  /// The answer to a send that was followed by another.
  mutating func answerEarlier(_ attempt: AttemptID, _ outcome: ReportAttempt.Outcome) {
    let message = state[attempt.message]
    guard let known = message.earlier.first(where: { $0.number == attempt.number }) else { return }
    switch outcome {
    case .accepted(let gatewayID, let isHeld, _, _):
      let status: MessageStatus = isHeld ? .held : .accepted
      guard known.status == .failed || known.status == .outcomeUnknown, known.isNews(status) else {
        return
      }
      emit(
        EarlierAttemptReported(
          message: attempt.message, number: attempt.number, status: status, at: state.now,
          gatewayID: known.gatewayID.isEmpty && isFree(gatewayID, for: attempt.message)
            ? gatewayID : ""))
      let isStanding = state[attempt.message].currentAttempt == attempt.number
      if isStanding, !isHeld { goOn(afterAccepted: attempt.message) }
      applyParkedReports(of: attempt.message, gatewayID: gatewayID)
    case .refused(let error, _):
      // A status that shows that it was taken is the better witness.
      guard known.status == .outcomeUnknown else { return }
      var report = DeliveryReport()
      (report.status, report.at, report.error) = (.failed, state.now, error)
      _ = apply(
        report, toEarlier: attempt.number, of: attempt.message, gatewayID: "", proof: .notAccepted)
    case .unknown: break
    }
  }

  /// An id belongs to the message that had it first.
  func isFree(_ gatewayID: String, for id: MessageID) -> Bool {
    // WhatsApp's ids have the number in them, which an erased guest has no more.
    guard !state[state[id].guest].isErased else { return false }
    let owner = state.message(named: gatewayID, at: state[id].sender)
    return owner == nil || owner == id
  }

  mutating func learnGatewayID(_ gatewayID: String, of id: MessageID) {
    guard !gatewayID.isEmpty, state[id].gatewayID.isEmpty, isFree(gatewayID, for: id) else {
      return
    }
    emit(GatewayIDLearnt(message: id, gatewayID: gatewayID))
  }
}
