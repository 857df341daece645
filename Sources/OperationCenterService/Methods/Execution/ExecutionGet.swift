import CampaignEngine
import JSONRPC
import Wire

struct ExecutionGet: ServiceQuery {
  static let name = "execution.get"
  static let summary =
    "Gives one execution with its variables, its session window and its newest visits."
  static let errors = [ServiceError.notFound]
  static let examples = [
    MethodExample(
      name: "one that failed",
      params: #"{"execution_id":"exe_4"}"#,
      result:
        #"{"id":"exe_4","campaign_id":"cmp_1","guest":{"id":"gst_4","name":"Ravi Iyer","phone":"+919812300051"},"status":"failed","reason":"recipient","phase":"blasting","node_id":"invite","progress":16,"waiting_for":null,"outcome":null,"last_error":{"class":"recipient","gateway_code":131026,"message":"Not reachable on WhatsApp.","message_id":"msg_3","node_id":"invite","attempts":1,"at":"2026-11-22T09:40:05.000Z"},"started_at":"2026-11-22T09:40:00.000Z","updated_at":"2026-11-22T09:40:05.000Z","ended_at":"2026-11-22T09:40:05.000Z","chatflow_version":1,"variables":{},"allowed":["retry","reset"],"session_window":{"open":false,"closes_at":null},"visits":[{"node_id":"start","entered_at":"2026-11-22T09:40:00.000Z","left_at":"2026-11-22T09:40:00.000Z","handle":"default","messages":[]},{"node_id":"invite","entered_at":"2026-11-22T09:40:00.000Z","left_at":"2026-11-22T09:40:05.000Z","handle":null,"messages":["msg_3"]}]}"#
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
