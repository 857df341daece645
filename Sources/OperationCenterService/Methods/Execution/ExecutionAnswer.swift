import CampaignEngine
import JSONRPC
import Wire

/// The guest answers on the phone, and an operator says so here.
struct ExecutionAnswer: ServiceChange {
  static let name = "execution.answer"
  static let summary =
    "Answers for a guest who has said elsewhere, on the phone say, what the flow asks: it goes on as if the guest had written it."
  static let details =
    "The answer stands among the execution's messages with purpose told; it opens no session window. What was about to be asked is not sent any more. Also answers a question that could not be delivered, and one that was left, by its late_change. A form takes several answers at once, and the questions between are not sent. A question that a closed session window does not let out stays open unsent, for the guest or for you."
  static let errors = [ServiceError.notReady] + ServiceError.ofExecutionChanges
  static let examples = [
    MethodExample(
      name: "they are coming, and need no message about it",
      params: #"{"execution_id":"exe_2","handle":"yes","by":"phone","send":false}"#,
      result:
        #"{"id":"exe_2","campaign_id":"cmp_1","guest":{"id":"gst_2","name":"Budi Santoso","phone":"+6281230000077"},"status":"completed","reason":null,"phase":"completion","node_id":"end_attending","progress":100,"waiting_for":null,"outcome":"attending","last_error":null,"started_at":"2026-11-22T09:40:00.000Z","updated_at":"2026-11-22T09:55:00.000Z","ended_at":"2026-11-22T09:55:00.000Z","chatflow_version":1,"variables":{"answer":"yes","answer_text":"Attending"},"allowed":["reset"],"session_window":{"open":false,"closes_at":null},"visits":[{"node_id":"start","entered_at":"2026-11-22T09:40:00.000Z","left_at":"2026-11-22T09:40:00.000Z","handle":"default","messages":[]},{"node_id":"invite","entered_at":"2026-11-22T09:40:00.000Z","left_at":"2026-11-22T09:40:05.000Z","handle":"default","messages":["msg_2"]},{"node_id":"answer","entered_at":"2026-11-22T09:40:05.000Z","left_at":"2026-11-22T09:55:00.000Z","handle":"yes","messages":["msg_8"],"told":{"by":"phone","written_down_by":null}},{"node_id":"set_attending","entered_at":"2026-11-22T09:55:00.000Z","left_at":"2026-11-22T09:55:00.000Z","handle":"default","messages":[]},{"node_id":"thanks","entered_at":"2026-11-22T09:55:00.000Z","left_at":"2026-11-22T09:55:00.000Z","handle":"default","messages":["msg_9"]},{"node_id":"end_attending","entered_at":"2026-11-22T09:55:00.000Z","left_at":"2026-11-22T09:55:00.000Z","handle":null,"messages":[]}],"answers":["msg_8"],"reopened":false}"#
    )
  ]

  struct Params: KeyedParams {
    var execution = ExecutionID.none
    var node: String?
    var handle: String?
    var answers: WireMap<Scalar>?
    var by = ToldChannel.phone
    var isSent = true
    var idempotencyKey: String?

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("execution_id", &execution, "Execution.")
      try visit.field(
        "node_id", &node,
        "Node whose question it answers; if absent, the one that is open or about to be asked, else the newest that may still be answered.",
        .length(1...64))
      try visit.field("handle", &handle, "Of a wait_reply: the reply. Or:", .length(1...64))
      try visit.field(
        "answers", &answers,
        "Of a guest_form: answers by the keys of its questions, without a gap from the one that is open.",
        .length(1...20))
      try visit.field("by", &by, "How it came.", .defaulted)
      try visit.field(
        "send", &isSent,
        "False where the guest was told all that follows: what the flow would send at once is noted as cancelled.",
        .defaulted)
      try visit.idempotencyKey(&idempotencyKey)
    }
  }

  struct Output: WireObject {
    var execution = ExecutionView()
    var messages: [MessageID] = []
    var hasReopened = false
    static var schemaName: String { "ExecutionAnswered" }

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try execution.fields(&visit)
      try visit.field("answers", &messages, "The messages that stand for the answers, in order.")
      try visit.field(
        "reopened", &hasReopened, "It took the execution back to a question that it had left.")
    }
  }

  static func change(_ params: Params, in center: isolated OperationCenter) throws -> Output {
    let answer: ToldAnswer
    switch (params.handle, params.answers) {
    case (let handle?, nil): answer = .reply(handle)
    case (nil, let answers?): answer = .questions(answers)
    default:
      throw Rejection.invalidParams(
        field: "handle", reason: "one_of", "expected either handle or answers")
    }
    let result = try center.perform(
      AnswerForGuest(
        execution: params.execution, node: params.node, answer: answer, channel: params.by,
        isSilent: !params.isSent))
    return Output(
      execution: ExecutionView(params.execution, in: center), messages: result.messages,
      hasReopened: result.hasReopened)
  }
}
