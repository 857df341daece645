import CampaignEngine
import JSONRPC
import Wire

/// Outside the session window WhatsApp takes only approved templates, so a reminder always names
/// one.
struct ReminderCreate: ServiceChange {
  static let name = "reminder.create"
  static let summary =
    "Schedules a message to one guest, one execution or all that a filter matches, at a time or relative to an event."
  static let details =
    "Exactly one of guest_id, execution_id, and guest_filter or campaign_id (then the executions of that campaign whose guests match). When it is due, each guest is judged anew by condition. A campaign's pause holds its reminders, its cancel cancels them; whether an execution has ended does not matter, the condition narrows."
  static let errors = [ServiceError.notFound] + ServiceError.ofChanges
  static let examples = [
    MethodExample(
      name: "The silent ones, a week before the wedding at ten",
      params:
        #"{"campaign_id":"cmp_1","condition":{"rsvp":["pending"]},"template":{"name":"rsvp_reminder","parameters":{"guest_name":"{{guest.name}}"}},"relative_to_event":{"offset":"-7d","at":"10:00"}}"#,
      result:
        #"{"id":"rem_1","project_id":"prj_1","status":"scheduled","allowed":["update","cancel","send_now"],"guest_id":null,"execution_id":null,"campaign_id":"cmp_1","guest_filter":{},"condition":{"rsvp":["pending"]},"template":{"name":"rsvp_reminder","parameters":{"guest_name":"{{guest.name}}"},"header":null},"session_text":null,"send_at":null,"relative_to_event":{"event":null,"offset":"-7d","at":"10:00"},"due_at":"2026-12-05T03:00:00.000Z","send_by":null,"counts":{"matched":0,"messages":{"queued":0,"sending":0,"accepted":0,"held":0,"sent":0,"delivered":0,"read":0,"failed":0,"suppressed":0,"cancelled":0,"outcome_unknown":0},"skipped":{}},"cost":{"currency":"USD","estimated_micros":0,"billed_micros":0,"saved_micros":0,"unpriced_messages":0},"created_at":"2026-11-22T09:55:00.000Z","started_at":null,"ended_at":null}"#
    )
  ]

  struct Params: KeyedParams {
    var template = TemplateUse()
    var project: ProjectID?
    var guest: GuestID?
    var execution: ExecutionID?
    var campaign: CampaignID?
    var guestFilter: GuestFilter?
    var condition: GuestFilter?
    var sessionText: LocalizedText?
    var sendAt: Timestamp?
    var relativeToEvent: DelayNode.EventOffset?
    var sendBy: Timestamp?
    var idempotencyKey: String?

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("template", &template, "What it says.")
      try visit.field(
        "project_id", &project, "Project; needed with guest_filter alone, else it is known.")
      try visit.field("guest_id", &guest, "For this guest; or:")
      try visit.field("execution_id", &execution, "For the guest of this execution; or:")
      try visit.field(
        "campaign_id", &campaign, "For the executions of this campaign, perhaps narrowed by:")
      try visit.field("guest_filter", &guestFilter, "For all guests that match.")
      try visit.field(
        "condition", &condition, "What must hold of each guest when it is due, as a filter.")
      try visit.field(
        "session_text", &sessionText,
        "Free text that goes instead while the session window is open.", .length(1...1024))
      try visit.field("send_at", &sendAt, "When it goes; or:")
      try visit.field("relative_to_event", &relativeToEvent, "A time around an event.")
      try visit.field("send_by", &sendBy, "After this moment nothing of it is sent.")
      try visit.idempotencyKey(&idempotencyKey)
    }
  }

  typealias Output = ReminderView

  static func change(_ params: Params, in center: isolated OperationCenter) throws -> ReminderView {
    let hasFilter = params.guestFilter != nil || params.campaign != nil
    guard [params.guest != nil, params.execution != nil, hasFilter].count(where: { $0 }) == 1
    else {
      throw Rejection.invalidParams(
        field: "guest_id", reason: "one_of",
        "expected exactly one of guest_id, execution_id, and guest_filter or campaign_id")
    }
    guard (params.sendAt == nil) != (params.relativeToEvent == nil) else {
      throw Rejection.invalidParams(
        field: "send_at", reason: "one_of",
        "expected either send_at or relative_to_event")
    }
    var plan = ReminderPlan()
    plan.guest = params.guest ?? .none
    plan.execution = params.execution ?? .none
    plan.campaign = params.campaign ?? .none
    plan.guestFilter = params.guestFilter ?? (hasFilter ? GuestFilter() : nil)
    (plan.condition, plan.template) = (params.condition, params.template)
    (plan.sessionText, plan.sendBy) = (params.sessionText, params.sendBy)
    (plan.sendAt, plan.relativeToEvent) = (params.sendAt, params.relativeToEvent)
    let id = try center.perform(CreateReminder(project: try project(of: params), plan: plan))
    return ReminderView(id, in: center.engine.state)
  }

  private static func project(of params: Params) throws -> ProjectID {
    if let project = params.project { return project }
    guard let space = params.guest?.space ?? params.execution?.space ?? params.campaign?.space
    else {
      throw Rejection.invalidParams(
        field: "project_id", reason: "required", "expected project_id with guest_filter")
    }
    return ProjectID(space: 0, counter: space + 1)
  }
}
