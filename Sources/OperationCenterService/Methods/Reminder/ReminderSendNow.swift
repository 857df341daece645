import CampaignEngine
import JSONRPC
import Wire

/// The answer does not wait for the guests to be judged: `counts` grow.
struct ReminderSendNow: ServiceMethod {
  static let name = "reminder.send_now"
  static let summary = "Sends a scheduled reminder now; quiet hours still hold it."
  static let errors = [ServiceError.notFound, ServiceError.invalidState] + ServiceError.ofChanges
  static let examples = [
    MethodExample(
      name: "Not in a week but today", params: #"{"reminder_id":"rem_1"}"#,
      result: #"{"id":"rem_1","status":"sending","allowed":["cancel"]}"#)
  ]
  typealias Params = ReminderChangeParams
  typealias Output = ReminderView

  static func run(_ params: Params, in center: isolated OperationCenter) throws -> ReminderView {
    try center.once(Self.self, params) {
      try center.perform(SendReminderNow(reminder: params.reminder))
      return ReminderView(params.reminder, in: center.engine.state)
    }
  }
}
