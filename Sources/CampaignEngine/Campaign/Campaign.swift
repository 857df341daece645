import Wire

/// One chatflow version for one audience.
package struct Campaign: WireObject {
  package var name = ""
  package var chatflow = ChatflowID.none
  /// Pinned at the start; 0 before.
  package var chatflowVersion = 0
  package var guestFilter = GuestFilter()
  package var triggerType = TriggerType.manual
  package var sessionPolicy = SessionPolicy()
  package var throttle: Throttle?
  package var retry = RetryPolicy()
  package var sendBy: Timestamp?
  package var status = CampaignStatus.draft
  package var pauseReason: String?
  package var enrolment: Enrolment?
  /// Work on the executions that follows a change of status, in slices.
  package var sweep: Sweep?
  package var createdAt = Timestamp.zero
  package var startedAt = Timestamp.zero
  package var endedAt = Timestamp.zero
  package var nextSlotMicroseconds: Int64 = 0
  package var counters = CampaignCounters()
  package var isDeleted = false
  package var schedule: CampaignSchedule?
  /// When the clock acts on it next; zero for never.
  package var nextAt = Timestamp.zero
  /// Of a recurring campaign: its newest run, firings that wait for that to end, and those that
  /// did not take place.
  package var lastRun = CampaignID.none
  package var queuedFirings = 0
  package var skippedFirings = 0
  /// The recurring campaign that it is a run of.
  package var recurrenceOf = CampaignID.none
  /// The campaign that it tests; its waits last one part in `timeScale` of their time.
  package var testOf = CampaignID.none
  package var timeScale: Int64 = 1
  /// Versions that executions walked before the present one, oldest first, and where nodes of theirs
  /// went in the version after; numbers are those of the graph that holds all versions.
  package var olderVersions: [Int] = []
  package var nodeMoves: [NodeMove] = []
  /// Executions that a migration has still to come to: the number of members done so far.
  package var migratedMembers: Int?
  /// A look at all executions that is under way.
  package var review: Review?
  package var failureRate = FailureRate()

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("name", &name, "Name.")
    try visit.field("chatflow", &chatflow, "Chatflow.")
    try visit.field("chatflow_version", &chatflowVersion, "Pinned version, 0 before the start.")
    try visit.field("guest_filter", &guestFilter, "Audience.")
    try visit.field("trigger_type", &triggerType, "What starts it.")
    try visit.field("session_policy", &sessionPolicy, "When messages go.")
    try visit.field("throttle", &throttle, "Limit of its rate.")
    try visit.field("retry", &retry, "What happens after failures.")
    try visit.field("send_by", &sendBy, "After this moment nothing new is sent.")
    try visit.field("status", &status, "State.")
    try visit.field("pause_reason", &pauseReason, "Why it was paused, where it paused itself.")
    try visit.field("enrolment", &enrolment, "Progress of the enrolment.")
    try visit.field("sweep", &sweep, "Work left on its executions.")
    try visit.field("created_at", &createdAt, "When it was created.")
    try visit.field("started_at", &startedAt, "When it started.")
    try visit.field("ended_at", &endedAt, "When it ended.")
    try visit.field("next_slot", &nextSlotMicroseconds, "State of the token bucket.")
    try visit.field("counters", &counters, "Statistics.")
    try visit.field("is_deleted", &isDeleted, "Gone for everybody who asks.")
    try visit.field("schedule", &schedule, "When, for triggers by the clock.")
    try visit.field("next_at", &nextAt, "When the clock acts on it next.")
    try visit.field("last_run", &lastRun, "Newest run.")
    try visit.field("queued_firings", &queuedFirings, "Firings that wait.")
    try visit.field("skipped_firings", &skippedFirings, "Firings that did not take place.")
    try visit.field("recurrence_of", &recurrenceOf, "The recurring campaign.")
    try visit.field("test_of", &testOf, "The campaign that it tests.")
    try visit.field("time_scale", &timeScale, "How much shorter its waits are.")
    try visit.field("older_versions", &olderVersions, "Versions before the present one.")
    try visit.field("node_moves", &nodeMoves, "Where their nodes went.")
    try visit.field("migrated_members", &migratedMembers, "Progress of a migration.")
    try visit.field("failure_rate", &failureRate, "Outcomes of its newest attempts.")
    try visit.field("review", &review, "Progress of a look at all executions.")
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

/// A walk over all executions of a campaign, in slices that survive a restart.
package struct Sweep: WireObject, Equatable {
  package var purpose = Purpose.cancel
  /// Members of the campaign done so far.
  package var done = 0

  package enum Purpose: String, WireEnum { case cancel, resume }

  package init() {}
  package init(_ purpose: Purpose) { self.purpose = purpose }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("purpose", &purpose, "What is done to each.")
    try visit.field("done", &done, "Executions done.")
  }
}
