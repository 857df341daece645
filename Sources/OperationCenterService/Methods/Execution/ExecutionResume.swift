import CampaignEngine
import JSONRPC
import Wire

struct ExecutionResume: ServiceMethod {
  static let name = "execution.resume"
  static let summary =
    "Lets a paused execution go on; what came or fell due meanwhile takes effect in its order."
  static let errors = ServiceError.ofExecutionChanges
  static let examples = [
    MethodExample(
      name: "with as much time left as before the pause",
      params: #"{"execution_id":"exe_2","extend":true}"#,
      result: #"{"id":"exe_2","status":"waiting","waiting_for":{"kind":"reply"}}"#)
  ]

  struct Params: KeyedParams {
    var execution = ExecutionID.none
    var isExtended = false
    var idempotencyKey: String?

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("execution_id", &execution, "Execution.")
      try visit.field(
        "extend", &isExtended, "Moves the deadline by the length of the pause.", .defaulted)
      try visit.idempotencyKey(&idempotencyKey)
    }
  }

  typealias Output = ExecutionView

  static func run(_ params: Params, in center: isolated OperationCenter) throws -> ExecutionView {
    try center.once(Self.self, params) {
      try center.control(params.execution, .resume(isExtended: params.isExtended))
    }
  }
}
