import Wire

/// An item of the oldest webhook is worked off; with the last one the body goes.
struct WebhookAdvanced: InternalEvent {
  static let kind = EventKind.webhookAdvanced
  /// What became of the item; nil where there was none.
  var outcome: WebhookOutcome?
  var isLast = false

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("outcome", &outcome, "What became of the item.")
    try visit.field("is_last", &isLast, "Whether the body is worked off.")
  }

  func apply(to state: inout State) {
    if let outcome { state.webhooks.tally.count(outcome) }
    if isLast {
      state.webhooks.removeFirst()
    } else {
      state.webhooks.waiting[0].done += 1
    }
  }
}
