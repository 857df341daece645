import JSONRPC
import OperationCenterService

/// The errors of JSON-RPC itself, under the names of its section 5.1. An answer says more.
extension ErrorDescription {
  static let parseError = ErrorDescription(
    code: RPCError.Code.parseError, message: "Parse error")
  static let invalidRequest = ErrorDescription(
    code: RPCError.Code.invalidRequest, message: "Invalid Request")
  static let methodNotFound = ErrorDescription(
    code: RPCError.Code.methodNotFound, message: "Method not found")
  static let invalidParams = ErrorDescription(
    code: RPCError.Code.invalidParams, message: "Invalid params", data: InvalidParamsData.self)
  static let internalError = ErrorDescription(
    code: RPCError.Code.internalFault, message: "Internal error")

  /// The others meet a request before its method is known.
  static let ofEveryMethod = [invalidParams, internalError]

  /// What meets a caller without the right token, wherever a method needs a capability.
  static let ofAccess = [ServiceError.unauthenticated, ServiceError.forbidden]

  static let standard: [(name: String, error: ErrorDescription)] = [
    ("InternalError", internalError), ("InvalidParams", invalidParams),
    ("InvalidRequest", invalidRequest), ("MethodNotFound", methodNotFound),
    ("ParseError", parseError),
  ]
}
