import Wire

/// Whom a reminder is for, what it says and when it goes: what its caller may say and change.
package struct ReminderPlan: WireObject {
  /// One guest; or none.
  package var guest = GuestID.none
  /// One execution and its guest; or none.
  package var execution = ExecutionID.none
  /// The executions of a campaign whose guests match the filter. An execution's own campaign.
  package var campaign = CampaignID.none
  /// Which guests of the project, or of the campaign; nil where one guest is meant.
  package var guestFilter: GuestFilter?
  /// Looked at when the reminder is due, guest by guest, and again when each message goes.
  package var condition: GuestFilter?
  package var template = TemplateUse()
  /// Goes in place of the template where the session window is open.
  package var sessionText: LocalizedText?
  package var sendAt: Timestamp?
  package var relativeToEvent: DelayNode.EventOffset?
  package var sendBy: Timestamp?

  package init() {}

  /// What its filter and its condition may look at.
  var scope: ConditionScope { execution.isNone && campaign.isNone ? .guest : .execution }

  /// Of a time around an event, whether the guest is invited to it.
  func isMeant(for guest: GuestID, in state: State) -> Bool {
    guard let relativeToEvent else { return true }
    let index = state.project(of: guest.space).row.eventIndex(of: relativeToEvent.event)
    return index.map { state.isInvited(guest, toEventAt: $0) } ?? true
  }

  /// Keys of the events that it looks at.
  var namedEvents: [String] {
    (guestFilter?.namedEvents ?? []) + (condition?.namedEvents ?? [])
      + [relativeToEvent?.event].compactMap { $0 }
  }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("guest", &guest, "Guest.")
    try visit.field("execution", &execution, "Execution.")
    try visit.field("campaign", &campaign, "Campaign.")
    try visit.field("guest_filter", &guestFilter, "Which guests.")
    try visit.field("condition", &condition, "What must hold when it is due.")
    try visit.field("template", &template, "Template.")
    try visit.field("session_text", &sessionText, "Free text in its place.")
    try visit.field("send_at", &sendAt, "When.")
    try visit.field("relative_to_event", &relativeToEvent, "Or: a time around an event.")
    try visit.field("send_by", &sendBy, "Not after.")
  }
}
