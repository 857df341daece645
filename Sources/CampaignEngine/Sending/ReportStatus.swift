/// A report on a message that WhatsApp took: sent, delivered, read, or failed after all.
package struct ReportStatus: Command {
  package static let cause: CauseKind? = .gateway
  package let sender: SenderID
  package let gatewayID: String
  /// Our own name of the attempt, where the report carries it.
  package let attempt: AttemptID?
  package let report: DeliveryReport
  /// Whom WhatsApp says that the message went to.
  package let userID: String?
  package let recipient: Phone?

  package init(
    sender: SenderID, gatewayID: String, attempt: AttemptID?, report: DeliveryReport,
    userID: String? = nil, recipient: Phone? = nil
  ) {
    (self.sender, self.gatewayID, self.attempt, self.report) = (sender, gatewayID, attempt, report)
    (self.userID, self.recipient) = (userID, recipient)
  }

  package struct Result: Sendable, Equatable {
    package var message = MessageID.none
    /// False where the report changed nothing: a repeat, or one that came too late.
    package var isApplied = false
    /// The message is not known yet; the report waits for it.
    package var isParked = false
  }

  package func perform(in engine: inout Engine) throws(Rejection) -> Result {
    guard let known = engine.state.find(sender) else { throw .notFound(sender) }
    let byAttempt = attempt.flatMap { attempt in
      engine.state.sentMessage(attempt.message).flatMap {
        $0.sender == sender && $0.attempts > 0 ? attempt.message : nil
      }
    }
    guard let id = byAttempt ?? engine.state.message(named: gatewayID, at: sender) else {
      let isErased = known.wasErased(gatewayID, at: engine.state.now)
      guard attempt == nil, !gatewayID.isEmpty, !isErased else {
        throw .notFound(attempt?.description ?? gatewayID, "Message")
      }
      var parked = ParkedReport()
      (parked.gatewayID, parked.report) = (gatewayID, report)
      if !known.parkedReports.contains(parked) {
        engine.emit(ReportParked(sender: sender, report: parked))
      }
      return Result(isParked: true)
    }
    let wasKnown = engine.state.message(named: gatewayID, at: sender) != nil
    let message = engine.state[id]
    guard message.direction == .outbound else {
      throw .notFound(gatewayID, "Outbound message")
    }
    engine.learn(userID: userID, phone: recipient, from: message)
    defer { engine.takeReplies(of: message.execution) }
    let isApplied = engine.take(
      report, of: id, message, attempt: attempt, gatewayID: gatewayID)
    if !wasKnown { engine.applyParkedReports(of: id, gatewayID: gatewayID) }
    return Result(message: id, isApplied: isApplied)
  }
}

extension Engine {
  /// Returns false where the report is no news.
  fileprivate mutating func take(
    _ report: DeliveryReport, of id: MessageID, _ message: Message, attempt: AttemptID?,
    gatewayID: String
  ) -> Bool {
    if let number = message.earlierAttempt(named: attempt, gatewayID: gatewayID) {
      return apply(report, toEarlier: number, of: id, gatewayID: gatewayID, proof: .notDelivered)
    }
    // An attempt that nothing is kept of says nothing about the others.
    if let attempt, attempt.number != message.currentAttempt { return false }
    return apply(report, to: id, gatewayID: gatewayID)
  }

  /// Whatever is not news changes nothing.
  mutating func apply(_ report: DeliveryReport, to id: MessageID, gatewayID given: String) -> Bool {
    let message = state[id]
    let gatewayID = state[message.guest].isErased ? "" : given
    guard !gatewayIsStale(gatewayID, message) else { return false }
    let status = report.status.messageStatus
    guard message.isChanged(by: status) else { return false }
    if report.status == .failed {
      learnGatewayID(gatewayID, of: id)
      failLate(id, report)
      return true
    }
    let wasTaken = message.status.isWithWhatsApp && message.status != .held
    let newID = message.gatewayID.isEmpty ? gatewayID : ""
    let costs = deliveredCost(of: message, report)
    emit(
      MessageReported(
        message: id, status: status, at: report.at, gatewayID: newID,
        billedMicros: costs.billed, savedMicros: costs.saved))
    noteReached(message, status)
    if !wasTaken, status != .held { goOn(afterAccepted: id) }
    return true
  }

  /// Whoever got a message can be reached.
  mutating func noteReached(_ message: Message, _ status: MessageStatus) {
    guard status.isWithWhatsApp, status.rank >= MessageStatus.sent.rank else { return }
    let guest = state[message.guest]
    guard guest.unreachableSince > .zero, !guest.isDeleted else { return }
    var profile = GuestProfile()
    profile.unreachableSince = .zero
    emit(GuestUpdated(guest: message.guest, profile: profile, execution: message.execution))
  }

  /// True for the id of an earlier attempt, or of another message.
  private func gatewayIsStale(_ gatewayID: String, _ message: Message) -> Bool {
    !gatewayID.isEmpty && message.gatewayID != gatewayID
      && state.message(named: gatewayID, at: message.sender) != nil
  }

  private func deliveredCost(
    of message: Message, _ report: DeliveryReport
  ) -> (billed: Int64?, saved: Int64) {
    if message.deliveredAt > .zero { return (message.cost.billedMicros, message.cost.savedMicros) }
    let billed = deliveredPrice(of: message, message.cost, message.status, report)
    guard !message.replacedTemplate.isNone, let billed, !state[message.guest].isErased,
      let price = state[message.sender].row.price(
        of: state.template(message.replacedTemplate).category.price,
        to: state.number(of: message), at: report.at, inWindow: message.cost.inWindow)
    else { return (billed, 0) }
    return (billed, max(0, price - billed))
  }

  /// What WhatsApp says that a delivery costs; else what the card says.
  func deliveredPrice(
    of message: Message, _ cost: MessageCost, _ status: MessageStatus, _ report: DeliveryReport
  ) -> Int64? {
    if status == .delivered || status == .read { return cost.billedMicros }
    let phone = state.number(of: message)
    // The market of an erased guest is not known any more; the price at the time of sending is.
    return report.billedMicros
      ?? (phone.isNone
        ? cost.estimatedMicros
        : state[message.sender].row.priceNow(
          of: cost.category, to: phone, at: report.at, inWindow: cost.inWindow))
  }

  /// Most failures come after the send was accepted. While the execution still stands at the wait
  /// that the message led to, it goes back to the node that sent it, unless the guest has it by
  /// another attempt.
  private mutating func failLate(_ id: MessageID, _ report: DeliveryReport) {
    let message = state[id]
    let error = report.error ?? MessageError(.unknown, message: "WhatsApp gave no reason.")
    let other = message.replacement.map { message.earlier[$0] }
    if other?.status.isWithWhatsApp != true, isStillBehind(id) {
      emit(ExecutionTakenBack(execution: message.execution))
      emit(
        ExecutionWaits(
          execution: message.execution, wait: Wait(.delivery, since: state.now), sending: id))
    }
    // Another was taken, or may have been: nothing goes out again.
    if other != nil {
      learn(from: error, message, retryAfter: report.retryAfter ?? .zero, proof: .notDelivered)
      emit(
        EarlierAttemptReported(
          message: id, number: message.currentAttempt, status: .failed, at: report.at))
      return
    }
    let isRetried =
      message.purpose == .node || message.purpose == .question || !message.purpose.isOfFlow
    if !message.status.mayHaveReached || isRetried && isWanted(id) {
      failOpen(id, error, retryAfter: report.retryAfter, proof: .notDelivered)
    } else {
      emit(MessageSettled(message: id, status: .failed, error: error, failure: .notDelivered))
    }
  }

  /// True while nothing has happened since the message but that its execution waits.
  private func isStillBehind(_ id: MessageID) -> Bool {
    let message = state[id]
    guard message.purpose == .node else { return false }
    let row = state[message.execution]
    // A guest who wrote since has seen it, whatever the report says.
    let newest = state.newestOfFlow(message.execution)
    return (row.status == .waiting || row.status == .paused) && row.awaitedMessage.isNone
      && newest == id
      && Int(message.step) == row.steps.count - 2
      && [.reply, .delay, .form].contains(row.wait?.kind)
  }

  /// Reports that waited until WhatsApp's id was known.
  mutating func applyParkedReports(of id: MessageID, gatewayID: String) {
    let sender = state[id].sender
    guard !gatewayID.isEmpty, state.message(named: gatewayID, at: sender) == id else { return }
    let parked = state[sender].parkedReports.filter { $0.gatewayID == gatewayID }
    guard !parked.isEmpty else { return }
    emit(ReportParked(sender: sender, clearedGatewayID: gatewayID))
    for item in parked {
      _ = take(item.report, of: id, state[id], attempt: nil, gatewayID: gatewayID)
    }
  }
}

extension State {
  /// The newest message of an execution, what operators wrote and what reminds aside.
  fileprivate func newestOfFlow(_ execution: ExecutionID) -> MessageID? {
    newestMessage(of: execution) { $0.direction == .inbound || $0.purpose.isOfFlow }
  }
}
