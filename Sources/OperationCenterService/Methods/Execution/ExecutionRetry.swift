import CampaignEngine
import JSONRPC
import Wire

/// Whoever was left out at the start is judged again first.
struct ExecutionRetry: ServiceMethod {
  static let name = "execution.retry"
  static let summary =
    "Lets an execution that failed or was skipped go on at the node where that happened."
  static let errors = [ServiceError.notReady] + ServiceError.ofExecutionChanges
  static let examples = [
    MethodExample(
      name: "a number that could not be reached", params: #"{"execution_id":"exe_4"}"#,
      result: #"{"id":"exe_4","status":"waiting","reason":null,"node_id":"invite","ended_at":null}"#
    )
  ]
  typealias Params = ExecutionChangeParams
  typealias Output = ExecutionView

  static func run(_ params: Params, in center: isolated OperationCenter) throws -> ExecutionView {
    try center.once(Self.self, params) { try center.control(params.execution, .retry) }
  }
}
