import CampaignEngine
import Wire

/// Whoever stands behind a guest's number, as the sender knows them.
package struct PersonView: WireObject {
  package var phone: Phone?
  package var userID: String?
  package var subscription = Subscription.subscribed
  package var lastInboundAt: Timestamp?
  package var sessionWindow = SessionWindowView()
  package var marketingStoppedAt: Timestamp?

  package init() {}

  init?(of guest: GuestID, in center: isolated OperationCenter) {
    let state = center.engine.state
    let row = state.personRow(behind: guest)
    guard row != 0 else { return nil }
    let person = state.sender(ofSpace: guest.space).persons[row]
    (phone, userID) = (person.phone.isNone ? nil : person.phone, person.userID.nilIfEmpty)
    (subscription, lastInboundAt) = (person.subscription, person.lastInboundAt.nilIfZero)
    sessionWindow = SessionWindowView(person, at: center.now)
    marketingStoppedAt = person.marketingStoppedAt
  }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("phone", &phone, "Number, where one is known.")
    try visit.field("user_id", &userID, "WhatsApp's own id of the person.")
    try visit.field("subscription", &subscription, "What may be sent.")
    try visit.field("last_inbound_at", &lastInboundAt, "When the person last wrote.")
    try visit.field("session_window", &sessionWindow, "Whether free text is allowed.")
    try visit.marketingStop(&marketingStoppedAt)
  }
}

extension FieldVisitor {
  /// A fact of WhatsApp's, which `subscription` follows.
  mutating func marketingStop(_ at: inout Timestamp?) throws(WireError) {
    try field(
      "marketing_stopped_at", &at,
      "When they told WhatsApp to show them no marketing of this number; only they can lift it.",
      .omittable)
  }
}
