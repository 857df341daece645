/// WhatsApp has restricted or closed a business account: nothing that its numbers begin would go.
package struct StopAccount: Command {
  package static let cause: CauseKind? = .gateway
  package let account: String
  /// WhatsApp's word for it, such as `account_restriction`.
  package let reason: String

  package init(account: String, reason: String) { (self.account, self.reason) = (account, reason) }

  package func perform(in engine: inout Engine) throws(Rejection) {
    let senders = engine.state.senders.indices.filter {
      engine.state.senders[$0].row.account == account
    }
    guard !senders.isEmpty else { throw .notFound(account, "A sender of account") }
    for index in senders {
      for campaign in engine.state.senders[index].runningCampaigns
      where engine.state[campaign].status == .running {
        engine.emit(
          CampaignStatusChanged(campaign: campaign, status: .paused, pauseReason: reason))
      }
    }
  }
}
