import CampaignEngine
import Wire

package struct CampaignView: WireObject {
  package var id = CampaignID.none
  package var project = ProjectID.none
  package var name = ""
  package var status = CampaignStatus.draft
  package var pauseReason: String?
  package var allowed: [CampaignAction] = []
  package var chatflow = ChatflowID.none
  package var chatflowVersion: Int?
  package var triggerType = TriggerType.manual
  package var schedule: ScheduleView?
  package var guestFilter = GuestFilter()
  package var sessionPolicy = SessionPolicy()
  package var throttle: Throttle?
  package var sendBy: Timestamp?
  package var retry = RetryPolicy()
  package var enrolment: EnrolmentView?
  package var createdAt = Timestamp.zero
  package var startedAt: Timestamp?
  package var endedAt: Timestamp?
  package var recurrenceOf: CampaignID?
  package var testOf: CampaignID?

  package init() {}

  init(_ id: CampaignID, _ row: Campaign) {
    self.id = id
    project = ProjectID(space: 0, counter: id.space + 1)
    (name, status, pauseReason) = (row.name, row.status, row.pauseReason)
    allowed = row.allowed
    chatflow = row.chatflow
    chatflowVersion = row.chatflowVersion == 0 ? nil : row.chatflowVersion
    (triggerType, guestFilter) = (row.triggerType, row.guestFilter)
    (sessionPolicy, throttle) = (row.sessionPolicy, row.throttle)
    (sendBy, retry) = (row.sendBy, row.retry)
    enrolment = row.enrolment.map { EnrolmentView($0) }
    createdAt = row.createdAt
    (startedAt, endedAt) = (row.startedAt.nilIfZero, row.endedAt.nilIfZero)
    (recurrenceOf, testOf) = (row.recurrenceOf.nilIfNone, row.testOf.nilIfNone)
    schedule = row.schedule.map { ScheduleView($0, row) }
  }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("id", &id, "Identifier.")
    try visit.field("project_id", &project, "Project.")
    try visit.field("name", &name, "Name.")
    try visit.field("status", &status, "State.")
    try visit.field("pause_reason", &pauseReason, "Why it paused itself, where it did.")
    try visit.field("allowed", &allowed, "What can be done to it now.")
    try visit.field("chatflow_id", &chatflow, "Chatflow.")
    try visit.field("chatflow_version", &chatflowVersion, "Version that it walks, once started.")
    try visit.field("trigger_type", &triggerType, "What starts it.")
    try visit.field("schedule", &schedule, "When, for triggers by the clock.")
    try visit.field("guest_filter", &guestFilter, "Audience.")
    try visit.field("session_policy", &sessionPolicy, "When its messages go.")
    try visit.field("throttle", &throttle, "Limit of its rate.")
    try visit.field("send_by", &sendBy, "After this moment nothing new is sent.")
    try visit.field("retry", &retry, "What happens after failures that pass.")
    try visit.field("enrolment", &enrolment, "How many of the audience were judged.")
    try visit.field("created_at", &createdAt, "When it was created.")
    try visit.field("started_at", &startedAt, "When it started.")
    try visit.field("ended_at", &endedAt, "When it ended.")
    try visit.field(
      "recurrence_of", &recurrenceOf, "The recurring campaign that it is a run of.", .omittable)
    try visit.field("test_of", &testOf, "The campaign that it tests.", .omittable)
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

  init(_ schedule: CampaignSchedule, _ row: Campaign) {
    self.schedule = schedule
    nextAt = row.status == .scheduled ? row.nextAt.nilIfZero : nil
    (lastRun, queuedFirings) = (row.lastRun.nilIfNone, row.queuedFirings)
    skippedFirings = row.skippedFirings
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
