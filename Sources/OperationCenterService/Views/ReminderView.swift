import CampaignEngine
import Wire

package struct ReminderView: WireObject {
  package var id = ReminderID.none
  package var project = ProjectID.none
  package var status = ReminderStatus.scheduled
  package var allowed: [ReminderAction] = []
  package var guest: GuestID?
  package var execution: ExecutionID?
  package var campaign: CampaignID?
  package var guestFilter: GuestFilter?
  package var condition: GuestFilter?
  package var template = TemplateUse()
  package var sessionText: LocalizedText?
  package var sendAt: Timestamp?
  package var relativeToEvent: DelayNode.EventOffset?
  package var dueAt = Timestamp.zero
  package var sendBy: Timestamp?
  package var counts = ReminderCounts()
  package var cost = CostSums()
  package var createdAt = Timestamp.zero
  package var startedAt: Timestamp?
  package var endedAt: Timestamp?

  package init() {}

  init(_ id: ReminderID, in state: State) {
    let row = state[id].row
    self.id = id
    project = ProjectID(space: 0, counter: id.space + 1)
    status = row.status
    allowed = status.allowed
    (guest, execution) = (row.plan.guest.nilIfNone, row.plan.execution.nilIfNone)
    campaign = row.plan.campaign.nilIfNone
    (guestFilter, condition) = (row.plan.guestFilter, row.plan.condition)
    (template, sessionText) = (row.plan.template, row.plan.sessionText)
    (sendAt, relativeToEvent) = (row.plan.sendAt, row.plan.relativeToEvent)
    (dueAt, sendBy) = (row.dueAt, row.plan.sendBy)
    counts = ReminderCounts(row.counters, state.project(of: id.space).symbols)
    cost = CostSums(row.counters, currency: state.sender(ofSpace: id.space).row.currency)
    createdAt = row.createdAt
    (startedAt, endedAt) = (row.startedAt.nilIfZero, row.endedAt.nilIfZero)
  }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("id", &id, "Identifier.")
    try visit.field("project_id", &project, "Project.")
    try visit.field("status", &status, "State.")
    try visit.field("allowed", &allowed, "What can be done to it now.")
    try visit.field("guest_id", &guest, "The one guest that it is for.")
    try visit.field("execution_id", &execution, "The one execution that it is for.")
    try visit.field("campaign_id", &campaign, "Campaign whose executions it is for.")
    try visit.field("guest_filter", &guestFilter, "Guests that it is for.")
    try visit.field("condition", &condition, "What must hold of each guest when it is due.")
    try visit.field("template", &template, "What it says.")
    try visit.field(
      "session_text", &sessionText, "What it says instead while the session window is open.")
    try visit.field("send_at", &sendAt, "When it goes, where that is a fixed time.")
    try visit.field(
      "relative_to_event", &relativeToEvent, "When it goes, where that hangs on an event.")
    try visit.field("due_at", &dueAt, "When it goes, as things stand.")
    try visit.field("send_by", &sendBy, "After this moment nothing of it is sent.")
    try visit.field("counts", &counts, "What became of it.")
    try visit.field("cost", &cost, "Sums in micros.")
    try visit.field("created_at", &createdAt, "When it was created.")
    try visit.field("started_at", &startedAt, "When it began to be sent.")
    try visit.field("ended_at", &endedAt, "When nothing was left to send.")
  }
}

/// `matched` = the sum of `messages` + the sum of `skipped`.
package struct ReminderCounts: WireObject {
  package var matched = 0
  package var messages = WireMap<Int>()
  package var skipped = WireMap<Int>()

  package init() {}

  init(_ counters: ReminderCounters, _ symbols: SymbolTable) {
    matched = counters.matched
    for status in MessageStatus.allCases where status != .received && status != .pending {
      messages[status.rawValue] = counters[status]
    }
    for item in counters.skipped { skipped[symbols[item.symbol]] = item.count }
  }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("matched", &matched, "Guests judged: messages and skipped together.")
    try visit.field("messages", &messages, "Its messages by status.")
    try visit.field("skipped", &skipped, "Guests not written to, by reason.")
  }
}

extension CostSums {
  init(_ counters: ReminderCounters, currency: String) {
    self.init()
    self.currency = currency
    (estimatedMicros, billedMicros) = (counters.estimatedMicros, counters.billedMicros)
    (savedMicros, unpricedMessages) = (counters.savedMicros, counters.unpricedMessages)
  }
}
