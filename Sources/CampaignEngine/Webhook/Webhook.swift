import Wire

/// One body, and how far it is worked off.
package struct Webhook: WireObject {
  /// The first that was ever taken in has 1.
  package var number: UInt64 = 0
  /// The business account, as the secret that signed it is named.
  package var account = ""
  package var body = ""
  package var receivedAt = Timestamp.zero
  /// Items that are worked off.
  package var done = 0

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("number", &number, "Number among all.")
    try visit.field("account", &account, "Business account.")
    try visit.field("body", &body, "What WhatsApp sent, to the byte.")
    try visit.field("received_at", &receivedAt, "When it was taken in.")
    try visit.field("done", &done, "Items that are worked off.")
  }
}
