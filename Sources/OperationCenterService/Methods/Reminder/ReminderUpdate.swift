import CampaignEngine
import JSONRPC
import Wire

struct ReminderUpdate: ServiceChange {
  static let name = "reminder.update"
  static let summary = "Changes a scheduled reminder: what is absent stays, null clears."
  static let errors = [ServiceError.notFound, ServiceError.invalidState] + ServiceError.ofChanges
  static let examples = [
    MethodExample(
      name: "Another time",
      params: #"{"reminder_id":"rem_1","send_at":"2026-12-01T03:00:00.000Z"}"#,
      result:
        #"{"id":"rem_1","project_id":"prj_1","status":"scheduled","allowed":["update","cancel","send_now"],"guest_id":null,"execution_id":null,"campaign_id":"cmp_1","guest_filter":{},"condition":{"rsvp":["pending"]},"template":{"name":"rsvp_reminder","parameters":{"guest_name":"{{guest.name}}"},"header":null},"session_text":null,"send_at":"2026-12-01T03:00:00.000Z","relative_to_event":null,"due_at":"2026-12-01T03:00:00.000Z","send_by":null,"counts":{"matched":0,"messages":{"queued":0,"sending":0,"accepted":0,"held":0,"sent":0,"delivered":0,"read":0,"failed":0,"suppressed":0,"cancelled":0,"outcome_unknown":0},"skipped":{}},"cost":{"currency":"USD","estimated_micros":0,"billed_micros":0,"saved_micros":0,"unpriced_messages":0},"created_at":"2026-11-22T09:55:00.000Z","started_at":null,"ended_at":null}"#
    )
  ]

  struct Params: KeyedParams {
    var reminder = ReminderID.none
    var guestFilter: GuestFilter?
    var condition = Patch<GuestFilter>.keep
    var template: TemplateUse?
    var sessionText = Patch<LocalizedText>.keep
    var sendAt: Timestamp?
    var relativeToEvent: DelayNode.EventOffset?
    var sendBy = Patch<Timestamp>.keep
    var idempotencyKey: String?

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("reminder_id", &reminder, "Reminder.")
      try visit.field(
        "guest_filter", &guestFilter, "For all guests that match, where it is for many.")
      try visit.field("condition", &condition, "What must hold of each guest when it is due.")
      try visit.field("template", &template, "What it says.")
      try visit.field(
        "session_text", &sessionText, "Free text that goes instead while the window is open.",
        .length(1...1024))
      try visit.field("send_at", &sendAt, "When it goes, in place of any other time; or:")
      try visit.field(
        "relative_to_event", &relativeToEvent, "A time around an event, in place of any other.")
      try visit.field("send_by", &sendBy, "After this moment nothing of it is sent.")
      try visit.idempotencyKey(&idempotencyKey)
    }
  }

  typealias Output = ReminderView

  static func change(_ params: Params, in center: isolated OperationCenter) throws -> ReminderView {
    guard var plan = center.engine.state.find(params.reminder)?.row.plan else {
      throw Rejection.notFound(params.reminder)
    }
    try change(&plan, by: params)
    try center.perform(UpdateReminder(reminder: params.reminder, plan: plan))
    return ReminderView(params.reminder, in: center.engine.state)
  }

  private static func change(_ plan: inout ReminderPlan, by params: Params) throws {
    if let filter = params.guestFilter {
      guard plan.guestFilter != nil else {
        throw Rejection.invalidParams(
          field: "guest_filter", reason: "one_guest",
          "expected none: this reminder is for one guest")
      }
      plan.guestFilter = filter
    }
    guard params.sendAt == nil || params.relativeToEvent == nil else {
      throw Rejection.invalidParams(
        field: "send_at", reason: "one_of",
        "expected send_at or relative_to_event, not both")
    }
    if params.sendAt != nil || params.relativeToEvent != nil {
      (plan.sendAt, plan.relativeToEvent) = (params.sendAt, params.relativeToEvent)
    }
    plan.condition = params.condition.applied(to: plan.condition)
    plan.sessionText = params.sessionText.applied(to: plan.sessionText)
    plan.sendBy = params.sendBy.applied(to: plan.sendBy)
    plan.template = params.template ?? plan.template
  }
}

extension Patch {
  /// What is stored after the update.
  fileprivate func applied(to stored: Value?) -> Value? {
    switch self {
    case .keep: stored
    case .clear: nil
    case .set(let value): value
    }
  }
}
