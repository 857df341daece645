import JSONRPC

/// Our own errors, each with the type of its data; the codes stand there. They are positive: JSON-RPC
/// reserves the range below, and parts of it belong to LSP and MCP.
package enum ServiceError {
  package static let notFound = ErrorDescription(NotFoundData.self)
  package static let invalidState = ErrorDescription(InvalidStateData.self)
  package static let conflict = ErrorDescription(ConflictData.self)
  package static let limitExceeded = ErrorDescription(LimitExceededData.self)
  package static let notReady = ErrorDescription(NotReadyData.self)
  package static let unauthenticated = ErrorDescription(UnauthenticatedData.self)
  package static let forbidden = ErrorDescription(ForbiddenData.self)
  package static let overloaded = ErrorDescription(OverloadedData.self)
  package static let storageFailed = ErrorDescription(StorageFailedData.self)
  package static let gone = ErrorDescription(GoneData.self)
  package static let requestCancelled = ErrorDescription(RequestCancelledData.self)

  /// Of methods whose answer may come later.
  static let ofJobs = [overloaded, requestCancelled]

  /// What every change may meet beside refusals of its own: an idempotency key that was used for
  /// something else, a bound that is reached, a disk without room.
  package static let ofChanges = [conflict, limitExceeded, storageFailed]
}
