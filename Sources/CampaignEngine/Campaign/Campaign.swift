import Wire

/// One chatflow version for one audience.
package struct Campaign: WireObject {
  package var settings = CampaignSettings()
  /// Pinned at the start; 0 before.
  package var chatflowVersion = 0
  package var status = CampaignStatus.draft
  package var pauseReason: String?
  package var progress = CampaignProgress()
  package var clock = CampaignFirings()
  package var migration = CampaignVersions()
  package var createdAt = Timestamp.zero
  package var startedAt = Timestamp.zero
  package var endedAt = Timestamp.zero
  package var nextSlotMicroseconds: Int64 = 0
  package var counters = CampaignCounters()
  package var isDeleted = false
  /// The campaign that it tests; its waits last one part in `timeScale` of their time.
  package var testOf = CampaignID.none
  package var timeScale: Int64 = 1
  package var failureRate = FailureRate()

  package init() {}

  /// In the order in which they came to be: files hold rows of all times.
  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("name", &settings.name, "Name.")
    try visit.field("chatflow", &settings.chatflow, "Chatflow.")
    try visit.field("chatflow_version", &chatflowVersion, "Pinned version, 0 before the start.")
    try visit.field("guest_filter", &settings.guestFilter, "Audience.")
    try visit.field("trigger_type", &settings.triggerType, "What starts it.")
    try visit.field("session_policy", &settings.sessionPolicy, "When messages go.")
    try visit.field("throttle", &settings.throttle, "Limit of its rate.")
    try visit.field("retry", &settings.retry, "What happens after failures.")
    try visit.field("send_by", &settings.sendBy, "After this moment nothing new is sent.")
    try visit.field("status", &status, "State.")
    try visit.field("pause_reason", &pauseReason, "Why it was paused, where it paused itself.")
    try visit.field("enrolment", &progress.enrolment, "Progress of the enrolment.")
    try visit.field("sweep", &progress.sweep, "Work left on its executions.")
    try visit.field("created_at", &createdAt, "When it was created.")
    try visit.field("started_at", &startedAt, "When it started.")
    try visit.field("ended_at", &endedAt, "When it ended.")
    try visit.field("next_slot", &nextSlotMicroseconds, "State of the token bucket.")
    try visit.field("counters", &counters, "Statistics.")
    try visit.field("is_deleted", &isDeleted, "Gone for everybody who asks.")
    try visit.field("schedule", &settings.schedule, "When, for triggers by the clock.")
    try visit.field("next_at", &clock.nextAt, "When the clock acts on it next.")
    try visit.field("last_run", &clock.lastRun, "Newest run.")
    try visit.field("queued_firings", &clock.queuedFirings, "Firings that wait.")
    try visit.field("skipped_firings", &clock.skippedFirings, "Firings that did not take place.")
    try visit.field("recurrence_of", &clock.recurrenceOf, "The recurring campaign.")
    try visit.field("test_of", &testOf, "The campaign that it tests.")
    try visit.field("time_scale", &timeScale, "How much shorter its waits are.")
    try visit.field("older_versions", &migration.olderVersions, "Versions before the present one.")
    try visit.field("node_moves", &migration.nodeMoves, "Where their nodes went.")
    try visit.field("migrated_members", &migration.migratedMembers, "Progress of a migration.")
    try visit.field("failure_rate", &failureRate, "Outcomes of its newest attempts.")
    try visit.field("review", &progress.review, "Progress of a look at all executions.")
    try visit.field("share", &progress.share, "Who goes first.")
    try visit.field("household", &settings.household, "Whom of a household it writes to.")
    try visit.field("event", &settings.event, "Event that it is about.")
  }
}

/// Work on its guests and executions that is done in slices.
package struct CampaignProgress: Sendable {
  package var enrolment: Enrolment?
  /// Who goes first, where not all began at once.
  package var share: FirstShare?
  /// What a change of status brings on.
  package var sweep: Sweep?
  /// A look at all executions.
  package var review: Review?
}

/// What the clock has made of it.
package struct CampaignFirings: Sendable {
  package init() {}

  /// When the clock acts on it next; zero for never.
  package var nextAt = Timestamp.zero
  /// Of a recurring campaign: its newest run, firings that wait for that to end, and those that
  /// did not take place.
  package var lastRun = CampaignID.none
  package var queuedFirings = 0
  package var skippedFirings = 0
  /// The recurring campaign that it is a run of.
  package var recurrenceOf = CampaignID.none
}

/// Versions of the flow that it has walked.
package struct CampaignVersions: Sendable {
  /// Those before the present one, oldest first, and where nodes of theirs went in the version after;
  /// numbers are those of the graph that holds all versions.
  package var olderVersions: [Int] = []
  package var nodeMoves: [NodeMove] = []
  /// Executions that a migration has still to come to: the number of members done so far.
  package var migratedMembers: Int?
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
