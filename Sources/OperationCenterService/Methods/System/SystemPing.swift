import JSONRPC
import Wire

struct SystemPing: ServiceQuery {
  static let name = "system.ping"
  static let reach = ProjectReach.own
  static let summary = "Answers at once; for checking that the service lives."
  static let examples = [
    MethodExample(
      name: "the service is there",
      params: #"{}"#,
      result: #"{"pong":true}"#)
  ]
  typealias Params = NoParams

  struct Output: WireObject {
    var isPong = true
    static var schemaName: String { "Pong" }

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("pong", &isPong, "Always true.")
    }
  }

  static func run(_ params: Params, in center: isolated OperationCenter) throws -> Output {
    Output()
  }
}

/// For methods that need nothing.
package struct NoParams: WireObject {
  package init() {}
  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {}
}
