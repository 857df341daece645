import CampaignEngine
import JSONRPC
import Wire

struct ReminderCancel: ServiceChange {
  static let name = "reminder.cancel"
  static let summary = "Cancels a reminder, or the rest of one that is being sent."
  static let errors = [ServiceError.notFound, ServiceError.invalidState] + ServiceError.ofChanges
  static let examples = [
    MethodExample(
      name: "No longer needed", params: #"{"reminder_id":"rem_1"}"#,
      result:
        #"{"id":"rem_1","project_id":"prj_1","status":"cancelled","allowed":[],"guest_id":null,"execution_id":null,"campaign_id":"cmp_1","guest_filter":{},"condition":{"rsvp":["pending"]},"template":{"name":"rsvp_reminder","parameters":{"guest_name":"{{guest.name}}"},"header":null},"session_text":null,"send_at":null,"relative_to_event":{"event":null,"offset":"-7d","at":"10:00"},"due_at":"2026-12-05T03:00:00.000Z","send_by":null,"counts":{"matched":0,"messages":{"queued":0,"sending":0,"accepted":0,"held":0,"sent":0,"delivered":0,"read":0,"failed":0,"suppressed":0,"cancelled":0,"outcome_unknown":0},"skipped":{}},"cost":{"currency":"USD","estimated_micros":0,"billed_micros":0,"saved_micros":0,"unpriced_messages":0},"created_at":"2026-11-22T09:55:00.000Z","started_at":null,"ended_at":"2026-11-22T09:55:00.000Z"}"#
    )
  ]
  typealias Params = ReminderChangeParams
  typealias Output = ReminderView

  static func change(_ params: Params, in center: isolated OperationCenter) throws -> ReminderView {
    try center.perform(CancelReminder(reminder: params.reminder))
    return ReminderView(params.reminder, in: center.engine.state)
  }
}
