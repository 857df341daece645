import Wire

/// What WhatsApp says about a message after it took it.
package struct DeliveryReport: WireObject, Equatable {
  package var status = ReportedStatus.sent
  package var at = Timestamp.zero
  package var error: MessageError?
  /// Price, where WhatsApp told one; it overrules the rate card.
  package var billedMicros: Int64?
  /// Not again before, where its code says so.
  package var retryAfter: TimeSpan?

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("status", &status, "What happened.")
    try visit.field("at", &at, "When, by WhatsApp's clock.")
    try visit.field("error", &error, "Why it failed.")
    try visit.field("billed_micros", &billedMicros, "Price.")
    try visit.field("retry_after", &retryAfter, "Not again before, where its code says so.")
  }
}

package enum ReportedStatus: String, WireEnum {
  case held, sent, delivered, read, failed

  var messageStatus: MessageStatus {
    switch self {
    case .held: .held
    case .sent: .sent
    case .delivered: .delivered
    case .read: .read
    case .failed: .failed
    }
  }
}
