import CampaignEngine
import JSONRPC
import Wire

/// A public event.
package struct EventView: WireObject {
  package var sequence: UInt64 = 0
  package var at = Timestamp.zero
  package var kind = LaggedData.kind
  package var project: ProjectID?
  package var campaign: CampaignID?
  package var execution: ExecutionID?
  package var guest: GuestID?
  package var message: MessageID?
  package var by = Cause()
  package var data = RawJSON(validated: Array("{}".utf8))

  package init() {}
  package static var schemaName: String { "Event" }

  init(_ event: PublicEvent, _ record: EventHistory.Record) {
    (sequence, at, by) = (record.sequence, record.at, record.by)
    (kind, project, campaign) = (event.kind, event.project, event.campaign)
    (execution, guest, message) = (event.execution, event.guest, event.message)
    data = RawJSON(validated: JSON.encode(event.data))
  }

  init(_ data: LaggedData, sequence: UInt64, at: Timestamp, project: ProjectID?) {
    (self.sequence, self.at, self.project) = (sequence, at, project)
    self.data = RawJSON(validated: JSON.encode(data))
  }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field(
      "sequence", &sequence, "Its number; numbers rise, with gaps where events were filtered out.")
    try visit.field("at", &at, "When it happened.")
    try visit.field("kind", &kind, "What happened; more kinds may come.")
    try visit.field("project_id", &project, "Project; null for what stands above projects.")
    try visit.field("campaign_id", &campaign, "Campaign.")
    try visit.field("execution_id", &execution, "Execution.")
    try visit.field("guest_id", &guest, "Guest.")
    try visit.field(
      "message_id", &message, "The message that it is about, or the one received that caused it.")
    try visit.field("by", &by, "Who caused it.")
    try visit.field("data", &data, "More, described for each kind under x-notifications.")
  }
}

/// `events.event`: what a subscriber is sent.
package enum EventNotification: NotificationDeclaration {
  package static let name = "events.event"
  package static let summary = "Tells a subscriber of one event, once it is durable."

  package static var cases: [NotificationCase] {
    (PublicCatalogue.data + [LaggedData.self]).map { type in
      NotificationCase(name: type.kind.rawValue, summary: type.summary, data: type)
    }
  }

  package struct Params: WireObject {
    package var subscription = ""
    package var event = EventView()

    package init() {}

    package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("subscription_id", &subscription, "Subscription that it belongs to.")
      try event.fields(&visit)
    }
  }
}
