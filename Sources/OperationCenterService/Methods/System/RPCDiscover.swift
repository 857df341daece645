import JSONRPC
import Wire

/// OpenRPC's own method (OpenRPC specification, "Service Discovery Method").
struct RPCDiscover: ServiceQuery {
  static let name = "rpc.discover"
  static let reach = ProjectReach.own
  static let summary = "Gives the OpenRPC document of this service."
  static let examples = [
    MethodExample(
      name: "this document",
      params: #"{}"#,
      result: #"{"openrpc":"1.3.2"}"#)
  ]

  struct Params: WireObject {
    var isCallable = false

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field(
        "callable", &isCallable, "Only the methods that the caller's token is for.", .defaulted)
    }
  }

  typealias Output = RawJSON

  static func run(_ params: Params, in center: isolated OperationCenter) throws -> RawJSON {
    let document = center.configuration.describe()
    guard params.isCallable, let caller = center.access.caller(on: center.call.connection) else {
      return document
    }
    let registry = MethodRegistry<OperationCenter>.all
    return try document.keeping { method in
      guard case .string(let name)? = method["name"], let entry = registry[name] else {
        return false
      }
      return caller.refusal(of: entry) == nil
    }
  }
}

extension RawJSON {
  /// The document with some of its methods; what they refer to stays whole.
  fileprivate func keeping(_ isKept: (JSONValue) -> Bool) throws -> RawJSON {
    guard case .object(let members) = try JSON.decode(JSONValue.self, from: bytes) else {
      return self
    }
    let kept = members.map { name, value in
      guard name == "methods", case .array(let methods) = value else { return (name, value) }
      return (name, JSONValue.array(methods.filter(isKept)))
    }
    return RawJSON(validated: JSON.encode(JSONValue.object(kept)))
  }
}
