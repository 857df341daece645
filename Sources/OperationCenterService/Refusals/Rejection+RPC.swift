import CampaignEngine
import JSONRPC

extension Rejection: RPCErrorConvertible {
  package var rpcError: RPCError {
    switch code {
    case .invalidParams:
      var data = InvalidParamsData()
      data.path = field.map { "params.\($0)" } ?? "params"
      (data.reason, data.position) = (reason ?? "refused", position)
      data.issues = issues.isEmpty ? nil : issues
      return RPCError("\(data.path): \(message)", data)
    case .notFound:
      var data = NotFoundData()
      data.id = id
      return RPCError(message, data)
    case .invalidState:
      var data = InvalidStateData()
      (data.id, data.action, data.status) = (id, action, status)
      (data.reason, data.allowed) = (reason, allowed)
      return RPCError(message, data)
    case .conflict:
      var data = ConflictData()
      (data.id, data.reason) = (id, reason)
      return RPCError(message, data)
    case .limitExceeded: return RPCError(message, LimitExceededData(reason: reason))
    case .notReady:
      var data = NotReadyData()
      (data.reason, data.issues) = (reason, issues.isEmpty ? nil : issues)
      return RPCError(message, data)
    case .storageFailed:
      var data = StorageFailedData()
      data.reason = reason
      return RPCError(message, data)
    }
  }

  /// `not_found` and the like.
  var kind: String {
    switch code {
    case .invalidParams: InvalidParamsData.word
    case .notFound: NotFoundData.word
    case .invalidState: InvalidStateData.word
    case .conflict: ConflictData.word
    case .limitExceeded: LimitExceededData.word
    case .notReady: NotReadyData.word
    case .storageFailed: StorageFailedData.word
    }
  }
}
