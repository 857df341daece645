import CampaignEngine
import JSONRPC
import Wire

struct ExecutionPause: ServiceChange {
  static let name = "execution.pause"
  static let summary = "Holds one execution: no timer and no reply of it acts until it is resumed."
  static let errors = ServiceError.ofExecutionChanges
  static let examples = [
    MethodExample(
      name: "a guest who asked for a moment", params: #"{"execution_id":"exe_2"}"#,
      result:
        #"{"id":"exe_2","campaign_id":"cmp_1","guest":{"id":"gst_2","name":"Budi Santoso","phone":"+6281230000077"},"status":"paused","reason":null,"phase":"response","node_id":"answer","progress":33,"waiting_for":{"kind":"reply","question":null,"since":"2026-11-22T09:40:05.000Z","until":"2026-11-24T09:40:05.000Z"},"outcome":null,"last_error":null,"started_at":"2026-11-22T09:40:00.000Z","updated_at":"2026-11-22T09:55:00.000Z","ended_at":null,"chatflow_version":1,"variables":{},"allowed":["resume","cancel","reset"],"session_window":{"open":false,"closes_at":null},"visits":[{"node_id":"start","entered_at":"2026-11-22T09:40:00.000Z","left_at":"2026-11-22T09:40:00.000Z","handle":"default","messages":[]},{"node_id":"invite","entered_at":"2026-11-22T09:40:00.000Z","left_at":"2026-11-22T09:40:05.000Z","handle":"default","messages":["msg_2"]},{"node_id":"answer","entered_at":"2026-11-22T09:40:05.000Z","left_at":null,"handle":null,"messages":[]}]}"#
    )
  ]
  typealias Params = ExecutionChangeParams
  typealias Output = ExecutionView

  static func change(_ params: Params, in center: isolated OperationCenter) throws -> ExecutionView
  {
    try center.control(params.execution, .pause)
  }
}
