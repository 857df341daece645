import CampaignEngine
import JSONRPC
import Wire

struct ReminderCancel: ServiceMethod {
  static let name = "reminder.cancel"
  static let summary = "Cancels a reminder, or the rest of one that is being sent."
  static let errors = [ServiceError.notFound, ServiceError.invalidState] + ServiceError.ofChanges
  static let examples = [
    MethodExample(
      name: "No longer needed", params: #"{"reminder_id":"rem_1"}"#,
      result: #"{"id":"rem_1","status":"cancelled","allowed":[]}"#)
  ]
  typealias Params = ReminderChangeParams
  typealias Output = ReminderView

  static func run(_ params: Params, in center: isolated OperationCenter) throws -> ReminderView {
    try center.once(Self.self, params) {
      try center.perform(CancelReminder(reminder: params.reminder))
      return ReminderView(params.reminder, in: center.engine.state)
    }
  }
}
