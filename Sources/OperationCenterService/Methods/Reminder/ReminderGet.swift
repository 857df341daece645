import CampaignEngine
import JSONRPC
import Wire

struct ReminderGet: ServiceQuery {
  static let name = "reminder.get"
  static let summary = "Gives one reminder, what became of it, and who was left out and why."
  static let details =
    "Pages through the guests who matched and were not written to; its messages are in message.list {reminder_id}."
  static let errors = [ServiceError.notFound]
  static let examples = [
    MethodExample(
      name: "Before it is due", params: #"{"reminder_id":"rem_1"}"#,
      result:
        #"{"id":"rem_1","project_id":"prj_1","status":"scheduled","allowed":["update","cancel","send_now"],"guest_id":null,"execution_id":null,"campaign_id":"cmp_1","guest_filter":{},"condition":{"rsvp":["pending"]},"template":{"name":"rsvp_reminder","parameters":{"guest_name":"{{guest.name}}"},"header":null},"session_text":null,"send_at":null,"relative_to_event":{"event":null,"offset":"-7d","at":"10:00"},"due_at":"2026-12-05T03:00:00.000Z","send_by":null,"counts":{"matched":0,"messages":{"queued":0,"sending":0,"accepted":0,"held":0,"sent":0,"delivered":0,"read":0,"failed":0,"suppressed":0,"cancelled":0,"outcome_unknown":0},"skipped":{}},"cost":{"currency":"USD","estimated_micros":0,"billed_micros":0,"saved_micros":0,"unpriced_messages":0},"created_at":"2026-11-22T09:55:00.000Z","started_at":null,"ended_at":null,"left_out":{"items":[]}}"#
    )
  ]

  struct Params: WireObject {
    var reminder = ReminderID.none
    var paging = Paging()

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("reminder_id", &reminder, "Reminder.")
      try paging.fields(&visit)
    }
  }

  struct Output: WireObject {
    var reminder = ReminderView()
    var leftOut = Page<LeftOutGuest>()
    static var schemaName: String { "ReminderDetail" }

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try reminder.fields(&visit)
      try visit.field("left_out", &leftOut, "Guests who matched and were not written to.")
    }
  }

  struct LeftOutGuest: WireObject {
    var guest = GuestReference()
    var reason = ""
    static var schemaName: String { "LeftOutGuest" }

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("guest", &guest, "Guest.")
      try visit.field("reason", &reason, "Why.")
    }
  }

  static func run(_ params: Params, in center: isolated OperationCenter) throws -> Output {
    let state = center.engine.state
    guard let reminder = state.find(params.reminder) else {
      throw Rejection.notFound(params.reminder)
    }
    let symbols = state.project(of: params.reminder.space).symbols
    var output = Output()
    output.reminder = ReminderView(params.reminder, in: state)
    output.leftOut = try params.paging.page(upTo: reminder.skips.count) { counter in
      let skip = reminder.skips[counter]
      return LeftOutGuest(
        guest: GuestReference(skip.guest, in: state), reason: symbols[skip.reason])
    }
    return output
  }
}
