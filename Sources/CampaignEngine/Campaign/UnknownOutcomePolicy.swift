import Wire

/// What happens to a message of which nobody knows whether it was sent. WhatsApp has no key by which
/// a repeat would be recognised, so sending again may send twice: only a campaign that says so does.
package struct UnknownOutcomePolicy: WireObject, Equatable {
  package var policy = Policy.hold
  package var after = TimeSpan.hours(24)

  package enum Policy: String, WireEnum {
    /// Waits for a report, or for message.resolve.
    case hold
    /// Makes another attempt, as long as the campaign has any left.
    case resend
    /// Counts as failed; a later report that it was sent is still believed.
    case fail
  }

  package init() {}
  package static var schemaName: String { "UnknownOutcomePolicy" }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("policy", &policy, "Hold it, send it again, or give it up.")
    try visit.field("after", &after, "How long a report is waited for before that.", .defaulted)
  }
}
