import CampaignEngine
import JSONRPC
import Wire

struct ReminderList: ServiceLongQuery {
  static let name = "reminder.list"
  static let summary = "Lists reminders in the order of their creation; filters narrow together."
  static let errors = [ServiceError.notFound] + ServiceError.ofJobs
  static let examples = [
    MethodExample(
      name: "What is still to come", params: #"{"project_id":"prj_1","status":["scheduled"]}"#,
      result:
        #"{"items":[{"id":"rem_1","project_id":"prj_1","status":"scheduled","allowed":["update","cancel","send_now"],"guest_id":null,"execution_id":null,"campaign_id":"cmp_1","guest_filter":{},"condition":{"rsvp":["pending"]},"template":{"name":"rsvp_reminder","parameters":{"guest_name":"{{guest.name}}"},"header":null},"session_text":null,"send_at":null,"relative_to_event":{"event":null,"offset":"-7d","at":"10:00"},"due_at":"2026-12-05T03:00:00.000Z","send_by":null,"counts":{"matched":0,"messages":{"queued":0,"sending":0,"accepted":0,"held":0,"sent":0,"delivered":0,"read":0,"failed":0,"suppressed":0,"cancelled":0,"outcome_unknown":0},"skipped":{}},"cost":{"currency":"USD","estimated_micros":0,"billed_micros":0,"saved_micros":0,"unpriced_messages":0},"created_at":"2026-11-22T09:55:00.000Z","started_at":null,"ended_at":null}]}"#
    )
  ]

  struct Params: WireObject {
    var project: ProjectID?
    var campaign: CampaignID?
    var guest: GuestID?
    var status: [ReminderStatus]?
    var paging = Paging()

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("project_id", &project, "Reminders of this project.")
      try visit.field("campaign_id", &campaign, "Only of this campaign.")
      try visit.field("guest_id", &guest, "Only those for this one guest.")
      try visit.field("status", &status, "Only in one of these states.", .length(0...7))
      try paging.fields(&visit)
    }
  }

  typealias Output = Page<ReminderView>

  static func start(
    _ params: Params, in center: isolated OperationCenter
  ) throws -> JobStart<Output> {
    try center.page { state, _, search in try page(params, in: state, search) }
  }

  private static func page(
    _ params: Params, in state: State, _ search: PageSearch?
  ) throws -> Output {
    guard
      let space = params.project.map({ $0.counter - 1 }) ?? params.campaign?.space
        ?? params.guest?.space
    else {
      throw Rejection.invalidParams(
        field: "project_id", reason: "required",
        "expected project_id, or campaign_id or guest_id in its place")
    }
    let id = ProjectID(space: 0, counter: space + 1)
    guard let project = state.find(id) else { throw Rejection.notFound(id) }
    return try params.paging.page(upTo: project.reminders.count, search: search) {
      counter in
      let row = project.reminders[counter: counter].row
      guard params.campaign.map({ $0 == row.plan.campaign }) ?? true,
        params.guest.map({ isFor($0, row.plan, in: state) }) ?? true,
        params.status?.contains(row.status) ?? true
      else { return nil }
      return ReminderView(ReminderID(space: space, counter: counter), in: state)
    }
  }

  private static func isFor(_ guest: GuestID, _ plan: ReminderPlan, in state: State) -> Bool {
    plan.guest == guest || (!plan.execution.isNone && state[plan.execution].guest == guest)
  }
}
