import CampaignEngine
import Wire

package struct CampaignView: WireObject {
  package var id = CampaignID.none
  package var project = ProjectID.none
  package var settings = CampaignSettings()
  package var status = CampaignStatus.draft
  package var pauseReason: String?
  package var allowed: [CampaignAction] = []
  package var chatflowVersion: Int?
  package var clock = CampaignFirings()
  package var enrolment: EnrolmentView?
  package var createdAt = Timestamp.zero
  package var startedAt: Timestamp?
  package var endedAt: Timestamp?
  package var testOf: CampaignID?
  package var firstShare: FirstShareView?

  package init() {}

  init(_ id: CampaignID, _ row: Campaign) {
    self.id = id
    project = ProjectID(space: 0, counter: id.space + 1)
    (settings, status, pauseReason) = (row.settings, row.status, row.pauseReason)
    allowed = row.allowed
    chatflowVersion = row.chatflowVersion == 0 ? nil : row.chatflowVersion
    enrolment = row.progress.enrolment.map { EnrolmentView($0) }
    createdAt = row.createdAt
    (startedAt, endedAt) = (row.startedAt.nilIfZero, row.endedAt.nilIfZero)
    (clock, testOf) = (row.clock, row.testOf.nilIfNone)
    if status != .scheduled { clock.nextAt = .zero }
    firstShare = row.progress.share.map { FirstShareView($0) }
  }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("id", &id, "Identifier.")
    try visit.field("project_id", &project, "Project.")
    try visit.field("name", &settings.name, "Name.")
    try visit.field("status", &status, "State.")
    try visit.field("pause_reason", &pauseReason, "Why it paused itself, where it did.")
    try visit.field("allowed", &allowed, "What can be done to it now.")
    try visit.field("chatflow_id", &settings.chatflow, "Chatflow.")
    try visit.field("chatflow_version", &chatflowVersion, "Version that it walks, once started.")
    try visit.field("trigger_type", &settings.triggerType, "What starts it.")
    var schedule = settings.schedule.map { ScheduleView($0, clock) }
    try visit.field("schedule", &schedule, "When, for triggers by the clock.")
    schedule?.put(into: &settings, &clock)
    try settings.policyFields(&visit)
    try visit.field("enrolment", &enrolment, "How many of the audience were judged.")
    try visit.field("created_at", &createdAt, "When it was created.")
    try visit.field("started_at", &startedAt, "When it started.")
    try visit.field("ended_at", &endedAt, "When it ended.")
    var recurrenceOf = clock.recurrenceOf.nilIfNone
    try visit.field(
      "recurrence_of", &recurrenceOf, "The recurring campaign that it is a run of.", .omittable)
    clock.recurrenceOf = recurrenceOf ?? .none
    try visit.field("test_of", &testOf, "The campaign that it tests.", .omittable)
    try visit.field(
      "first_share", &firstShare, "The guests who go first, where not all began at once.",
      .omittable)
    try visit.field(
      "household", &settings.household,
      "Whom of guests who share a phone or a household it writes to.")
    try visit.field(
      "event", &settings.event, "Key of the event that it is about; absent where of all.",
      .omittable)
  }
}

package struct EnrolmentView: WireObject {
  package var done = 0
  package var total: Int?
  package init() {}

  init(_ enrolment: Enrolment) {
    done = enrolment.done
    total = enrolment.isCounted ? enrolment.total : nil
  }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("done", &done, "Guests enrolled or skipped.")
    try visit.field(
      "total", &total,
      "Guests that the filter matched; null where a long list is not counted yet.")
  }
}

/// A schedule, with what the clock makes of it.
package struct ScheduleView: WireObject {
  package var schedule = CampaignSchedule()
  package var nextAt: Timestamp?
  package var lastRun: CampaignID?
  package var queuedFirings = 0
  package var skippedFirings = 0

  package init() {}

  init(_ schedule: CampaignSchedule, _ clock: CampaignFirings) {
    self.schedule = schedule
    (nextAt, lastRun) = (clock.nextAt.nilIfZero, clock.lastRun.nilIfNone)
    (queuedFirings, skippedFirings) = (clock.queuedFirings, clock.skippedFirings)
  }

  func put(into settings: inout CampaignSettings, _ clock: inout CampaignFirings) {
    settings.schedule = schedule
    (clock.nextAt, clock.lastRun) = (nextAt ?? .zero, lastRun ?? .none)
    (clock.queuedFirings, clock.skippedFirings) = (queuedFirings, skippedFirings)
  }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try schedule.fields(&visit)
    try visit.field("next_at", &nextAt, "When it fires next, while it is scheduled.")
    try visit.field("last_run", &lastRun, "Newest campaign that a firing made.")
    try visit.field("queued_firings", &queuedFirings, "Firings that wait for the one before.")
    try visit.field(
      "skipped_firings", &skippedFirings, "Firings that were missed or fell upon one another.")
  }
}
