import CampaignEngine
import JSONRPC
import Wire

struct ExecutionResume: ServiceChange {
  static let name = "execution.resume"
  static let summary =
    "Lets a paused execution go on; what came or fell due meanwhile takes effect in its order."
  static let errors = ServiceError.ofExecutionChanges
  static let examples = [
    MethodExample(
      name: "with as much time left as before the pause",
      params: #"{"execution_id":"exe_2","extend":true}"#,
      result:
        #"{"id":"exe_2","campaign_id":"cmp_1","guest":{"id":"gst_2","name":"Budi Santoso","phone":"+6281230000077"},"status":"waiting","reason":null,"phase":"response","node_id":"answer","progress":33,"waiting_for":{"kind":"reply","question":null,"since":"2026-11-22T09:40:05.000Z","until":"2026-11-24T09:40:05.000Z"},"outcome":null,"last_error":null,"started_at":"2026-11-22T09:40:00.000Z","updated_at":"2026-11-22T09:55:00.000Z","ended_at":null,"chatflow_version":1,"variables":{},"allowed":["pause","cancel","reset"],"session_window":{"open":false,"closes_at":null},"visits":[{"node_id":"start","entered_at":"2026-11-22T09:40:00.000Z","left_at":"2026-11-22T09:40:00.000Z","handle":"default","messages":[]},{"node_id":"invite","entered_at":"2026-11-22T09:40:00.000Z","left_at":"2026-11-22T09:40:05.000Z","handle":"default","messages":["msg_2"]},{"node_id":"answer","entered_at":"2026-11-22T09:40:05.000Z","left_at":null,"handle":null,"messages":[]}]}"#
    )
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

  static func change(_ params: Params, in center: isolated OperationCenter) throws -> ExecutionView
  {
    try center.control(params.execution, .resume(isExtended: params.isExtended))
  }
}
