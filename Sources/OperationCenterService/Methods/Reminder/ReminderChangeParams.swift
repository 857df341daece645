import CampaignEngine
import Wire

/// Params of the methods that change a reminder's state and need nothing more.
struct ReminderChangeParams: KeyedParams {
  var reminder = ReminderID.none
  var idempotencyKey: String?

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("reminder_id", &reminder, "Reminder.")
    try visit.idempotencyKey(&idempotencyKey)
  }
}
