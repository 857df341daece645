import Wire

/// What an operator decides about a campaign.
package struct CampaignSettings: WireObject {
  package var name = ""
  package var chatflow = ChatflowID.none
  package var guestFilter = GuestFilter()
  package var triggerType = TriggerType.manual
  package var schedule: CampaignSchedule?
  package var sessionPolicy = SessionPolicy()
  package var throttle: Throttle?
  package var retry = RetryPolicy()
  package var sendBy: Timestamp?
  /// Campaigns from before households asked nobody for another.
  package var household = HouseholdPolicy.contactOnly
  /// Key of the event that it is about: only those who are invited to it are in its audience.
  package var event: String?

  package init() {}
  package init(household: HouseholdPolicy) { self.household = household }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("name", &name, "Name.")
    try visit.field("chatflow", &chatflow, "Chatflow.")
    try visit.field("guest_filter", &guestFilter, "Audience.")
    try visit.field("trigger_type", &triggerType, "What starts it.")
    try visit.field("schedule", &schedule, "When, for triggers by the clock.")
    try visit.field("session_policy", &sessionPolicy, "When messages go.")
    try visit.field("throttle", &throttle, "Limit of its rate.")
    try visit.field("retry", &retry, "What happens after failures.")
    try visit.field("send_by", &sendBy, "After this moment nothing new is sent.")
    try visit.field("household", &household, "Whom of a household it writes to.")
    try visit.field("event", &event, "Event that it is about.")
  }
}

package enum TriggerType: String, WireEnum {
  case manual, scheduled, recurring
  /// A guest that comes to match the filter is enrolled at once.
  case onGuest = "on_guest"
}

package struct SessionPolicy: WireObject, Equatable {
  package var mode = Mode.immediate
  package var duration: TimeSpan?

  package enum Mode: String, WireEnum {
    case immediate
    case holdFor = "hold_for"
  }

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field(
      "mode", &mode, "Send at once, or hold invitations until the guest writes.", .defaulted)
    try visit.field("duration", &duration, "How long to hold, for hold_for.")
  }
}

package struct Throttle: WireObject, Equatable {
  package var perMinute: Int64 = 600
  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("per_minute", &perMinute, "Messages a minute at most.", .range(1...60_000))
  }
}

package struct RetryPolicy: WireObject, Equatable {
  package var maxAttempts: Int64 = 3
  package var initial = TimeSpan.seconds(30)
  package var coefficient: Int64 = 2
  package var maxInterval = TimeSpan.minutes(15)
  /// Absent: such messages wait for a report or an operator.
  package var unknown: UnknownOutcomePolicy?

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field(
      "max_attempts", &maxAttempts, "Attempts in all, the first one too.", .defaulted.range(1...20))
    try visit.field(
      "initial", &initial, "Wait before the second attempt.", .defaulted.pattern(.length))
    try visit.field(
      "coefficient", &coefficient, "Each further wait is this much longer.",
      .defaulted.range(1...10))
    try visit.field("max_interval", &maxInterval, "Longest wait.", .defaulted.pattern(.length))
    try visit.field(
      "unknown", &unknown,
      "What happens to messages of which nobody knows whether they were sent; held if absent.",
      .omittable)
  }

  /// The wait after the given number of attempts.
  package func interval(afterAttempts attempts: Int64) -> TimeSpan {
    var milliseconds = initial.milliseconds
    for _ in 1..<max(attempts, 1) {
      let (next, overflow) = milliseconds.multipliedReportingOverflow(by: coefficient)
      if overflow || next > maxInterval.milliseconds { return maxInterval }
      milliseconds = next
    }
    return min(TimeSpan(milliseconds: milliseconds), maxInterval)
  }
}
