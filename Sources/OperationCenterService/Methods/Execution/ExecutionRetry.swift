import CampaignEngine
import JSONRPC
import Wire

/// Whoever was left out at the start is judged again first.
struct ExecutionRetry: ServiceChange {
  static let name = "execution.retry"
  static let summary =
    "Lets an execution that failed or was skipped go on at the node where that happened."
  static let errors = [ServiceError.notReady] + ServiceError.ofExecutionChanges
  static let examples = [
    MethodExample(
      name: "a number that could not be reached", params: #"{"execution_id":"exe_4"}"#,
      result:
        #"{"id":"exe_4","campaign_id":"cmp_1","guest":{"id":"gst_4","name":"Ravi Iyer","phone":"+919812300051"},"status":"waiting","reason":null,"phase":"blasting","node_id":"invite","progress":16,"waiting_for":{"kind":"capacity","question":null,"since":"2026-11-22T09:55:00.000Z","until":null},"outcome":null,"last_error":{"class":"recipient","gateway_code":131026,"message":"Not reachable on WhatsApp.","message_id":"msg_3","node_id":"invite","attempts":1,"at":"2026-11-22T09:40:05.000Z"},"started_at":"2026-11-22T09:40:00.000Z","updated_at":"2026-11-22T09:55:00.000Z","ended_at":null,"chatflow_version":1,"variables":{},"allowed":["pause","cancel","reset"],"session_window":{"open":false,"closes_at":null},"visits":[{"node_id":"start","entered_at":"2026-11-22T09:40:00.000Z","left_at":"2026-11-22T09:40:00.000Z","handle":"default","messages":[]},{"node_id":"invite","entered_at":"2026-11-22T09:40:00.000Z","left_at":"2026-11-22T09:40:05.000Z","handle":null,"messages":["msg_3"]},{"node_id":"invite","entered_at":"2026-11-22T09:55:00.000Z","left_at":null,"handle":null,"messages":["msg_8"]}]}"#
    )
  ]
  typealias Params = ExecutionChangeParams
  typealias Output = ExecutionView

  static func change(_ params: Params, in center: isolated OperationCenter) throws -> ExecutionView
  {
    try center.control(params.execution, .retry)
  }
}
