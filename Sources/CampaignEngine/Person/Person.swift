import Wire

/// Whoever stands behind a phone number, as one sender knows them. The session window, opt-outs
/// and the one open question belong here, not to the guest: a family may share a phone, and a
/// person may be a guest of several projects.
package struct Person: WireObject {
  package var phone = Phone.none
  /// WhatsApp's business-scoped user id, where it told us.
  package var userID = ""
  /// What they, an operator or a list have told us; what may be sent is `subscription`.
  package var ownSubscription = Subscription.subscribed
  /// Timestamp of the newest message from this person that opens a window; never goes back.
  package var lastInboundAt = Timestamp.zero
  /// WhatsApp said that the window is closed (131047) at this time: evidence against our belief.
  package var windowDeniedAt = Timestamp.zero
  /// The execution whose question is open, and those that wait for their turn.
  package var turnHolder = ExecutionID.none
  package var turnQueue: [ExecutionID] = []
  /// When the bucket of this pair of number and person is full again; see `PairRate`.
  package var pairFullAt = Timestamp.zero
  /// Newest message that went out while the window was closed: it counts for the daily limit.
  package var sentOutsideWindowAt = Timestamp.zero
  /// When it was last decided what may be sent, as far as that is ours to decide.
  package var subscribedAt = Timestamp.zero
  /// WhatsApp shows them no marketing of this number, because they told it so: only they can lift that,
  /// and only there.
  package var isMarketingStopped = false
  /// When they last told WhatsApp what they want; news of older wishes change nothing.
  package var marketingToldAt = Timestamp.zero
  /// Templates that WhatsApp does not show them now.
  package var capped: [CategoryCap] = []
  /// Other numbers and user ids that lead to this person: former ones, and other spellings.
  package var otherPhones: [Phone] = []
  package var otherUserIDs: [String] = []
  /// What is left of erased numbers and user ids that must not be forgotten: their keyed hashes.
  package var digests: [String] = []
  package var links = Links()

  package init() {}

  package init(phone: Phone) { self.phone = phone }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("phone", &phone, "Phone number.")
    try visit.field("user_id", &userID, "WhatsApp user id.")
    try visit.field("subscription", &ownSubscription, "What they told us.")
    try visit.field("last_inbound_at", &lastInboundAt, "Newest inbound message.")
    try visit.field("window_denied_at", &windowDeniedAt, "When WhatsApp refused free text.")
    try visit.field("turn_holder", &turnHolder, "Execution with the open question.")
    try visit.field("turn_queue", &turnQueue, "Executions that wait for their turn.")
    try visit.field("pair_full_at", &pairFullAt, "When its token bucket is full again.")
    try visit.field(
      "sent_outside_window_at", &sentOutsideWindowAt, "Newest message outside the window.")
    try visit.field("subscribed_at", &subscribedAt, "When it was decided what may be sent.")
    try visit.field("capped", &capped, "Categories that are not shown now.")
    try visit.field("other_phones", &otherPhones, "Other numbers.")
    try visit.field("other_user_ids", &otherUserIDs, "Other user ids.")
    try visit.field("digests", &digests, "Keyed hashes of erased numbers and user ids.")
    try visit.field("is_marketing_stopped", &isMarketingStopped, "WhatsApp stops marketing.")
    try visit.field("marketing_told_at", &marketingToldAt, "When they last told WhatsApp.")
  }

  /// When they told WhatsApp to stop marketing; nil where it does not.
  package var marketingStoppedAt: Timestamp? { isMarketingStopped ? marketingToldAt : nil }

  /// What may be sent: the stricter of what they told us and what they told WhatsApp.
  package var subscription: Subscription {
    ownSubscription == .subscribed && isMarketingStopped ? .noMarketing : ownSubscription
  }

  /// Erased, or found to be somebody else.
  package var isForgotten: Bool { phone.isNone && userID.isEmpty }

  /// Free text is allowed for 24 hours after the newest inbound message; at exactly 24 hours the
  /// window is closed (Meta, "Service messages"). Zero when it is closed.
  package var windowClosesAt: Timestamp {
    guard lastInboundAt > .zero, windowDeniedAt < lastInboundAt else { return .zero }
    return lastInboundAt + SessionWindow.length
  }

  package func isWindowOpen(at time: Timestamp) -> Bool { time < windowClosesAt }

  /// A message takes a moment to get there, so what is sent in the last minutes goes as a template.
  package func isWindowSafelyOpen(at time: Timestamp) -> Bool {
    time + SessionWindow.safetyMargin < windowClosesAt
  }
}

package enum SessionWindow {
  package static let length = TimeSpan.hours(24)
  package static let safetyMargin = TimeSpan.minutes(2)
}

package enum Subscription: String, WireEnum {
  case subscribed
  /// No marketing messages; answers inside a dialogue and utility messages may go.
  case noMarketing = "no_marketing"
  /// Nothing at all.
  case optedOut = "opted_out"
}
