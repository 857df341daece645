import CampaignEngine
import JSONRPC
import Wire

struct ExecutionPause: ServiceMethod {
  static let name = "execution.pause"
  static let summary = "Holds one execution: no timer and no reply of it acts until it is resumed."
  static let errors = ServiceError.ofExecutionChanges
  static let examples = [
    MethodExample(
      name: "a guest who asked for a moment", params: #"{"execution_id":"exe_2"}"#,
      result:
        #"{"id":"exe_2","status":"paused","node_id":"answer","allowed":["resume","cancel","reset"]}"#
    )
  ]
  typealias Params = ExecutionChangeParams
  typealias Output = ExecutionView

  static func run(_ params: Params, in center: isolated OperationCenter) throws -> ExecutionView {
    try center.once(Self.self, params) { try center.control(params.execution, .pause) }
  }
}
