/// An operator settles a message of which nobody knows whether it was sent: they have looked at the
/// phone, or asked the guest.
package struct ResolveMessage: Command {
  package enum Outcome: Sendable, Equatable {
    /// As if WhatsApp had taken it: its execution goes on.
    case sent(gatewayID: String)
    /// One more attempt.
    case resend
    case failed
  }

  package let message: MessageID
  package let outcome: Outcome

  package init(message: MessageID, outcome: Outcome) {
    (self.message, self.outcome) = (message, outcome)
  }

  package func perform(in engine: inout Engine) throws(Rejection) {
    guard let row = engine.state.find(message) else {
      throw .notFound(message)
    }
    guard row.status == .outcomeUnknown else {
      throw .invalidState(
        id: message.wireText, action: "resolve", status: row.status.rawValue, allowed: [],
        "\(message.wireText) is \(row.status.rawValue); only messages of unknown outcome are resolved."
      )
    }
    defer { engine.takeReplies(of: row.execution) }
    switch outcome {
    case .sent(let gatewayID):
      guard gatewayID.isEmpty || engine.isFree(gatewayID, for: message) else {
        throw .conflict(
          "\(gatewayID) is the id of another message.", id: message.wireText,
          reason: "gateway_message_id_in_use")
      }
      engine.accept(message, gatewayID: gatewayID, isHeld: false)
    case .resend: engine.sendAgain(message)
    case .failed:
      engine.giveUp(
        message, MessageError(.unknown, message: "An operator said that it was not sent."))
    }
  }
}
