import JSONRPC
import Wire

/// OpenRPC's own method (OpenRPC specification, "Service Discovery Method").
struct RPCDiscover: ServiceMethod {
  static let name = "rpc.discover"
  static let summary = "Gives the OpenRPC document of this service."
  static let isMutating = false
  static let examples = [
    MethodExample(
      name: "this document",
      params: #"{}"#,
      result: #"{"openrpc":"1.3.2"}"#)
  ]
  typealias Params = NoParams
  typealias Output = RawJSON

  static func run(_ params: Params, in center: isolated OperationCenter) throws -> RawJSON {
    center.configuration.describe()
  }
}
