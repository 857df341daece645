import CampaignEngine
import JSONRPC
import Wire

/// What the flow wrote to the guest, an RSVP say, stays: only the execution goes back.
struct ExecutionReset: ServiceChange {
  static let name = "execution.reset"
  static let summary = "Puts an execution at a node of choice; also the way to undo a cancel."
  static let details =
    "Replies that no longer count lose their variables; the answer lists which were kept and which dropped."
  static let errors = [ServiceError.notReady] + ServiceError.ofExecutionChanges
  static let examples = [
    MethodExample(
      name: "ask once more", params: #"{"execution_id":"exe_1","node_id":"invite"}"#,
      result:
        #"{"id":"exe_1","campaign_id":"cmp_1","guest":{"id":"gst_1","name":"Meera Rao","phone":"+919812300045"},"status":"waiting","reason":null,"phase":"blasting","node_id":"invite","progress":66,"waiting_for":{"kind":"capacity","question":null,"since":"2026-11-22T09:55:00.000Z","until":null},"outcome":null,"last_error":null,"started_at":"2026-11-22T09:40:00.000Z","updated_at":"2026-11-22T09:55:00.000Z","ended_at":null,"chatflow_version":1,"variables":{},"allowed":["pause","cancel","reset"],"session_window":{"open":true,"closes_at":"2026-11-23T09:49:58.000Z"},"visits":[{"node_id":"start","entered_at":"2026-11-22T09:40:00.000Z","left_at":"2026-11-22T09:40:00.000Z","handle":"default","messages":[]},{"node_id":"invite","entered_at":"2026-11-22T09:40:00.000Z","left_at":"2026-11-22T09:40:05.000Z","handle":"default","messages":["msg_1"]},{"node_id":"answer","entered_at":"2026-11-22T09:40:05.000Z","left_at":"2026-11-22T09:50:00.000Z","handle":"yes","messages":["msg_5"]},{"node_id":"set_attending","entered_at":"2026-11-22T09:50:00.000Z","left_at":"2026-11-22T09:50:00.000Z","handle":"default","messages":[]},{"node_id":"thanks","entered_at":"2026-11-22T09:50:00.000Z","left_at":"2026-11-22T09:55:00.000Z","handle":null,"messages":["msg_6"]},{"node_id":"invite","entered_at":"2026-11-22T09:55:00.000Z","left_at":null,"handle":null,"messages":["msg_8"]}],"kept_replies":[],"dropped_replies":[{"message_id":"msg_5","node_id":"answer","variables":["answer","answer_text"]}]}"#
    )
  ]

  struct Params: KeyedParams {
    var execution = ExecutionID.none
    var node = ""
    var replies = KeptReplies.before
    var idempotencyKey: String?

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("execution_id", &execution, "Execution.")
      try visit.field("node_id", &node, "Node at which it goes on.", .length(1...64))
      try visit.field(
        "replies", &replies,
        "Which replies still count: those before the node was first entered, all, or none.",
        .defaulted)
      try visit.idempotencyKey(&idempotencyKey)
    }
  }

  struct Output: WireObject {
    var execution = ExecutionView()
    var kept: [ReplyView] = []
    var dropped: [ReplyView] = []
    static var schemaName: String { "ExecutionAfterReset" }

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try execution.fields(&visit)
      try visit.field("kept_replies", &kept, "Replies that still count, oldest first.")
      try visit.field("dropped_replies", &dropped, "Replies that no longer do.")
    }
  }

  struct ReplyView: WireObject {
    var message = MessageID.none
    var node = ""
    var variables: [String] = []
    static var schemaName: String { "ExecutionReply" }

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("message_id", &message, "What the guest wrote.")
      try visit.field("node_id", &node, "Node that took it.")
      try visit.field("variables", &variables, "Variables that hang on it.")
    }
  }

  static func change(_ params: Params, in center: isolated OperationCenter) throws -> Output {
    let result = try center.perform(
      ResetExecution(
        execution: params.execution, node: params.node, keptReplies: params.replies))
    let state = center.engine.state
    let graph = state.graph(of: state[params.execution].campaign)
    func view(_ reply: ExecutionReply) -> ReplyView {
      ReplyView(
        message: reply.message, node: graph.nodes[reply.node].id, variables: reply.variables)
    }
    var output = Output()
    output.execution = ExecutionView(params.execution, in: center)
    output.kept = result.kept.map(view)
    output.dropped = result.dropped.map(view)
    return output
  }
}
