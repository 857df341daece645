import CampaignEngine
import JSONRPC
import Wire

struct ExecutionCancel: ServiceChange {
  static let name = "execution.cancel"
  static let summary = "Ends one execution; what it had still to send is not sent."
  static let errors = ServiceError.ofExecutionChanges
  static let examples = [
    MethodExample(
      name: "a guest who was told in person", params: #"{"execution_id":"exe_2"}"#,
      result:
        #"{"id":"exe_2","campaign_id":"cmp_1","guest":{"id":"gst_2","name":"Budi Santoso","phone":"+6281230000077"},"status":"cancelled","reason":"cancelled","phase":"response","node_id":"answer","progress":33,"waiting_for":null,"outcome":null,"last_error":null,"started_at":"2026-11-22T09:40:00.000Z","updated_at":"2026-11-22T09:55:00.000Z","ended_at":"2026-11-22T09:55:00.000Z","chatflow_version":1,"variables":{},"allowed":["reset"],"session_window":{"open":false,"closes_at":null},"visits":[{"node_id":"start","entered_at":"2026-11-22T09:40:00.000Z","left_at":"2026-11-22T09:40:00.000Z","handle":"default","messages":[]},{"node_id":"invite","entered_at":"2026-11-22T09:40:00.000Z","left_at":"2026-11-22T09:40:05.000Z","handle":"default","messages":["msg_2"]},{"node_id":"answer","entered_at":"2026-11-22T09:40:05.000Z","left_at":"2026-11-22T09:55:00.000Z","handle":null,"messages":[]}]}"#
    )
  ]
  typealias Params = ExecutionChangeParams
  typealias Output = ExecutionView

  static func change(_ params: Params, in center: isolated OperationCenter) throws -> ExecutionView
  {
    try center.control(params.execution, .cancel)
  }
}
