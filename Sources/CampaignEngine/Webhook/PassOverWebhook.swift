/// Passes over the next item of the oldest webhook, which says nothing to us; or over the whole
/// body, where it has no items.
package struct PassOverWebhook: Command {
  package static let cause: CauseKind? = .gateway
  package let isLast: Bool
  package let hasItem: Bool

  package init(isLast: Bool, hasItem: Bool) { (self.isLast, self.hasItem) = (isLast, hasItem) }

  package func perform(in engine: inout Engine) {
    guard !engine.state.webhooks.waiting.isEmpty else { return }
    engine.emit(WebhookAdvanced(outcome: hasItem ? .skipped : nil, isLast: isLast))
  }
}
