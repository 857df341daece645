import CampaignEngine
import JSONRPC
import Wire

struct ExecutionCancel: ServiceMethod {
  static let name = "execution.cancel"
  static let summary = "Ends one execution; what it had still to send is not sent."
  static let errors = ServiceError.ofExecutionChanges
  static let examples = [
    MethodExample(
      name: "a guest who was told in person", params: #"{"execution_id":"exe_2"}"#,
      result:
        #"{"id":"exe_2","status":"cancelled","reason":"cancelled","waiting_for":null,"allowed":["reset"]}"#
    )
  ]
  typealias Params = ExecutionChangeParams
  typealias Output = ExecutionView

  static func run(_ params: Params, in center: isolated OperationCenter) throws -> ExecutionView {
    try center.once(Self.self, params) { try center.control(params.execution, .cancel) }
  }
}
