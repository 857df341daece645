import Wire

/// The body of a webhook was taken in.
struct WebhookReceived: InternalEvent {
  static let kind = EventKind.webhookReceived
  var account = ""
  var body = ""
  var digest = ""

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("account", &account, "Business account.")
    try visit.field("body", &body, "What WhatsApp sent, to the byte.")
    try visit.field("digest", &digest, "Of the body and the secret.")
  }

  func apply(to state: inout State) {
    state.webhooks.tally.received += 1
    state.webhooks.tally.remember(digest)
    var webhook = Webhook()
    (webhook.number, webhook.account) = (state.webhooks.tally.received, account)
    (webhook.body, webhook.receivedAt) = (body, state.now)
    state.webhooks.append(webhook)
  }
}
