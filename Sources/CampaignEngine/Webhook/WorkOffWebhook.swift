/// Works off the next item of the oldest webhook. What it says and that it is done are one command,
/// so a restart in the middle of a body neither loses an item nor takes one twice.
package struct WorkOffWebhook<Item: Command>: Command where Item.Refusal == Rejection {
  package static var cause: CauseKind? { Item.cause }
  /// Place of the item in the body.
  package let place: Int
  package let isLast: Bool
  package let item: Item

  package init(place: Int, isLast: Bool, item: Item) {
    (self.place, self.isLast, self.item) = (place, isLast, item)
  }

  /// Returns why the item was refused, if it was. The rest of the body does not wait for it:
  /// WhatsApp sends no better one.
  package func perform(in engine: inout Engine) throws(Rejection) -> Rejection? {
    guard let webhook = engine.state.webhooks.waiting.first, webhook.done == place else {
      throw .conflict("This is not the next item of a webhook.", reason: "webhook_item")
    }
    var rejection: Rejection?
    do throws(Rejection) { _ = try engine.performPart(item) } catch { rejection = error }
    engine.emit(WebhookAdvanced(outcome: rejection == nil ? .applied : .refused, isLast: isLast))
    return rejection
  }
}
