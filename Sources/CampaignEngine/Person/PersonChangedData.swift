import Wire

/// What a sender knows of a person changed. A person may be several guests; the event names the
/// newest of them.
package struct PersonChangedData: PublicData {
  package static let kind = PublicKind("person_changed")
  package static let summary = "A person opted out or in, or their session window opened or closed."
  package var sender = SenderID.none
  package var subscription: SubscriptionChange?
  package var windowClosesAt: Timestamp?
  package var isWindowDenied = false

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("sender_id", &sender, "Sender that knows them.")
    try visit.field("subscription", &subscription, "What may be sent; null where that stays.")
    try visit.field(
      "window_closes_at", &windowClosesAt,
      "Until when free text is allowed, counted from the message that was received; null where that stays."
    )
    try visit.field("window_denied", &isWindowDenied, "WhatsApp refused free text.")
  }
}

package struct SubscriptionChange: WireObject, Equatable {
  package var from: Subscription?
  package var to = Subscription.subscribed

  package init() {}
  init(from: Subscription?, to: Subscription) { (self.from, self.to) = (from, to) }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("from", &from, "Before.")
    try visit.field("to", &to, "From now on.")
  }
}
