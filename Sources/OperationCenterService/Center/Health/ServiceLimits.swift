import CampaignEngine
import JSONRPC
import Wire

/// The service's bounds, as `system.health` shows them.
package struct ServiceLimits: WireObject {
  package var requests = RequestBounds()
  package var connections: ConnectionBounds?
  package var events = EventBounds()
  package var storage = StorageBounds()
  package var records = RecordBounds()

  package init() {}

  init(_ configuration: OperationCenter.Configuration) {
    connections = configuration.connectionBounds
    events = EventBounds(configuration.events)
    storage.snapshotBytes = configuration.snapshotBytes
  }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("requests", &requests, "Of one message.")
    try visit.field(
      "connections", &connections, "Of connections; null where none are served.")
    try visit.field("events", &events, "Of subscriptions.")
    try visit.field("storage", &storage, "Of what is kept beside the records.")
    try visit.field("records", &records, "Of records, and of calls about many of them.")
  }
}

package struct RequestBounds: WireObject {
  package var frameBytes = JSONRPC.Limits.standard.frameBytes
  package var headerBytes = JSONRPC.Limits.standard.headerBytes
  package var nestingDepth = JSONRPC.Limits.standard.nestingDepth
  package var batchRequests = JSONRPC.Limits.standard.batchRequests
  package var batchAnswerBytes = JSONRPC.Limits.standard.batchAnswerBytes

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("frame_bytes", &frameBytes, "One message.")
    try visit.field("header_bytes", &headerBytes, "The header lines before it.")
    try visit.field("nesting", &nestingDepth, "Arrays and objects inside one another.")
    try visit.field("batch_requests", &batchRequests, "Requests of a batch.")
    try visit.field(
      "batch_answer_bytes", &batchAnswerBytes,
      "Answers to a batch, after which the rest of it is refused.")
  }
}

/// The service does not carry bytes itself: whoever does says what it bounds.
package struct ConnectionBounds: WireObject {
  package var connections = 0
  package var connectionsPerAddress: Int?
  package var requestsAtOnce = 0
  package var outputBytes = 0
  package var slowBytes = 0
  package var slowTime = TimeSpan.zero
  package var frameTime = TimeSpan.zero
  package var frameBytesPerSecond = 0
  package var strangerTime = TimeSpan.zero
  package var strangerFrameBytes = 0

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("connections", &connections, "Open ones.")
    try visit.field(
      "per_address", &connectionsPerAddress, "Those from one address; null for no bound.")
    try visit.field("requests_at_once", &requestsAtOnce, "Requests of one that wait for answers.")
    try visit.field("output_bytes", &outputBytes, "Unread output, at which it is closed.")
    try visit.field(
      "slow_bytes", &slowBytes, "Unread output, at which it is closed after slow_time.")
    try visit.field("slow_time", &slowTime, "How long that may last.")
    try visit.field("frame_time", &frameTime, "How long a slow message may take to arrive.")
    try visit.field(
      "frame_bytes_per_second", &frameBytesPerSecond,
      "A message that brings so much may take longer.")
    try visit.field("unauthenticated_time", &strangerTime, "Until a token has come.")
    try visit.field("unauthenticated_bytes", &strangerFrameBytes, "One message until then.")
  }
}

package struct EventBounds: WireObject {
  package var subscriptions = 0
  package var keptEvents = 0
  package var keptBytes = 0

  package init() {}

  init(_ limits: EventLimits) {
    (subscriptions, keptEvents) = (limits.subscriptions, limits.keptEvents)
    keptBytes = limits.keptBytes
  }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("subscriptions", &subscriptions, "Subscriptions of one connection.")
    try visit.field("kept_events", &keptEvents, "Events that are kept in memory.")
    try visit.field("kept_bytes", &keptBytes, "The same in bytes.")
  }
}

package struct StorageBounds: WireObject {
  package var snapshotBytes = 0
  package var idempotencyKeys = Limits.idempotencyEntries
  package var idempotencyBytes = Limits.idempotencyBytes
  package var idempotencyTime = Limits.idempotencyLifetime
  package var webhooks = Limits.webhooksWaiting
  package var webhookBytes = Limits.webhookBytesWaiting

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("snapshot_bytes", &snapshotBytes, "Journal after which a snapshot is made.")
    try visit.field("idempotency_keys", &idempotencyKeys, "Keys that are remembered.")
    try visit.field("idempotency_bytes", &idempotencyBytes, "Their results.")
    try visit.field("idempotency_time", &idempotencyTime, "How long.")
    try visit.field("webhooks", &webhooks, "Webhooks that wait to be worked off.")
    try visit.field("webhook_bytes", &webhookBytes, "The same in bytes.")
  }

  private typealias Limits = CampaignEngine.Limits
}

package struct RecordBounds: WireObject {
  package var senders = Limits.senders
  package var projects = Limits.projects
  package var templates = Limits.templatesPerProject
  package var chatflows = Limits.chatflowsPerProject
  package var nodes = Limits.nodesPerChatflow
  package var campaigns = Limits.campaignsPerProject
  package var reminders = Limits.remindersPerProject
  package var importRows = Limits.importRows
  package var bulkIDs = Limits.bulkIDs
  package var claimedSends = Limits.claimedSends

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("senders", &senders, "Senders.")
    try visit.field("projects", &projects, "Projects.")
    try visit.field("project_templates", &templates, "Templates of a project.")
    try visit.field("project_chatflows", &chatflows, "Chatflows of a project.")
    try visit.field("chatflow_nodes", &nodes, "Nodes of a chatflow.")
    try visit.field("project_campaigns", &campaigns, "Campaigns of a project.")
    try visit.field("project_reminders", &reminders, "Reminders of a project.")
    try visit.field("import_rows", &importRows, "Rows of one guest.import.")
    try visit.field("bulk_ids", &bulkIDs, "Identifiers in one bulk operation.")
    try visit.field("claimed_sends", &claimedSends, "Messages that one outbox.claim takes.")
  }

  private typealias Limits = CampaignEngine.Limits
}
