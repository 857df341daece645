import Testing
import Wire

import CampaignEngine

/// What operators do beside a flow.
extension EngineHarness {
  /// A reminder by the template `rsvp_reminder`, an hour from now.
  @discardableResult
  func reminder(_ configure: (inout ReminderPlan) -> Void) throws -> ReminderID {
    try perform(CreateReminder(project: project, plan: reminderPlan(configure)))
  }

  func reminderPlan(_ configure: (inout ReminderPlan) -> Void) -> ReminderPlan {
    var plan = ReminderPlan()
    plan.template.name = "rsvp_reminder"
    plan.template.parameters["guest_name"] = "{{guest.name}}"
    plan.sendAt = now + .hours(1)
    configure(&plan)
    return plan
  }

  func status(of reminder: ReminderID) -> ReminderStatus { state[reminder].row.status }

  /// How many were skipped for each reason.
  func skips(of reminder: ReminderID) -> [String: Int] {
    let symbols = state.project(of: reminder.space).symbols
    return Dictionary(
      uniqueKeysWithValues: state[reminder].row.counters.skipped.map {
        (symbols[$0.symbol], $0.count)
      })
  }

  /// Who was handed to the gateway for a reminder, in order.
  func reminded(by reminder: ReminderID) -> [GuestID] {
    sent.filter { state[$0.attempt.message].reminder == reminder }.map(\.guest)
  }

  @discardableResult
  func writeAsOperator(
    _ text: String, to guest: GuestID, execution: ExecutionID = .none, sendBy: Timestamp? = nil
  ) throws -> MessageID {
    try perform(
      WriteMessage(guest: guest, execution: execution, words: .text(text), sendBy: sendBy))
  }
}

extension GuestFilter {
  static let all = GuestFilter()

  static func rsvp(_ answers: RSVP...) -> GuestFilter {
    var filter = GuestFilter()
    filter.rsvp = answers
    return filter
  }
}
