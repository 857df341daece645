import CampaignEngine
import JSONRPC
import Wire

struct ExecutionHistory: ServiceQuery {
  static let name = "execution.history"
  static let summary = "Lists all visits of an execution, oldest first, with the messages of each."
  static let errors = [ServiceError.notFound]
  static let examples = [
    MethodExample(
      name: "from the invitation to the thanks",
      params: #"{"execution_id":"exe_1"}"#,
      result:
        #"{"items":[{"node_id":"start","entered_at":"2026-11-22T09:40:00.000Z","left_at":"2026-11-22T09:40:00.000Z","handle":"default","messages":[]},{"node_id":"invite","entered_at":"2026-11-22T09:40:00.000Z","left_at":"2026-11-22T09:40:05.000Z","handle":"default","messages":["msg_1"]},{"node_id":"answer","entered_at":"2026-11-22T09:40:05.000Z","left_at":"2026-11-22T09:50:00.000Z","handle":"yes","messages":["msg_5"]},{"node_id":"set_attending","entered_at":"2026-11-22T09:50:00.000Z","left_at":"2026-11-22T09:50:00.000Z","handle":"default","messages":[]},{"node_id":"thanks","entered_at":"2026-11-22T09:50:00.000Z","left_at":null,"handle":null,"messages":["msg_6"]}]}"#
    )
  ]

  struct Params: WireObject {
    var execution = ExecutionID.none
    var paging = Paging()

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("execution_id", &execution, "Execution.")
      try paging.fields(&visit)
    }
  }

  struct Output: WireObject {
    var page = Page<VisitView>()
    var duplicateOf: GuestReference?
    static var schemaName: String { "ExecutionHistoryPage" }

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try page.fields(&visit)
      try visit.field(
        "duplicate_of", &duplicateOf, "The guest who is written to instead, on the same number.",
        .omittable)
    }
  }

  static func run(_ params: Params, in center: isolated OperationCenter) throws -> Output {
    let row = try center.execution(params.execution)
    let first = Int(try params.paging.start())
    let limit = Int(params.paging.limit)
    var page = Page<VisitView>()
    page.items = VisitView.visits(
      of: params.execution, in: center.engine.state, from: first, limit: limit)
    if first + limit < row.steps.count {
      page.nextCursor = CursorText.text(of: UInt32(first + limit))
    }
    return Output(
      page: page, duplicateOf: GuestReference(writtenToInsteadOf: row, in: center.engine.state))
  }
}
