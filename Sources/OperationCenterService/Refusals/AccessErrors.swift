import JSONRPC

extension RPCError {
  /// - Parameter reason: `no_token` or `wrong_token`.
  static func unauthenticated(_ message: String, reason: String) -> RPCError {
    var data = UnauthenticatedData()
    data.reason = reason
    return RPCError(message, data)
  }

  static let noToken = unauthenticated(
    "Call system.authenticate with a token first; commands of opcenter take --token-file FILE.",
    reason: "no_token")

  static let noBatch = unauthenticated(
    "Call system.authenticate by itself, not in a batch, before anything else.", reason: "no_token")

  static let wrongToken = unauthenticated(
    "This token is not known, or has been revoked.", reason: "wrong_token")

  static func forbidden(
    _ message: String, capability: Capability? = nil, method: String? = nil
  ) -> RPCError {
    var data = ForbiddenData()
    (data.capability, data.method) = (capability?.rawValue, method)
    return RPCError(message, data)
  }
}
