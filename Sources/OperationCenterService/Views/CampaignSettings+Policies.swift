import CampaignEngine
import Wire

extension CampaignSettings {
  /// For whom it is and how its messages go, as calls and views have it. Here and not with the settings: a
  /// list is only fast where the compiler sees who visits it.
  mutating func policyFields(
    _ visit: inout some FieldVisitor, audience: StaticString = "Audience.", _ rule: Rule = .none
  ) throws(WireError) {
    try visit.field("guest_filter", &guestFilter, audience, rule)
    try visit.field("session_policy", &sessionPolicy, "When its messages go.", rule)
    try visit.field("throttle", &throttle, "Limit of its rate.")
    try visit.field("send_by", &sendBy, "After this moment nothing new is sent.")
    try visit.field("retry", &retry, "What happens after failures that pass.", rule)
  }
}
