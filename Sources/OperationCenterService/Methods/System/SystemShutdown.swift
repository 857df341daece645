import JSONRPC
import Wire

struct SystemShutdown: ServiceQuery {
  static let name = "system.shutdown"
  static let isOfWhole = true
  static let summary = "Stops the service cleanly, once this and everything before it is answered."
  /// It ends whatever answers there by then.
  static let isRepeatable = false
  static let capability: Capability? = .administer
  static let examples = [
    MethodExample(
      name: "the end",
      params: #"{}"#,
      result: #"{"stopping":true}"#)
  ]
  typealias Params = NoParams

  struct Output: WireObject {
    var isStopping = true
    static var schemaName: String { "Stopping" }

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("stopping", &isStopping, "Always true.")
    }
  }

  static func run(_ params: Params, in center: isolated OperationCenter) throws -> Output {
    center.requestStop()
    return Output()
  }
}
