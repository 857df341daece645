import CampaignEngine

/// What the records so far say of the next one.
struct RecordContext: Sendable {
  var at: Timestamp
  var by: Cause
  /// The message received in the same command.
  var inbound: InboundReference?

  /// Before a record is told. A second time changes nothing.
  mutating func begin(kind: UInt16, payload: [UInt8]) {
    if EventBatch.isHead(kind: kind) { inbound = nil }
    if let time = EventBatch.time(kind: kind, payload: payload) { at = max(at, time) }
    if let cause = EventBatch.cause(kind: kind, payload: payload) { by = cause }
    inbound = EventBatch.inbound(kind: kind, payload: payload) ?? inbound
  }

  /// After it.
  mutating func end(kind: UInt16) {
    if EventBatch.isTail(kind: kind) { inbound = nil }
  }
}
