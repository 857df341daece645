import JSONRPC
import Wire

extension RPCError {
  /// - Parameter reason: `no_token` or `wrong_token`.
  static func unauthenticated(_ message: String, reason: String) -> RPCError {
    RPCError(
      code: ServiceError.unauthenticated.code, message: message,
      data: .object { writer in
        writer.key("kind")
        writer.string(ServiceError.unauthenticated.message)
        writer.key("reason")
        writer.string(reason)
      })
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
    RPCError(
      code: ServiceError.forbidden.code, message: message,
      data: .object { writer in
        writer.key("kind")
        writer.string(ServiceError.forbidden.message)
        if let capability {
          writer.key("capability")
          writer.string(capability.rawValue)
        }
        if let method {
          writer.key("method")
          writer.string(method)
        }
      })
  }
}
