/// WhatsApp has restricted or closed a business account: nothing that its numbers begin would go.
package struct StopAccount: Command {
  package static let cause: CauseKind? = .gateway
  package let account: String
  /// WhatsApp's word for it, such as `account_restriction`.
  package let reason: String
  /// When WhatsApp did so: a repeat must not stop again what an operator has resumed.
  package let at: Timestamp

  package init(account: String, reason: String, at: Timestamp) {
    (self.account, self.reason, self.at) = (account, reason, at)
  }

  package func perform(in engine: inout Engine) throws(Rejection) {
    let senders = engine.state.senders.ids.filter {
      engine.state.senders[$0].row.account == account
    }
    guard !senders.isEmpty else { throw .notFound(account, "A sender of account") }
    let at = min(at, engine.state.now)
    let isNews = senders.contains { engine.state.senders[$0].row.accountStoppedAt < at }
    guard isNews else { return }
    engine.emit(AccountStopped(account: account, at: at))
    for sender in senders { engine.pauseCampaigns(of: sender, reason: reason) }
  }
}
