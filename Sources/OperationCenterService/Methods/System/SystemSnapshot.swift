import JSONRPC
import Wire

/// A job: the answer comes when the snapshot is on disk, synced and read back.
struct SystemSnapshot: ServiceLongQuery {
  static let name = "system.snapshot"
  static let isOfWhole = true
  static let summary = "Writes a snapshot, so that the next start replays less of the journal."
  static let details = "Events from before the snapshot before it are no longer kept."
  /// Each makes another.
  static let isRepeatable = false
  static let capability: Capability? = .administer
  static let errors = [
    ServiceError.notReady, ServiceError.storageFailed, ServiceError.requestCancelled,
  ]
  static let examples = [
    MethodExample(
      name: "all events up to now",
      params: #"{}"#,
      result: #"{"sequence":96,"bytes":7510}"#)
  ]
  typealias Params = NoParams
  typealias Output = SnapshotSummary

  static func start(
    _ params: Params, in center: isolated OperationCenter
  ) throws -> JobStart<SnapshotSummary> {
    try center.requestSnapshot()
  }
}
