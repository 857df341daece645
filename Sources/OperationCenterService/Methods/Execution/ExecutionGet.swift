import CampaignEngine
import JSONRPC
import Wire

struct ExecutionGet: ServiceMethod {
  static let name = "execution.get"
  static let summary =
    "Gives one execution with its variables, its session window and its newest visits."
  static let isMutating = false
  static let errors = [ServiceError.notFound]
  static let examples = [
    MethodExample(
      name: "one that failed",
      params: #"{"execution_id":"exe_4"}"#,
      result:
        #"{"id":"exe_4","guest":{"id":"gst_4","name":"Ravi Iyer"},"status":"failed","reason":"recipient","node_id":"invite","last_error":{"class":"recipient","gateway_code":131026},"allowed":["retry","reset"]}"#
    )
  ]

  struct Params: WireObject {
    var execution = ExecutionID.none

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("execution_id", &execution, "Execution.")
    }
  }

  typealias Output = ExecutionView

  static func run(_ params: Params, in center: isolated OperationCenter) throws -> ExecutionView {
    _ = try center.execution(params.execution)
    return ExecutionView(params.execution, in: center)
  }
}

extension OperationCenter {
  func execution(_ id: ExecutionID) throws -> Execution {
    guard let found = engine.state.find(id) else {
      throw Rejection.notFound(id.wireText, "Execution")
    }
    return found
  }
}
