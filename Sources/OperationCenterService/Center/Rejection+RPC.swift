import CampaignEngine
import JSONRPC
import Wire

/// Our own error codes. They are positive: JSON-RPC reserves the range below, and parts of it
/// belong to LSP and MCP.
package enum ServiceError {
  package static let notFound = ErrorDescription(code: 1001, message: "not_found")
  package static let invalidState = ErrorDescription(code: 1002, message: "invalid_state")
  package static let conflict = ErrorDescription(code: 1003, message: "conflict")
  package static let limitExceeded = ErrorDescription(code: 1004, message: "limit_exceeded")
  package static let notReady = ErrorDescription(code: 1005, message: "not_ready")
  /// No token, or one that is not known.
  package static let unauthenticated = ErrorDescription(code: 1006, message: "unauthenticated")
  /// The token is not for this.
  package static let forbidden = ErrorDescription(code: 1007, message: "forbidden")
  package static let overloaded = ErrorDescription(code: 1008, message: "overloaded")
  package static let storageFailed = ErrorDescription(code: 1009, message: "storage_failed")
  /// Older than the oldest event that is kept.
  package static let gone = ErrorDescription(code: 1010, message: "gone")
  /// Of methods whose answer may come later.
  static let ofJobs = [overloaded, requestCancelled]

  /// A job that its caller has given up.
  package static let requestCancelled = ErrorDescription(
    code: RPCError.Code.requestCancelled, message: "request_cancelled")

  /// What every change may meet beside refusals of its own: an idempotency key that was used for
  /// something else, a bound that is reached, a disk without room.
  package static let ofChanges = [conflict, limitExceeded, storageFailed]
}

extension Rejection: RPCErrorConvertible {
  package var rpcError: RPCError {
    let (code, kind) = codeAndKind
    return RPCError(
      code: code, message: message,
      data: .object { writer in
        writer.key("kind")
        writer.string(kind)
        for (name, text) in [
          ("id", id), ("action", action), ("status", status), ("path", path), ("reason", reason),
        ] {
          guard let text else { continue }
          writer.key(name)
          writer.string(text)
        }
        if let position {
          writer.key("position")
          position.write(&writer)
        }
        if let allowed {
          writer.key("allowed")
          allowed.write(&writer)
        }
        if !issues.isEmpty {
          writer.key("issues")
          issues.write(&writer)
        }
      })
  }

  /// `not_found` and the like.
  var kind: String { codeAndKind.1 }

  private var codeAndKind: (Int, String) {
    switch code {
    case .invalidParams: (RPCError.Code.invalidParams, "invalid_params")
    case .notFound: (ServiceError.notFound.code, ServiceError.notFound.message)
    case .invalidState: (ServiceError.invalidState.code, ServiceError.invalidState.message)
    case .conflict: (ServiceError.conflict.code, ServiceError.conflict.message)
    case .limitExceeded: (ServiceError.limitExceeded.code, ServiceError.limitExceeded.message)
    case .notReady: (ServiceError.notReady.code, ServiceError.notReady.message)
    case .storageFailed: (ServiceError.storageFailed.code, ServiceError.storageFailed.message)
    }
  }
}
